package io.sluice.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CivilTimeTest {
    @Test
    void daysAreThoseOfJavaTimeForEveryDateAndNoOther() {
        for (int year = 0; year <= 9999; year += year < 1890 || year > 2110 ? 97 : 1) {
            for (int month = 0; month <= 13; month++) {
                for (int day = 0; day <= 32; day++) {
                    assertEquals(expected(year, month, day), CivilTime.days(year, month, day));
                }
            }
        }
        assertEquals(CivilTime.INVALID, CivilTime.days(-1, 1, 1));
        assertEquals(CivilTime.INVALID, CivilTime.days(10_000, 1, 1));
    }

    private static long expected(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            return CivilTime.INVALID;
        }
    }

    @Test
    void timesInAZoneAreThoseOfJavaTime() {
        Random random = new Random(20240110);
        ZoneId zone = ZoneId.of("America/Toronto");
        for (int i = 0; i < 10_000; i++) {
            LocalDateTime time = LocalDateTime.ofEpochSecond(random.nextLong(4_000_000_000L), 0, ZoneOffset.UTC);
            long days = time.toLocalDate().toEpochDay();
            long second = time.toLocalTime().toSecondOfDay();
            assertEquals(
                    time.atZone(zone).toInstant().toEpochMilli() + 7,
                    CivilTime.epochMilli(days, second, 7, CivilTime.NO_OFFSET, zone));
            assertEquals(
                    time.toInstant(ZoneOffset.ofHoursMinutes(-3, -30)).toEpochMilli(),
                    CivilTime.epochMilli(days, second, 0, -12_600, zone));
        }
    }

    @Test
    void clockTimesHaveRangesAndLeapSecondsCountAsTheNext() {
        assertEquals(86_399, CivilTime.secondOfDay(23, 59, 59));
        assertEquals(86_400, CivilTime.secondOfDay(23, 59, 60));
        assertEquals(CivilTime.INVALID, CivilTime.secondOfDay(24, 0, 0));
        assertEquals(CivilTime.INVALID, CivilTime.secondOfDay(0, 60, 0));
        assertEquals(CivilTime.INVALID, CivilTime.secondOfDay(0, 0, 61));
        assertEquals(CivilTime.INVALID, CivilTime.epochMilli(0, 0, 0, 64_801, ZoneOffset.UTC));
    }
}
