package io.sluice.console.promises;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.schema.BalanceEntry;
import io.sluice.schema.RouteCount;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BalanceSumsTest {
    private static BalanceEntry entry(long to, long sealed, Map<String, Long> reasons, RouteCount... routes) {
        return new BalanceEntry(
                "raw.usage-events",
                "id-1",
                0,
                1L,
                0L,
                to,
                to,
                0L,
                0L,
                0L,
                sealed,
                List.of(routes),
                reasons,
                Map.of(),
                Map.of("a.a", 2L, "a.9", 1L),
                List.of());
    }

    @Test
    void addsUpTheEntriesOfTheBoundaryAndOfTheRetryFilter() {
        BalanceSums sums = new BalanceSums();
        sums.add(entry(
                9,
                7,
                Map.of("unknown-option", 2L, "truncated", 2L),
                new RouteCount("analytics", 9L, 3L, 1L, 2L, 0L),
                new RouteCount("security", 9L, 7L, 0L, 2L, 0L)));
        sums.add(entry(0, 0, Map.of(), new RouteCount("analytics", 0L, 2L, 0L, 0L, 1L)));
        Live.Balance balance = sums.sums();
        assertEquals(new Live.Outcomes(9, 5, 1, 2, 1), balance.routes().get("analytics"));
        assertEquals(new Live.Outcomes(9, 7, 0, 2, 0), balance.routes().get("security"));
        assertEquals(7, balance.sealed());
        assertEquals(1, balance.unknownSource());
        assertEquals(6, balance.unlisted());
    }
}
