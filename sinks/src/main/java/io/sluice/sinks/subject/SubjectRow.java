package io.sluice.sinks.subject;

import java.nio.ByteBuffer;

/**
 * One row of the subject index.
 *
 * @param high first half of the keyed hash
 * @param low second half
 * @param place where the event came from
 */
record SubjectRow(long high, long low, EventPlace place) implements Comparable<SubjectRow> {
    static SubjectRow of(byte[] hash, EventPlace place) {
        if (hash.length != 16) {
            throw new IllegalArgumentException("a subject's hash has 16 bytes, not " + hash.length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        return new SubjectRow(bytes.getLong(), bytes.getLong(), place);
    }

    /** By hash, as unsigned bytes. */
    static int compare(long high, long low, long otherHigh, long otherLow) {
        int order = Long.compareUnsigned(high, otherHigh);
        return order == 0 ? Long.compareUnsigned(low, otherLow) : order;
    }

    @Override
    public int compareTo(SubjectRow other) {
        int order = compare(high, low, other.high, other.low);
        return order == 0 ? place.compareTo(other.place) : order;
    }
}
