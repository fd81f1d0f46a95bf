package io.sluice.ingest.boundary;

import io.sluice.redaction.rule.RedactionPolicy;

/**
 * A policy that is tried beside the one that counts.
 *
 * @param entry offset of its entry in the topic of policies; tells one trial from another
 * @param oneIn one in so many Kafka records is compared; at least 1
 * @param until milliseconds since 1970; what is received from then on is not compared
 */
public record Candidate(long entry, RedactionPolicy policy, int oneIn, long until) {
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    /** Whether a record is compared; follows from where it stood and when, so that a replay compares the same ones. */
    boolean takes(RawRecord record) {
        if (record.receivedAt() >= until) {
            return false;
        }
        long hash = (record.topicId().hashCode() * 31L + record.partition()) * SPREAD + record.offset();
        hash = (hash ^ (hash >>> 32)) * SPREAD;
        return Long.remainderUnsigned(hash >>> 8, oneIn) == 0;
    }
}
