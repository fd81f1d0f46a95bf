package io.sluice.tests.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.schema.BalanceEntry;
import io.sluice.schema.RouteCount;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AccountTest {
    private final Account account = new Account();

    private static BalanceEntry entry(long from, long to, RouteCount count) {
        return new BalanceEntry(
                "raw",
                "id",
                0,
                1L,
                from,
                to,
                to - from,
                0L,
                0L,
                0L,
                to - from,
                List.of(count),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of());
    }

    private static RouteCount count(long in, long released, long suppressed) {
        return new RouteCount("analytics", in, released, suppressed, 0L, 0L);
    }

    @Test
    void addsUp() {
        account.add(entry(3, 5, count(2, 1, 1)));
        account.add(entry(0, 3, count(3, 3, 0)));
        assertEquals(new Account.Sum(5, 4, 1, 0, 0), account.complete().route("analytics"));
        assertEquals(5, account.end(new TopicPartition("raw", 0)));
        assertEquals(5, account.sealed());
    }

    @Test
    void refusesAGap() {
        account.add(entry(0, 3, count(3, 3, 0)));
        account.add(entry(4, 5, count(1, 1, 0)));
        assertThrows(AssertionError.class, account::complete);
    }

    @Test
    void refusesAnOverlap() {
        account.add(entry(0, 3, count(3, 3, 0)));
        account.add(entry(2, 5, count(3, 3, 0)));
        assertThrows(AssertionError.class, account::complete);
    }

    @Test
    void refusesTheSameTwice() {
        account.add(entry(0, 3, count(3, 3, 0)));
        assertThrows(AssertionError.class, () -> account.add(entry(0, 3, count(3, 3, 0))));
    }

    @Test
    void refusesARouteThatDoesNotAddUp() {
        account.add(entry(0, 3, count(3, 2, 0)));
        assertThrows(AssertionError.class, account::complete);
    }

    @Test
    void entriesWithoutOffsetsAddToThoseOfTheirPartition() {
        account.add(entry(0, 5, count(5, 1, 1)));
        assertFalse(account.addsUp());
        account.add(entry(0, 0, new RouteCount("analytics", 0L, 1L, 0L, 0L, 1L)));
        account.add(entry(0, 0, new RouteCount("analytics", 0L, 1L, 0L, 0L, 0L)));
        assertTrue(account.addsUp());
        assertEquals(new Account.Sum(5, 3, 1, 0, 1), account.complete().route("analytics"));
    }
}
