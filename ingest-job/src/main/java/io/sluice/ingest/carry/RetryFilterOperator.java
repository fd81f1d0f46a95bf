package io.sluice.ingest.carry;

import io.sluice.schema.BalanceEntry;
import io.sluice.schema.RouteCount;
import io.sluice.sinks.topics.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Passes on each event that came with an id of its sender once, and counts what the sender sent again.
 *
 * <p>Guarantees: of the events with one key that were received within 24 hours the first to arrive is passed on and the
 * others are counted as {@code duplicate}, whatever is killed on the way; its state is keyed hashes and seconds, nothing
 * of a record, and is gone an hour after the 24 at the latest, by receive time; its entries of the balance leave before
 * each barrier, in the transactions of its events. Does not guarantee: which of two is the first, when they stand in two
 * partitions.
 *
 * <p>Keyed by {@link io.sluice.ingest.boundary.SenderKey#bucket()}. An operator and not a function, because the account
 * must leave before each barrier.
 */
public final class RetryFilterOperator extends AbstractStreamOperator<TopicRecord>
        implements OneInputStreamOperator<SenderEvent, TopicRecord>, Triggerable<Integer, VoidNamespace> {
    private static final long serialVersionUID = 1;
    private static final long SECOND_MILLIS = 1_000;
    /** Old keys of a bucket are dropped together, at full hours. */
    private static final long SWEEP_MILLIS = 3_600_000;

    private final String topicsPrefix;
    private final List<String> routes;

    private transient BalanceWriting balance;
    private transient ValueState<byte[]> seen;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Map<RawPartition, Map<String, Passed>> accounts;
    private transient Map<String, Counter> releasedMeters;
    private transient Map<String, Counter> duplicateMeters;

    /** What became of the events of one partition and route since the last checkpoint. */
    private static final class Passed {
        private long released;
        private long duplicate;

        RouteCount count(String route) {
            // What came in is counted by the boundary: so an event that gets lost between the two is missed.
            return new RouteCount(route, 0L, released, 0L, 0L, duplicate);
        }
    }

    /** @param routes the routes that have a metric */
    @SuppressWarnings("NullAway.Init")
    public RetryFilterOperator(Topics topics, List<String> routes) {
        this.topicsPrefix = topics.prefix();
        this.routes = List.copyOf(routes);
    }

    @Override
    public void open() throws Exception {
        super.open();
        balance = new BalanceWriting(new Topics(topicsPrefix));
        accounts = new HashMap<>();
        releasedMeters = new HashMap<>();
        duplicateMeters = new HashMap<>();
        for (String route : routes) {
            MetricGroup own = getMetricGroup().addGroup("route", route);
            releasedMeters.put(route, own.counter("released"));
            duplicateMeters.put(route, own.counter("duplicate"));
        }
        seen = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("seen", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        timers = getInternalTimerService("sweep", VoidNamespaceSerializer.INSTANCE, this);
    }

    @Override
    public void processElement(StreamRecord<SenderEvent> element) throws Exception {
        SenderEvent event = element.getValue();
        Passed passed = accounts.computeIfAbsent(event.from(), unused -> new TreeMap<>())
                .computeIfAbsent(event.route(), unused -> new Passed());
        SeenKeys known = SeenKeys.of(seen.value());
        long second = Math.floorDiv(event.record().timestamp(), SECOND_MILLIS);
        if (known.has(event.key().print(), second)) {
            passed.duplicate++;
            meter(duplicateMeters, event.route());
            return;
        }
        SeenKeys now = known.with(event.key().print(), second);
        seen.update(now.packed());
        if (known.size() == 0) {
            sweepAfter(now);
        }
        passed.released++;
        meter(releasedMeters, event.route());
        send(event.record());
    }

    private static void meter(Map<String, Counter> meters, String route) {
        Counter meter = meters.get(route);
        if (meter != null) {
            meter.inc();
        }
    }

    private void sweepAfter(SeenKeys keys) {
        long over = (keys.oldest() + SeenKeys.WINDOW + 1) * SECOND_MILLIS;
        long nextHour = (Math.floorDiv(over - 1, SWEEP_MILLIS) + 1) * SWEEP_MILLIS;
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, nextHour);
    }

    @Override
    public void onEventTime(InternalTimer<Integer, VoidNamespace> timer) throws Exception {
        long now = Math.floorDiv(timer.getTimestamp(), SECOND_MILLIS);
        SeenKeys young = SeenKeys.of(seen.value()).since(now - SeenKeys.WINDOW);
        if (young.size() == 0) {
            seen.clear();
        } else {
            seen.update(young.packed());
            sweepAfter(young);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<Integer, VoidNamespace> timer) {
        // None is set: what is forgotten follows from the receive times alone, and so is the same in a replay.
    }

    private void send(TopicRecord record) {
        output.collect(new StreamRecord<>(record, record.timestamp()));
    }

    /** The account of this checkpoint goes out before its barrier, and so into its transactions. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        long now = getProcessingTimeService().getCurrentProcessingTime();
        for (Map.Entry<RawPartition, Map<String, Passed>> account : accounts.entrySet()) {
            BalanceEntry entry = entry(account.getKey(), checkpointId, account.getValue());
            send(balance.record(entry, now));
        }
        accounts.clear();
    }

    private static BalanceEntry entry(RawPartition from, long checkpoint, Map<String, Passed> passed) {
        List<RouteCount> counts = passed.entrySet().stream()
                .map(own -> own.getValue().count(own.getKey()))
                .toList();
        return new BalanceEntry(
                from.topic(),
                from.topicId(),
                from.number(),
                checkpoint,
                0L,
                0L,
                0L,
                0L,
                0L,
                0L,
                0L,
                counts,
                Map.of(),
                Map.of(),
                Map.of(),
                List.of());
    }
}
