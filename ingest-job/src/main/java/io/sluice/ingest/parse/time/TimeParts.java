package io.sluice.ingest.parse.time;

import io.sluice.ingest.parse.CivilTime;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.Locale;

/**
 * The parts of one time, as a pattern finds them; several directives of a format may each bring some. Mutable, used by
 * one thread.
 */
public final class TimeParts {
    private static final int NONE = -1;

    int year = NONE;
    int month = NONE;
    int day = NONE;
    int dayOfYear = NONE;
    int hour;
    int minute;
    int second;
    int milli;
    int offset = CivilTime.NO_OFFSET;
    /** 0 for before noon, 1 for after, or {@link #NONE}. */
    int half = NONE;
    /** A time as a number since 1970, or {@link CivilTime#INVALID}. */
    long epochMilli = CivilTime.INVALID;

    private boolean found;

    /** Marks that something of a time was read. */
    void found() {
        found = true;
    }

    /** Whether any part was read. */
    public boolean any() {
        return found;
    }

    /** Forgets what was read. */
    void clear() {
        year = NONE;
        month = NONE;
        day = NONE;
        dayOfYear = NONE;
        hour = 0;
        minute = 0;
        second = 0;
        milli = 0;
        offset = CivilTime.NO_OFFSET;
        half = NONE;
        epochMilli = CivilTime.INVALID;
        found = false;
    }

    /** Takes a number of seconds, milliseconds, microseconds or nanoseconds since 1970. */
    public void epochMilli(long value) {
        epochMilli = value;
        found = true;
    }

    /** Takes the milliseconds of a second, which stood apart from the rest. */
    public void milli(int value) {
        milli = value;
        found = true;
    }

    /** Milliseconds since 1970, or {@link CivilTime#INVALID} if a part is missing or there is no such time. */
    public long epochMilli(ZoneId zone) {
        if (epochMilli != CivilTime.INVALID) {
            return epochMilli < 0 ? CivilTime.INVALID : epochMilli + milli;
        }
        long days = dayOfYear == NONE ? CivilTime.days(year, month, day) : dayOfYear();
        return CivilTime.epochMilli(days, CivilTime.secondOfDay(hour(), minute, second), milli, offset, zone);
    }

    private long dayOfYear() {
        long first = CivilTime.days(year, 1, 1);
        boolean leap = CivilTime.days(year, 2, 29) != CivilTime.INVALID;
        return first == CivilTime.INVALID || dayOfYear < 1 || dayOfYear > (leap ? 366 : 365)
                ? CivilTime.INVALID
                : first + dayOfYear - 1;
    }

    private int hour() {
        if (half == NONE) {
            return hour;
        }
        return hour < 1 || hour > 12 ? NONE : hour % 12 + half * 12;
    }

    /**
     * Sets {@code @timestamp}, or, where the year is not written, the text that {@link YearlessTime} completes. A clock
     * without a date sets nothing.
     *
     * @return whether there is such a time
     */
    public boolean set(Event event, ZoneId zone) {
        if (year == NONE && month != NONE && epochMilli == CivilTime.INVALID) {
            return setWithoutYear(event);
        }
        if (isClockOnly()) {
            return CivilTime.secondOfDay(hour(), minute, second) != CivilTime.INVALID; // no day: no time of an event
        }
        long moment = epochMilli(zone);
        if (moment == CivilTime.INVALID) {
            return false;
        }
        event.set(Fields.TIMESTAMP, new Value.Moment(moment));
        return true;
    }

    private boolean isClockOnly() {
        return year == NONE && month == NONE && dayOfYear == NONE && epochMilli == CivilTime.INVALID;
    }

    private boolean setWithoutYear(Event event) {
        boolean exists = CivilTime.days(2000, month, day) != CivilTime.INVALID
                && CivilTime.secondOfDay(hour(), minute, second) != CivilTime.INVALID;
        if (exists) {
            event.set(
                    Fields.TIMESTAMP,
                    String.format(
                            Locale.ROOT, "--%02d-%02dT%02d:%02d:%02d.%03d", month, day, hour(), minute, second, milli));
        }
        return exists;
    }
}
