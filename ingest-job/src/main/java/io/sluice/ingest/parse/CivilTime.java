package io.sluice.ingest.parse;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Checked arithmetic from a calendar date and a clock time to milliseconds since 1970, without objects on the way.
 *
 * <p>Dates are those of the proleptic Gregorian calendar. A second of 60, as clocks show it in a leap second, counts as
 * the second after it.
 */
public final class CivilTime {
    /** No such date or time. */
    public static final long INVALID = Long.MIN_VALUE;
    /** Stands for the offset of a time that was written without a zone. */
    public static final int NO_OFFSET = Integer.MIN_VALUE;

    private static final int MAX_OFFSET_SECONDS = 18 * 3600;

    private CivilTime() {}

    /** Days since 1970-01-01, or {@link #INVALID}; year 0 to 9999. */
    public static long days(int year, int month, int day) {
        if (year < 0 || year > 9999 || month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) {
            return INVALID;
        }
        // Counted from 1 March, so that the leap day is the last of its year.
        int y = month > 2 ? year : year - 1;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468L;
    }

    /** Seconds since midnight, or {@link #INVALID}. */
    public static long secondOfDay(int hour, int minute, int second) {
        return hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60
                ? INVALID
                : hour * 3600L + minute * 60L + second;
    }

    /**
     * Milliseconds since 1970, or {@link #INVALID} if any part is.
     *
     * @param days from {@link #days}
     * @param secondOfDay from {@link #secondOfDay}
     * @param milli 0 to 999
     * @param offsetSeconds east of UTC, at most 18 hours, or {@link #NO_OFFSET}
     * @param zone for a time without offset
     */
    public static long epochMilli(long days, long secondOfDay, int milli, int offsetSeconds, ZoneId zone) {
        if (days == INVALID || secondOfDay == INVALID) {
            return INVALID;
        }
        long local = days * 86_400L + secondOfDay;
        int offset = offsetSeconds == NO_OFFSET ? offsetAt(local, zone) : offsetSeconds;
        return Math.abs(offset) > MAX_OFFSET_SECONDS ? INVALID : (local - offset) * 1000L + milli;
    }

    private static int offsetAt(long localSecond, ZoneId zone) {
        if (zone instanceof ZoneOffset fixed) {
            return fixed.getTotalSeconds();
        }
        return zone.getRules()
                .getOffset(LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC))
                .getTotalSeconds();
    }

    private static int monthLength(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }
}
