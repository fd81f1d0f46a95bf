package io.sluice.ingest.boundary;

/**
 * By what a sender's own retry of an event is recognised: a keyed hash, which tells nothing of the id it was made from.
 *
 * @param bucket from 0 to {@link #BUCKETS} - 1
 * @param print further 64 bits; two events have both in common by chance about once in 2^80 pairs
 */
public record SenderKey(int bucket, long print) {
    /** How many buckets there are; so many that one holds few hundred keys of a day of tens of millions of events. */
    public static final int BUCKETS = 1 << 16;
}
