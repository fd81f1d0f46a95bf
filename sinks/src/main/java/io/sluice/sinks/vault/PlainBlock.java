package io.sluice.sinks.vault;

import io.sluice.schema.BlindTerm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The records of a block before it is sealed; plaintext. */
final class PlainBlock {
    private static final int FIRST_SIZE = 8 * 1024;

    private record Term(long high, long low) {}

    private final Set<Term> terms = new HashSet<>();
    private byte[] array = new byte[FIRST_SIZE];
    private int size;
    private int records;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void add(long offset, int position, long receivedAt, byte[] from, int start, int end, List<byte[]> ofRecord) {
        int length = end - start;
        int needed = size + BlockFormat.RECORD_HEADER + length;
        if (needed > array.length) {
            array = Arrays.copyOf(array, Math.max(needed, Math.min(2 * array.length, BlockSealer.BLOCK_BYTES)));
        }
        ByteBuffer.wrap(array, size, BlockFormat.RECORD_HEADER)
                .putLong(offset)
                .putInt(position)
                .putLong(receivedAt)
                .putInt(length);
        System.arraycopy(from, start, array, size + BlockFormat.RECORD_HEADER, length);
        size = needed;
        records++;
        first = Math.min(first, offset);
        last = Math.max(last, offset);
        for (byte[] term : ofRecord) {
            ByteBuffer bytes = ByteBuffer.wrap(term);
            terms.add(new Term(bytes.getLong(), bytes.getLong()));
        }
    }

    boolean isEmpty() {
        return records == 0;
    }

    int size() {
        return size;
    }

    int records() {
        return records;
    }

    long firstOffset() {
        return first;
    }

    long lastOffset() {
        return last;
    }

    byte[] array() {
        return array;
    }

    /** Each term once. */
    List<BlindTerm> terms() {
        List<BlindTerm> all = new ArrayList<>(terms.size());
        for (Term term : terms) {
            all.add(new BlindTerm(
                    ByteBuffer.allocate(16).putLong(term.high).putLong(term.low).array()));
        }
        return all;
    }

    void clear() {
        terms.clear();
        size = 0;
        records = 0;
        first = Long.MAX_VALUE;
        last = Long.MIN_VALUE;
    }

    @Override
    public String toString() {
        return records + " records of " + size + " bytes";
    }
}
