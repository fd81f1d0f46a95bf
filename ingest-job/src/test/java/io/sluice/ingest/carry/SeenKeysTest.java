package io.sluice.ingest.carry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeenKeysTest {
    private static final long SECOND = 1_704_890_096L;

    /** What it must do, said with a map. */
    @Test
    void isAMapOfPrintsWithAWindow() {
        Random random = new Random(5);
        Map<Long, Long> expected = new HashMap<>();
        SeenKeys seen = SeenKeys.of(null);
        for (int step = 0; step < 20_000; step++) {
            long print = random.nextInt(300) * 0x9E37_79B9_7F4A_7C15L;
            long second = SECOND + step * 20L + random.nextInt(1000);
            Long known = expected.get(print);
            assertEquals(
                    known != null && Math.abs(second - known) <= SeenKeys.WINDOW,
                    SeenKeys.of(seen.packed()).has(print, second),
                    "step " + step);
            if (known == null || Math.abs(second - known) > SeenKeys.WINDOW) {
                seen = seen.with(print, second);
                expected.put(print, second);
            }
            if (step % 1000 == 999) {
                long since = second - SeenKeys.WINDOW;
                seen = seen.since(since);
                expected.values().removeIf(at -> at < since);
                assertEquals(expected.values().stream().min(Long::compare).orElseThrow(), seen.oldest());
            }
            assertEquals(expected.size(), seen.size());
        }
    }

    @Test
    void theWindowIsOneDayOnBothSides() {
        SeenKeys seen = SeenKeys.of(null).with(7, SECOND);
        assertTrue(seen.has(7, SECOND + 86_400));
        assertTrue(seen.has(7, SECOND - 86_400));
        assertFalse(seen.has(7, SECOND + 86_401));
        assertFalse(seen.has(7, SECOND - 86_401));
        assertFalse(seen.has(8, SECOND));
    }

    @Test
    void secondsBehind2038AreNoNegativeOnes() {
        long late = 4_000_000_000L;
        SeenKeys seen = SeenKeys.of(null).with(7, late);
        assertTrue(seen.has(7, late + 1));
        assertEquals(late, seen.oldest());
        assertEquals(0, seen.since(late + 1).size());
        assertEquals(Long.MAX_VALUE, seen.since(late + 1).oldest());
    }

    @Test
    void anEventTakesTwelveBytes() {
        SeenKeys seen = SeenKeys.of(null);
        for (int print = 0; print < 100; print++) {
            seen = seen.with(print, SECOND);
        }
        assertEquals(1200, seen.packed().length);
    }
}
