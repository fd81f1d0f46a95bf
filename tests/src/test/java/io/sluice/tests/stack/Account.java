package io.sluice.tests.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.schema.BalanceEntry;
import io.sluice.schema.OwnTypes;
import io.sluice.schema.RouteCount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * All entries of a {@code balance}, added up and checked: each raw partition from its first offset on, every offset once,
 * on every route of every partition in = released + suppressed + quarantined + duplicate. A fault in it fails the test.
 */
public final class Account {
    static {
        OwnTypes.trust();
    }

    private final Map<String, TreeMap<Long, Long>> ranges = new TreeMap<>();
    private final Map<String, Sum> routes = new TreeMap<>();
    private final Map<String, Sum> partitions = new TreeMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private long kafkaRecords;
    private long sealed;
    private long lost;

    /** The counts of one route. */
    public record Sum(long in, long released, long suppressed, long quarantined, long duplicate) {
        static final Sum NONE = new Sum(0, 0, 0, 0, 0);

        private Sum plus(RouteCount count) {
            return new Sum(
                    in + count.getIn(),
                    released + count.getReleased(),
                    suppressed + count.getSuppressed(),
                    quarantined + count.getQuarantined(),
                    duplicate + count.getDuplicate());
        }

        long out() {
            return released + suppressed + quarantined + duplicate;
        }

        /** What came since {@code earlier}. */
        public Sum since(Sum earlier) {
            return new Sum(
                    in - earlier.in,
                    released - earlier.released,
                    suppressed - earlier.suppressed,
                    quarantined - earlier.quarantined,
                    duplicate - earlier.duplicate);
        }
    }

    /** Adds an entry as it stands in the topic. */
    public void add(ConsumerRecord<byte[], byte[]> record) {
        try {
            add(BalanceEntry.fromByteBuffer(ByteBuffer.wrap(record.value())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(BalanceEntry entry) {
        String partition = new TopicPartition(entry.getTopic(), entry.getPartition()).toString();
        if (entry.getToOffset() > entry.getFromOffset()) {
            Long before = ranges.computeIfAbsent(partition, unused -> new TreeMap<>())
                    .put(entry.getFromOffset(), entry.getToOffset());
            assertEquals(null, before, "accounted for twice: " + partition + " from " + entry.getFromOffset());
        }
        kafkaRecords += entry.getKafkaRecords();
        sealed += entry.getSealed();
        lost += entry.getLost();
        entry.getReasons().forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        for (RouteCount count : entry.getRoutes()) {
            Sum own = Sum.NONE.plus(count);
            routes.merge(count.getRoute(), own, (sum, unused) -> sum.plus(count));
            partitions.merge(partition + " on " + count.getRoute(), own, (sum, unused) -> sum.plus(count));
        }
    }

    /** Fails if the entries of a partition leave a gap, overlap, or do not add up; returns this. */
    public Account complete() {
        partitions.forEach((partition, sum) -> assertEquals(sum.in(), sum.out(), () -> "the balance of " + partition));
        return contiguous();
    }

    /**
     * Whether all partitions add up. Not so for a moment after a checkpoint: what is released and what is a retry stands
     * in another transaction than what came in.
     */
    public boolean addsUp() {
        return partitions.values().stream().allMatch(sum -> sum.in() == sum.out());
    }

    /** Fails if the entries of a partition leave a gap or overlap; returns this. */
    public Account contiguous() {
        ranges.forEach((partition, own) -> {
            long expected = 0;
            for (Map.Entry<Long, Long> range : own.entrySet()) {
                assertEquals(expected, range.getKey(), "a gap or an overlap in the account of " + partition);
                expected = range.getValue();
            }
        });
        return this;
    }

    /** Offset behind the last one accounted for; 0 if there is none. */
    public long end(TopicPartition partition) {
        TreeMap<Long, Long> own = ranges.get(partition.toString());
        return own == null ? 0 : own.lastEntry().getValue();
    }

    /** The sum of a route. */
    public Sum route(String route) {
        return routes.getOrDefault(route, Sum.NONE);
    }

    /** Quarantined by reason, once per record. */
    public Map<String, Long> reasons() {
        return reasons;
    }

    public long kafkaRecords() {
        return kafkaRecords;
    }

    public long sealed() {
        return sealed;
    }

    /** Offsets that expired unread. */
    public long lost() {
        return lost;
    }
}
