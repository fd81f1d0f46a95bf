package io.sluice.ingest.parse.time;

import java.util.List;

/**
 * Finds out how a time at the head of a log line is written.
 *
 * <p>Known are: ISO 8601 and RFC 3339 with a {@code T} or a space, with {@code /} for {@code -}, without seconds'
 * fraction or with one behind a point or a comma, with and without zone; {@code 2012-025T10:22:40} and
 * {@code 20120702.102240,672}; {@code Mon Dec 26 16:22:08.1 2016} and {@code Wed May 19 12:00:02 UTC 2021};
 * {@code Feb 22 16:45:20} (no year); {@code 22 Feb 2024 16:45:20,123}; {@code 10/Oct/2000:13:55:36 -0700};
 * {@code 161209 13:08:33}; and a number since 1970. Stateless.
 */
public final class LogTime {
    private static final List<TimePattern> DIGITS_FIRST = List.of(
            TimePattern.strftime("%Y-%m-%dT%H:%M:%S"),
            TimePattern.java("yyyy-MM-dd HH:mm:ss"),
            TimePattern.java("yyyy/MM/dd HH:mm:ss"),
            TimePattern.java("yyyy-DDD'T'HH:mm:ss"),
            TimePattern.java("dd MMM yyyy HH:mm:ss"),
            TimePattern.java("dd/MMM/yyyy:HH:mm:ss"),
            TimePattern.java("dd-MMM-yyyy HH:mm:ss"),
            TimePattern.java("yyyyMMdd.HHmmss"),
            TimePattern.java("yyyyMMdd'T'HHmmss"),
            TimePattern.strftime("%y%m%d %k:%M:%S"),
            TimePattern.strftime("%y%m%d  %k:%M:%S"));
    private static final TimePattern WEEKDAY = TimePattern.strftime("%a ");
    private static final TimePattern MONTH_FIRST = TimePattern.strftime("%b %e %H:%M:%S");
    private static final TimePattern SPACE_YEAR = TimePattern.strftime(" %Y");
    private static final TimePattern SPACE_ZONE_YEAR = TimePattern.strftime(" %Z %Y");
    private static final TimePattern YEAR_BEHIND_DAY = TimePattern.strftime("%b %e, %Y %l:%M:%S %p");
    private static final TimePattern FRACTION = TimePattern.java(".SSS");
    private static final TimePattern ZONE = TimePattern.strftime("%z");
    private static final TimePattern SPACE_ZONE = TimePattern.strftime(" %z");
    private static final TimePattern EPOCH = TimePattern.java("UNIX");

    private LogTime() {}

    /**
     * Reads the time that begins at {@code at}.
     *
     * @return the index behind it, or {@link TimePattern#NO_TIME}; then {@code into} is of no use
     */
    public static int read(byte[] a, int at, int to, TimeParts into) {
        if (to - at < 9) {
            return TimePattern.NO_TIME;
        }
        byte first = a[at];
        if (first >= '0' && first <= '9') {
            return digitsFirst(a, at, to, into);
        }
        return (first | 0x20) >= 'a' && (first | 0x20) <= 'z' ? nameFirst(a, at, to, into) : TimePattern.NO_TIME;
    }

    private static int digitsFirst(byte[] a, int at, int to, TimeParts into) {
        for (TimePattern pattern : DIGITS_FIRST) {
            int end = pattern.read(a, at, to, into);
            if (end >= 0) {
                return fractionAndZone(a, end, to, into);
            }
            into.clear();
        }
        int end = EPOCH.read(a, at, to, into);
        boolean isWhole = end >= 0 && (end == to || a[end] == ' ' || a[end] == ']' || a[end] == '\t');
        return isWhole ? end : TimePattern.NO_TIME;
    }

    private static int fractionAndZone(byte[] a, int at, int to, TimeParts into) {
        int end = optional(FRACTION, a, at, to, into);
        int zoned = optional(ZONE, a, end, to, into);
        return zoned > end ? zoned : optional(SPACE_ZONE, a, end, to, into);
    }

    private static int nameFirst(byte[] a, int at, int to, TimeParts into) {
        int weekday = WEEKDAY.read(a, at, to, into);
        int date = weekday < 0 ? at : weekday;
        int end = MONTH_FIRST.read(a, date, to, into);
        if (end < 0) {
            into.clear();
            return weekday < 0 ? YEAR_BEHIND_DAY.read(a, at, to, into) : TimePattern.NO_TIME;
        }
        end = optional(FRACTION, a, end, to, into);
        int zoned = SPACE_ZONE_YEAR.read(a, end, to, into);
        if (zoned >= 0) {
            return zoned;
        }
        int year = SPACE_YEAR.read(a, end, to, into);
        // Four digits may be a process number: a year ends a word, and a weekday or a bracket goes with it.
        boolean isYear = year >= 0 && (year == to || a[year] == ' ' || a[year] == ']') && weekday >= 0;
        if (!isYear) {
            into.year = -1;
        }
        return isYear ? year : end;
    }

    private static int optional(TimePattern pattern, byte[] a, int at, int to, TimeParts into) {
        int end = pattern.read(a, at, to, into);
        return end < 0 ? at : end;
    }
}
