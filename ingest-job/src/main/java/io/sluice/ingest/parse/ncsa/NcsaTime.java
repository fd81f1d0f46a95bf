package io.sluice.ingest.parse.ncsa;

import io.sluice.ingest.parse.CivilTime;
import java.time.ZoneId;

/** Reads {@code 10/Oct/2000:13:55:36 -0700}; a fraction of the second and a missing offset are let through. */
public final class NcsaTime {
    private NcsaTime() {}

    /** Milliseconds since 1970 for what stands between the brackets, or {@link CivilTime#INVALID}. */
    public static long epochMilli(byte[] a, int from, int to, ZoneId zone) {
        if (!isShaped(a, from, to)) {
            return CivilTime.INVALID;
        }
        int at = from + 20;
        int milli = 0;
        if (at < to && a[at] == '.') {
            int digits = 0;
            for (at++; at < to && isDigit(a[at]) && digits < 9; at++, digits++) {
                milli = digits < 3 ? milli * 10 + a[at] - '0' : milli;
            }
            milli = digits == 1 ? milli * 100 : digits == 2 ? milli * 10 : milli;
        }
        int offset = CivilTime.NO_OFFSET;
        if (at < to) {
            offset = offset(a, at, to);
        }
        return CivilTime.epochMilli(
                CivilTime.days(two(a, from + 7) * 100 + two(a, from + 9), month(a, from + 3), two(a, from)),
                CivilTime.secondOfDay(two(a, from + 12), two(a, from + 15), two(a, from + 18)),
                milli,
                offset,
                zone);
    }

    /**
     * Whether it begins as such a time does: {@code 99/Aaa/9999:99:99:99}. Without a branch for each character: garbage
     * of every kind would have each of them compiled anew.
     */
    public static boolean isShaped(byte[] a, int from, int to) {
        if (to - from < 20) {
            return false;
        }
        int other = (a[from + 2] ^ '/')
                | (a[from + 6] ^ '/')
                | (a[from + 11] ^ ':')
                | (a[from + 14] ^ ':')
                | (a[from + 17] ^ ':');
        int outside = outside(a, from)
                | outside(a, from + 7)
                | outside(a, from + 9)
                | outside(a, from + 12)
                | outside(a, from + 15)
                | outside(a, from + 18);
        return other == 0 && outside >= 0;
    }

    /** Negative if there are no two digits. */
    private static int outside(byte[] a, int from) {
        return (a[from] - '0') | ('9' - a[from]) | (a[from + 1] - '0') | ('9' - a[from + 1]);
    }

    /** Seconds east of UTC, or more than any zone has. */
    private static int offset(byte[] a, int from, int to) {
        if (to - from != 6 || a[from] != ' ' || (a[from + 1] != '+' && a[from + 1] != '-')) {
            return Integer.MAX_VALUE;
        }
        for (int i = from + 2; i < to; i++) {
            if (!isDigit(a[i])) {
                return Integer.MAX_VALUE;
            }
        }
        int minutes = two(a, from + 4);
        int seconds = two(a, from + 2) * 3600 + minutes * 60;
        return minutes > 59 ? Integer.MAX_VALUE : a[from + 1] == '-' ? -seconds : seconds;
    }

    /** 1 to 12 for the English names that every server writes, else 0. */
    private static int month(byte[] a, int at) {
        return switch (a[at] << 16 | a[at + 1] << 8 | a[at + 2]) {
            case 'J' << 16 | 'a' << 8 | 'n' -> 1;
            case 'F' << 16 | 'e' << 8 | 'b' -> 2;
            case 'M' << 16 | 'a' << 8 | 'r' -> 3;
            case 'A' << 16 | 'p' << 8 | 'r' -> 4;
            case 'M' << 16 | 'a' << 8 | 'y' -> 5;
            case 'J' << 16 | 'u' << 8 | 'n' -> 6;
            case 'J' << 16 | 'u' << 8 | 'l' -> 7;
            case 'A' << 16 | 'u' << 8 | 'g' -> 8;
            case 'S' << 16 | 'e' << 8 | 'p' -> 9;
            case 'O' << 16 | 'c' << 8 | 't' -> 10;
            case 'N' << 16 | 'o' << 8 | 'v' -> 11;
            case 'D' << 16 | 'e' << 8 | 'c' -> 12;
            default -> 0;
        };
    }

    private static int two(byte[] a, int at) {
        return (a[at] - '0') * 10 + a[at + 1] - '0';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
