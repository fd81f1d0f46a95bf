package io.sluice.ingest.parse.ncsa;

import io.sluice.ingest.parse.Bytes;

/**
 * Undoes the escapes of Apache ({@code ap_escape_logitem}: {@code \"}, {@code \\}, {@code \b \n \r \t \v}, {@code \xhh})
 * and nginx ({@code \xHH}, {@code \"}, {@code \\}). Any other backslash stands for itself, for some servers escape nothing.
 */
public final class Unescape {
    private Unescape() {}

    /** The text of {@code a[from, to)}; invalid UTF-8, as written or as escaped, is one U+FFFD per maximal bad part. */
    public static String text(byte[] a, int from, int to) {
        return bytes(a, from, to).text();
    }

    /** The bytes that {@code a[from, to)} stands for. */
    static Bytes bytes(byte[] a, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = a[i];
            if (b == '\\' && i + 1 < to) {
                int plain = plain(a[i + 1]);
                int code = a[i + 1] == 'x' && i + 3 < to ? hex(a[i + 2]) << 4 | hex(a[i + 3]) : -1;
                if (plain >= 0) {
                    b = (byte) plain;
                    i++;
                } else if (code >= 0) {
                    b = (byte) code;
                    i += 3;
                }
            }
            out[length++] = b;
        }
        return new Bytes(out, 0, length);
    }

    private static int plain(byte escape) {
        return switch (escape) {
            case '"', '\\' -> escape;
            case 'b' -> '\b';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            default -> -1;
        };
    }

    /** A digit's value, or a negative number that stays negative in the sum. */
    private static int hex(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : Integer.MIN_VALUE >> 4;
    }
}
