package io.sluice.ingest.parse.declared;

/** Runs of bytes and the numbers in them. */
final class Run {
    private static final int MAX_DIGITS = 18;

    private Run() {}

    /** The end of the run of such bytes at {@code at}. */
    static int end(byte[] a, int at, int to, ByteClass bytes) {
        int i = at;
        while (i < to && bytes.holds(a[i])) {
            i++;
        }
        return i;
    }

    /** The end of the number at {@code at}, or of the dash that stands for none. */
    static int numberEnd(byte[] a, int at, int to) {
        int i = at;
        while (i < to && a[i] >= '0' && a[i] <= '9') {
            i++;
        }
        return i == at && at < to && a[at] == '-' ? at + 1 : i;
    }

    /** A number of 1 to 18 digits and nothing else, or -1. */
    static long number(byte[] a, int from, int to) {
        if (to <= from || to - from > MAX_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            if (a[i] < '0' || a[i] > '9') {
                return -1;
            }
            number = number * 10 + a[i] - '0';
        }
        return number;
    }

    /** A number, with a fraction or without, times {@code unit}; rounded down, or -1 if it is none or too large. */
    static long scaled(byte[] a, int from, int to, long unit) {
        int point = from;
        while (point < to && a[point] != '.') {
            point++;
        }
        long whole = number(a, from, point);
        if (whole < 0 || whole > Long.MAX_VALUE / unit / 2) {
            return -1;
        }
        long value = whole * unit;
        long part = unit;
        for (int i = point + 1; i < to; i++) {
            if (a[i] < '0' || a[i] > '9') {
                return -1;
            }
            part /= 10;
            value += (a[i] - '0') * part;
        }
        return point + 1 == to ? -1 : value;
    }
}
