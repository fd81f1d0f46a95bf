package io.sluice.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class IsoTimeTest {
    private static long read(String text) {
        return IsoTime.epochMilli(text, ZoneOffset.ofHours(-2));
    }

    @Test
    void itReadsWhatTheStandardAllows() {
        long noon = Instant.parse("2024-01-10T12:00:00Z").toEpochMilli();
        for (String text : List.of(
                "2024-01-10T12:00:00Z",
                "2024-01-10t12:00:00.000z",
                "2024-01-10 12:00Z",
                "2024-01-10T12:00:00,0+00:00",
                "2024-01-10T14:00:00+02",
                "2024-01-10T14:30:00+0230",
                "2024-01-10T08:30:00-03:30",
                "2024-01-10T10:00:00")) {
            assertEquals(noon, read(text), text);
        }
        assertEquals(noon + 120, read("2024-01-10T12:00:00.12Z"));
        assertEquals(noon + 123, read("2024-01-10T12:00:00.123456789Z"));
        assertEquals(Instant.parse("2024-02-29T00:00:00Z").toEpochMilli(), read("2024-02-29T00:00:00Z"));
    }

    @Test
    void anythingElseIsNoTime() {
        for (String text : List.of(
                "",
                "2024",
                "2024-01-10",
                "2024-1-10T12:00:00Z",
                "2024-13-10T12:00:00Z",
                "2023-02-29T00:00:00Z",
                "2024-01-10T24:00:00Z",
                "2024-01-10T12:60:00Z",
                "2024-01-10T12:00:61Z",
                "2024-01-10T12:00:00.Z",
                "2024-01-10T12:00:00.1234567890Z",
                "2024-01-10T12:00.5Z",
                "2024-01-10T12:00:00+19:00",
                "2024-01-10T12:00:00+02:60",
                "2024-01-10T12:00:00+2",
                "2024-01-10T12:00:00+02:",
                "2024-01-10T12:00:00Zx",
                "2024-01-10T12:00:00 UTC",
                "2024/01/10T12:00:00Z",
                "２024-01-10T12:00:00Z")) {
            assertEquals(CivilTime.INVALID, read(text), text);
        }
    }

    @Test
    void numbersAreSecondsOrMilliseconds() {
        assertEquals(1_704_888_000_000L, EpochTime.epochMilli(1_704_888_000));
        assertEquals(1_704_888_000_250L, EpochTime.epochMilli(1_704_888_000.25));
        assertEquals(1_704_888_000_123L, EpochTime.epochMilli(1_704_888_000_123d));
        assertEquals(0, EpochTime.epochMilli(0));
        assertEquals(CivilTime.INVALID, EpochTime.epochMilli(-1));
        assertEquals(CivilTime.INVALID, EpochTime.epochMilli(1e18));
        assertEquals(CivilTime.INVALID, EpochTime.epochMilli(Double.NaN));
    }
}
