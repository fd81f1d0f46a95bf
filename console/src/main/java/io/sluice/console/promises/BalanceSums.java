package io.sluice.console.promises;

import io.sluice.schema.BalanceEntry;
import io.sluice.schema.RouteCount;
import java.util.Map;
import java.util.TreeMap;

/** Adds up entries of the balance. Not thread-safe. */
final class BalanceSums {
    /** The reason under which a record of a source that no policy knows is quarantined. */
    private static final String UNKNOWN_SOURCE = "unknown-option";

    private final Map<String, Live.Outcomes> routes = new TreeMap<>();
    private long sealed;
    private long unknownSource;
    private long unlisted;

    void add(BalanceEntry entry) {
        sealed += entry.getSealed();
        // Such a record is quarantined, with this reason, on each route.
        unknownSource += entry.getReasons().getOrDefault(UNKNOWN_SOURCE, 0L)
                / Math.max(1, entry.getRoutes().size());
        for (long fields : entry.getUnlistedFields().values()) {
            unlisted += fields;
        }
        for (RouteCount count : entry.getRoutes()) {
            Live.Outcomes own = new Live.Outcomes(
                    count.getIn(),
                    count.getReleased(),
                    count.getSuppressed(),
                    count.getQuarantined(),
                    count.getDuplicate());
            routes.merge(count.getRoute(), own, Live.Outcomes::plus);
        }
    }

    Live.Balance sums() {
        return new Live.Balance(new TreeMap<>(routes), sealed, unknownSource, unlisted);
    }
}
