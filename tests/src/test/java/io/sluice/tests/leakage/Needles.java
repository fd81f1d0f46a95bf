package io.sluice.tests.leakage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All spellings of the canaries, searched for in one pass. Letters match in either case.
 *
 * <p>At each byte the eight before it are looked up in a table of what the spellings end with; only where they are in it
 * the whole spelling is compared. So tens of thousands of spellings cost hardly more than one. Immutable, thread-safe.
 */
final class Needles {
    private static final int END = 8;
    private static final int FILTER_BITS = 24;
    private static final byte[] FOLDED = folded();

    private record Needle(byte[] folded, Canaries.Canary canary) {}

    private final BitSet filter = new BitSet(1 << FILTER_BITS);
    private final Map<Long, List<Needle>> byEnd = new HashMap<>();
    private final int canaries;
    private int spellings;
    private int longest;

    Needles(Collection<Canaries.Canary> canaries) {
        this.canaries = canaries.size();
        for (Canaries.Canary canary : canaries) {
            for (byte[] spelling : Spellings.of(canary)) {
                add(spelling, canary);
            }
        }
    }

    private void add(byte[] spelling, Canaries.Canary canary) {
        byte[] needle = new byte[spelling.length];
        long end = 0;
        for (int i = 0; i < needle.length; i++) {
            needle[i] = FOLDED[spelling[i] & 0xff];
            end = end << 8 | needle[i] & 0xff;
        }
        if (needle.length < END) {
            throw new IllegalArgumentException("a spelling of " + canary.kind() + " is too short to mean anything");
        }
        filter.set(slot(end));
        List<Needle> alike = byEnd.computeIfAbsent(end, unused -> new ArrayList<>(1));
        if (alike.stream().noneMatch(known -> Arrays.equals(known.folded(), needle))) {
            alike.add(new Needle(needle, canary));
            spellings++;
        }
        longest = Math.max(longest, needle.length);
    }

    private static int slot(long end) {
        return (int) (end * 0x9e3779b97f4a7c15L >>> 64 - FILTER_BITS);
    }

    private static byte[] folded() {
        byte[] folded = new byte[256];
        for (int b = 0; b < 256; b++) {
            folded[b] = (byte) (b >= 'A' && b <= 'Z' ? b + 'a' - 'A' : b);
        }
        return folded;
    }

    int canaries() {
        return canaries;
    }

    int spellings() {
        return spellings;
    }

    /** A pass over bytes that may come in pieces; not thread-safe. */
    final class Pass {
        private final Set<Canaries.Canary> found = new LinkedHashSet<>();
        private byte[] seen = new byte[1 << 17];
        private int length;
        private long end;

        void feed(byte[] bytes, int from, int to) {
            makeRoom(to - from);
            for (int i = from; i < to; i++) {
                byte b = FOLDED[bytes[i] & 0xff];
                seen[length++] = b;
                end = end << 8 | b & 0xff;
                if (filter.get(slot(end))) {
                    compare();
                }
            }
        }

        /** Keeps what a spelling that has begun may need. */
        private void makeRoom(int more) {
            int kept = Math.min(length, longest);
            byte[] next = kept + more > seen.length ? new byte[kept + more] : seen;
            System.arraycopy(seen, length - kept, next, 0, kept);
            seen = next;
            length = kept;
        }

        private void compare() {
            for (Needle needle : byEnd.getOrDefault(end, List.of())) {
                byte[] folded = needle.folded();
                int start = length - folded.length;
                if (start >= 0 && Arrays.equals(seen, start, length, folded, 0, folded.length)) {
                    found.add(needle.canary());
                }
            }
        }

        Set<Canaries.Canary> found() {
            return found;
        }
    }

    Pass pass() {
        return new Pass();
    }
}
