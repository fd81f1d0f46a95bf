package io.sluice.ingest.carry;

import io.sluice.ingest.boundary.ShadowTally;
import io.sluice.schema.BalanceEntry;
import io.sluice.schema.RouteCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the records of one partition since the last balance entry, as far as the boundary knows: whether an
 * event whose sender gave it an id was released or is a duplicate, {@link RetryFilterOperator} accounts for.
 *
 * <p>What came in is counted on its own, by the events of each record, and not as the sum of the outcomes: so an event
 * that got lost on a route shows as a balance that does not add up. Not thread-safe.
 */
final class PartitionAccount {
    /** Shapes that one entry names; what is beyond is counted together, for shapes are made by whoever sends. */
    static final int MOST_SHAPES = 200;

    static final String MORE_SHAPES = "(more)";

    private final RawPartition partition;
    private final List<String> routes;
    private long from;
    private long to;
    private long kafkaRecords;
    private long lost;
    private long events;
    private long blank;
    private long header;
    private long sealed;
    private final Map<String, long[]> outcomes = new TreeMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private final Map<String, Long> shapes = new HashMap<>();
    private final Map<String, Long> unlisted = new HashMap<>();
    private final ShadowTally shadow = new ShadowTally();

    /**
     * Begins an account.
     *
     * @param routes those that every event must have an outcome on
     * @param from first offset that is accounted for
     */
    PartitionAccount(RawPartition partition, List<String> routes, long from) {
        this.partition = partition;
        this.routes = List.copyOf(routes);
        this.from = from;
        this.to = from;
    }

    RawPartition partition() {
        return partition;
    }

    /** Offset behind the last one accounted for. */
    long to() {
        return to;
    }

    /** The offsets up to there expired before they were read. */
    void lostUntil(long first) {
        lost += first - to;
        to = first;
    }

    /** One Kafka record, with all that became of it. */
    void add(long offset, RecordOutcomes record) {
        kafkaRecords++;
        to = offset + 1;
        events += record.events();
        blank += record.blank();
        header += record.header();
        sealed += record.sealed();
        record.outcomes().forEach((route, counts) -> {
            long[] own = outcomes.computeIfAbsent(route, unused -> new long[RecordOutcomes.KINDS]);
            for (int i = 0; i < own.length; i++) {
                own[i] += counts[i];
            }
        });
        record.reasons().forEach((reason, count) -> reasons.merge(reason.code(), count, Long::sum));
        record.shapes().forEach((shape, count) -> add(shapes, shape, count));
        record.unlisted().forEach((shape, count) -> add(unlisted, shape, count));
    }

    private static void add(Map<String, Long> shapes, String shape, long count) {
        String name = shapes.containsKey(shape) || shapes.size() < MOST_SHAPES ? shape : MORE_SHAPES;
        shapes.merge(name, count, Long::sum);
    }

    /** What a candidate would have done with its records. */
    ShadowTally shadow() {
        return shadow;
    }

    boolean isEmpty() {
        return to == from;
    }

    /** The entry, after which the account begins anew where this one ends. */
    BalanceEntry close(long checkpoint) {
        List<RouteCount> counts = new ArrayList<>();
        for (String route : routes) {
            outcomes.computeIfAbsent(route, unused -> new long[RecordOutcomes.KINDS]);
        }
        outcomes.forEach((route, own) -> counts.add(new RouteCount(
                route,
                events,
                own[RecordOutcomes.RELEASED],
                own[RecordOutcomes.SUPPRESSED],
                own[RecordOutcomes.QUARANTINED],
                0L)));
        BalanceEntry entry = new BalanceEntry(
                partition.topic(),
                partition.topicId(),
                partition.number(),
                checkpoint,
                from,
                to,
                kafkaRecords,
                lost,
                blank,
                header,
                sealed,
                counts,
                new TreeMap<>(reasons),
                new TreeMap<>(shapes),
                new TreeMap<>(unlisted),
                shadow.take());
        reset();
        return entry;
    }

    private void reset() {
        from = to;
        kafkaRecords = 0;
        lost = 0;
        events = 0;
        blank = 0;
        header = 0;
        sealed = 0;
        outcomes.clear();
        reasons.clear();
        shapes.clear();
        unlisted.clear();
    }
}
