package io.sluice.ingest.carry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The boundary's balance as metrics of Flink: {@code route.NAME.released|suppressed|quarantined|withSenderKey},
 * {@code kafkaRecords}, {@code sealed}, {@code lost}. They count since the task started and repeat after a restore; the topic {@code balance}
 * is the account.
 */
final class RouteMeters {
    private static final String[] KINDS = {"released", "suppressed", "quarantined", "withSenderKey"};

    private final Map<String, Counter[]> routes = new HashMap<>();
    private final Counter kafkaRecords;
    private final Counter sealed;
    private final Counter lost;

    RouteMeters(MetricGroup group, List<String> names) {
        for (String name : names) {
            Counter[] counters = new Counter[KINDS.length];
            MetricGroup own = group.addGroup("route", name);
            for (int i = 0; i < KINDS.length; i++) {
                counters[i] = own.counter(KINDS[i]);
            }
            routes.put(name, counters);
        }
        kafkaRecords = group.counter("kafkaRecords");
        sealed = group.counter("sealed");
        lost = group.counter("lost");
    }

    void lost(long offsets) {
        lost.inc(offsets);
    }

    void add(RecordOutcomes record) {
        kafkaRecords.inc();
        sealed.inc(record.sealed());
        record.outcomes().forEach((route, counts) -> {
            Counter[] counters = routes.get(route);
            for (int i = 0; counters != null && i < counters.length; i++) {
                counters[i].inc(counts[i]);
            }
        });
    }
}
