package io.sluice.infra.up;

import io.sluice.schema.BalanceEntry;
import io.sluice.schema.OwnTypes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Adds up entries of the balance as they stand in its topic. Not thread-safe. */
final class BalanceCounts {
    static {
        OwnTypes.trust();
    }

    private final Map<TopicPartition, Long> accounted = new HashMap<>();
    private final Map<String, Figures.Counts> routes = new TreeMap<>();
    private long passedOver;

    /** @param isNew whether it counts; one of before says only how far its partition was accounted for */
    void add(byte[] value, boolean isNew) {
        BalanceEntry entry;
        try {
            entry = BalanceEntry.getDecoder().decode(value);
        } catch (IOException | RuntimeException e) {
            // Another release wrote it, in a schema that this one does not have.
            passedOver++;
            return;
        }
        accounted.merge(new TopicPartition(entry.getTopic(), entry.getPartition()), entry.getToOffset(), Math::max);
        if (isNew) {
            entry.getRoutes()
                    .forEach(route -> routes.merge(
                            route.getRoute(),
                            new Figures.Counts(
                                    route.getIn(),
                                    route.getReleased(),
                                    route.getSuppressed(),
                                    route.getQuarantined(),
                                    route.getDuplicate()),
                            Figures.Counts::plus));
        }
    }

    /** Offset behind the last record of a raw partition that an entry accounts for; {@code otherwise} if none does. */
    long accounted(TopicPartition raw, long otherwise) {
        return accounted.getOrDefault(raw, otherwise);
    }

    Figures figures(OptionalLong lag) {
        return new Figures(Map.copyOf(routes), lag, passedOver);
    }
}
