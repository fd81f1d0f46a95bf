package io.sluice.console.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeriodTest {
    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");
    private static final LocalDate TODAY = LocalDate.parse("2024-03-10");

    private static Period of(String name, @Nullable String from, @Nullable String to) throws Period.Problem {
        return Period.of(name, from, to, TODAY, TORONTO);
    }

    @Test
    void countsTodayAmongTheLastDays() throws Period.Problem {
        assertEquals(LocalDate.parse("2024-03-04"), of("7d", null, null).from());
        assertEquals(LocalDate.parse("2024-02-10"), of("30d", null, null).from());
    }

    @Test
    void isAsLongAsItsDaysAreInTheirZone() throws Period.Problem {
        Period day = of("today", null, null);
        assertEquals(Instant.parse("2024-03-10T05:00:00Z"), day.begin());
        // The clocks go forward on that day.
        assertEquals(Duration.ofHours(23), Duration.between(day.begin(), day.end()));
    }

    @Test
    void saysWhatIsWrongWithoutRepeatingIt() {
        List<List<@Nullable String>> wrong = List.of(
                Arrays.asList("yesterday", null, null),
                Arrays.asList("custom", "2024-01-01", null),
                Arrays.asList("custom", "<script>", "2024-01-01"),
                Arrays.asList("custom", "2024-01-02", "2024-01-01"),
                Arrays.asList("custom", "2024-01-01", "2024-04-02"));
        for (List<@Nullable String> request : wrong) {
            String message = String.valueOf(assertThrows(
                            Period.Problem.class,
                            () -> of(String.valueOf(request.get(0)), request.get(1), request.get(2)))
                    .getMessage());
            assertTrue(message.endsWith("."), message);
            assertFalse(message.contains("<"), message);
        }
    }

    @Test
    void mayBeAsLongAsEventsAreKept() throws Period.Problem {
        assertEquals(
                LocalDate.parse("2024-04-01"),
                of("custom", "2024-01-01", "2024-04-01").to());
    }
}
