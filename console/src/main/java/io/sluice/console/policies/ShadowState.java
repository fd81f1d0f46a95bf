package io.sluice.console.policies;

import java.time.Instant;
import java.util.List;

/**
 * A candidate that is tried, and what it would have done so far.
 *
 * @param version its id
 * @param hash of its files
 * @param oneIn one in so many Kafka records is compared
 * @param since when the topic got it
 * @param until up to which receive time it is tried
 * @param over whether that time has come; what was counted is said all the same
 * @param jobRunning whether the boundary job reports
 * @param everyTaskHasIt whether every task of the running attempt tries it
 * @param counts as far as the job has accounted for them, small ones folded
 * @param exposes whether it would newly expose anything, in so many events that it may be said
 */
public record ShadowState(
        String version,
        String hash,
        int oneIn,
        Instant since,
        Instant until,
        boolean over,
        boolean jobRunning,
        boolean everyTaskHasIt,
        FoldedCounts counts,
        boolean exposes) {
    /**
     * Sums over all partitions and checkpoints, as they are; they leave the server folded.
     *
     * @param records Kafka records compared
     * @param failed Kafka records on which the comparison failed
     * @param events records and events compared
     * @param fields by route and field, in this order
     * @param outcomes events whose outcome would differ
     */
    public record Counts(long records, long failed, long events, List<Field> fields, List<Outcome> outcomes) {
        /** Nothing yet. */
        public static final Counts NONE = new Counts(0, 0, 0, List.of(), List.of());
    }

    /** What would become of a field on a route, in events. */
    public record Field(String route, String field, long exposed, long hidden, long changed, long same) {}

    /** How the outcome of events on a route would differ. */
    public record Outcome(String route, String before, String after, long events) {}
}
