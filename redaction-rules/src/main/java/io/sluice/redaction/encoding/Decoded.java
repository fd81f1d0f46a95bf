package io.sluice.redaction.encoding;

import java.util.BitSet;

/**
 * A text with one layer of encoding undone, and where each of its characters came from.
 *
 * <p>Holds plaintext, so it prints its length only.
 */
public final class Decoded {
    private final String text;
    private final int[] sources;
    private final BitSet encoded;
    private final boolean whole;

    private Decoded(String text, int[] sources, BitSet encoded, boolean whole) {
        this.text = text;
        this.sources = sources;
        this.encoded = encoded;
        this.whole = whole;
    }

    /**
     * What came out of escapes, unit by unit.
     *
     * @param sources for each unit of {@code text} the first source unit it came from, then the source's length
     * @param encoded the units of {@code text} that do not stand in the source as they are
     */
    static Decoded ofUnits(String text, int[] sources, BitSet encoded) {
        return new Decoded(text, sources, encoded, false);
    }

    /** What came out of one token that makes sense as a whole only; every finding covers all of it. */
    static Decoded ofToken(String text, int start, int end) {
        return new Decoded(text, new int[] {start, end}, new BitSet(), true);
    }

    /** What came out. */
    public String text() {
        return text;
    }

    /** Whether any unit from {@code start} to before {@code end} was encoded, or something was left out there. */
    public boolean touches(int start, int end) {
        if (whole) {
            return true;
        }
        int bit = encoded.nextSetBit(start);
        return (bit >= 0 && bit < end) || sources[end] - sources[start] != end - start;
    }

    /** The first source unit of what starts at {@code start}. */
    public int sourceStart(int start) {
        return whole ? sources[0] : sources[start];
    }

    /** The source unit behind what ends before {@code end}. */
    public int sourceEnd(int end) {
        return whole ? sources[1] : sources[end];
    }

    /** Receives the bounds of a token. */
    @FunctionalInterface
    public interface Tokens {
        void token(int start, int end);
    }

    /** Names the parts of the source, between spaces, that hold something encoded. */
    public void encodedTokens(String source, Tokens into) {
        if (whole) {
            into.token(sources[0], sources[1]);
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
