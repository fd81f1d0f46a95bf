package io.sluice.ingest.parse;

import java.time.ZoneId;

/**
 * Reads times as ISO 8601 and RFC 3339 write them: {@code 2024-01-10T12:00:00Z}, a space for the {@code T}, seconds and
 * their fraction (after a point or a comma) optional, offset {@code Z}, {@code +02}, {@code +0200} or {@code +02:00}, or
 * none, which takes the source's zone. Stateless.
 */
public final class IsoTime {
    private final String text;
    private int at;

    private IsoTime(String text) {
        this.text = text;
    }

    /** Milliseconds since 1970, or {@link CivilTime#INVALID}. */
    public static long epochMilli(String text, ZoneId zone) {
        return new IsoTime(text).read(zone);
    }

    private long read(ZoneId zone) {
        int year = digits(4);
        boolean formed = skip('-');
        int month = digits(2);
        formed &= skip('-');
        int day = digits(2);
        formed &= skip('T') || skip('t') || skip(' ');
        int hour = digits(2);
        formed &= skip(':');
        int minute = digits(2);
        int second = skip(':') ? digits(2) : 0;
        int milli = at > 16 && (skip('.') || skip(',')) ? milli() : 0;
        int offset = offset();
        if (!formed || milli < 0 || at != text.length()) {
            return CivilTime.INVALID;
        }
        return CivilTime.epochMilli(
                CivilTime.days(year, month, day), CivilTime.secondOfDay(hour, minute, second), milli, offset, zone);
    }

    private int milli() {
        int digits = 0;
        int milli = 0;
        for (; at < text.length() && isDigit(text.charAt(at)); at++, digits++) {
            milli = digits < 3 ? milli * 10 + text.charAt(at) - '0' : milli;
        }
        return digits == 0 || digits > 9 ? -1 : digits == 1 ? milli * 100 : digits == 2 ? milli * 10 : milli;
    }

    private int offset() {
        if (at == text.length()) {
            return CivilTime.NO_OFFSET;
        }
        if (skip('Z') || skip('z')) {
            return 0;
        }
        int sign = skip('-') ? -1 : 1;
        if (sign == 1 && !skip('+')) {
            return Integer.MAX_VALUE;
        }
        int hours = digits(2);
        int minutes = skip(':') || at < text.length() ? digits(2) : 0;
        return hours < 0 || minutes < 0 || minutes > 59 ? Integer.MAX_VALUE : sign * (hours * 3600 + minutes * 60);
    }

    /** A number of exactly so many digits, or -1, which no part of a date allows. */
    private int digits(int count) {
        if (at + count > text.length()) {
            at = text.length() + 1;
            return -1;
        }
        int number = 0;
        for (int i = 0; i < count; i++) {
            char c = text.charAt(at + i);
            if (!isDigit(c)) {
                at = text.length() + 1;
                return -1;
            }
            number = number * 10 + c - '0';
        }
        at += count;
        return number;
    }

    private boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
