package io.sluice.redaction.encoding;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * A text with one layer of encoding undone, and where each of its characters came from.
 *
 * <p>Holds plaintext, so it prints its length only.
 */
public final class Decoded {
    private final String text;
    private final int[] sources;
    private final BitSet encoded;
    private final Bounds bounds;

    private Decoded(String text, int[] sources, BitSet encoded, Bounds bounds) {
        this.text = text;
        this.sources = sources;
        this.encoded = encoded;
        this.bounds = bounds;
    }

    /**
     * The run that was decoded: from where to where it reaches, and the slashes in it. They are looked up rather than
     * searched for from each finding, which took a run of many findings by its length squared.
     */
    private record Bounds(int start, int end, int[] slashes) {
        private static final Bounds NONE = new Bounds(0, 0, new int[0]);

        static Bounds of(String source, int start, int end) {
            return new Bounds(
                    start,
                    end,
                    IntStream.range(start, end)
                            .filter(i -> source.charAt(i) == '/')
                            .toArray());
        }

        /** Behind the last slash before a place in the run, or the run's start. */
        int left(int place) {
            int behind = firstFrom(place);
            return behind == 0 ? start : slashes[behind - 1] + 1;
        }

        /** The first slash from a place in the run on, or the run's end. */
        int right(int place) {
            int at = firstFrom(place);
            return at == slashes.length ? end : slashes[at];
        }

        private int firstFrom(int place) {
            int at = Arrays.binarySearch(slashes, place);
            return at < 0 ? -at - 1 : at;
        }
    }

    /**
     * What came out of escapes, unit by unit.
     *
     * @param sources for each unit of {@code text} the first source unit it came from, then the source's length; what stands behind is not read
     * @param encoded the units of {@code text} that do not stand in the source as they are
     */
    static Decoded ofUnits(String text, int[] sources, BitSet encoded) {
        return new Decoded(text, sources, encoded, Bounds.NONE);
    }

    /**
     * What came out of a run of base64. A part of it means nothing, so a finding reaches to the next slash on both sides:
     * what stands behind may be another part of a path.
     *
     * @param sources for each unit of {@code text} the first source unit it came from, then the run's end
     */
    static Decoded ofRun(String text, int[] sources, String source, int start, int end) {
        return new Decoded(text, sources, new BitSet(), Bounds.of(source, start, end));
    }

    /** What came out. */
    public String text() {
        return text;
    }

    private boolean isRun() {
        return bounds != Bounds.NONE;
    }

    /** The first source unit of what starts at {@code start}. */
    public int sourceStart(int start) {
        return isRun() ? bounds.left(sources[start]) : sources[start];
    }

    /** The source unit behind what ends before {@code end}. */
    public int sourceEnd(int end) {
        // A unit of base64 may begin in the middle of a character, which then belongs to both.
        return isRun() ? bounds.right(Math.min(bounds.end, sources[end] + 1)) : sources[end];
    }

    /** Receives the bounds of a token. */
    @FunctionalInterface
    public interface Tokens {
        void token(int start, int end);
    }

    /** Names the parts of the source, between spaces, that hold something encoded. */
    public void encodedTokens(String source, Tokens into) {
        if (isRun()) {
            into.token(bounds.start, bounds.end);
            return;
        }
        int seen = 0;
        for (int unit = encoded.nextSetBit(0); unit >= 0; unit = encoded.nextSetBit(unit + 1)) {
            int start = sources[unit];
            if (start < seen) {
                continue;
            }
            int end = start;
            while (start > seen && source.charAt(start - 1) > ' ') {
                start--;
            }
            while (end < source.length() && source.charAt(end) > ' ') {
                end++;
            }
            end = Math.max(end, sources[unit + 1]);
            into.token(start, end);
            seen = end;
        }
    }

    @Override
    public String toString() {
        return "Decoded[" + text.length() + "]";
    }
}
