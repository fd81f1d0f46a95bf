package io.sluice.ingest.parse;

import org.jspecify.annotations.Nullable;

/**
 * Reads IP addresses as they are written (RFC 4291 section 2.2, dotted decimal), without ever asking a name service.
 *
 * <p>IPv4 is four decimal numbers without leading zeros, which some readers take for octal. IPv6 may end in dotted
 * decimal; zones, brackets and ports are no part of a literal.
 */
public final class IpLiteral {
    private final CharSequence text;
    private final int to;
    private int at;

    private IpLiteral(CharSequence text) {
        this.text = text;
        this.to = text.length();
    }

    /** Whether the text is an address. */
    public static boolean is(CharSequence text) {
        return parse(text) != null;
    }

    /** Its 4 or 16 bytes, or null if it is no address. */
    public static byte @Nullable [] parse(CharSequence text) {
        int length = text.length();
        if (length < 2 || length > 45) {
            return null;
        }
        char first = text.charAt(0);
        if (first != ':' && Character.digit(first, 16) < 0) {
            return null;
        }
        IpLiteral literal = new IpLiteral(text);
        for (int i = 0; i < Math.min(length, 5); i++) {
            if (text.charAt(i) == ':') {
                return literal.v6();
            }
        }
        byte[] bytes = new byte[4];
        return literal.v4(bytes, 0) ? bytes : null;
    }

    private boolean v4(byte[] into, int offset) {
        for (int i = 0; i < 4; i++) {
            if (i > 0 && (at >= to || text.charAt(at++) != '.')) {
                return false;
            }
            int from = at;
            int number = 0;
            while (at < to && at - from < 3 && isDigit(text.charAt(at))) {
                number = number * 10 + text.charAt(at++) - '0';
            }
            if (at == from || number > 255 || (at - from > 1 && text.charAt(from) == '0')) {
                return false;
            }
            into[offset + i] = (byte) number;
        }
        return at == to;
    }

    private byte @Nullable [] v6() {
        byte[] bytes = new byte[16];
        int filled = 0;
        int gap = -1;
        if (text.charAt(0) == ':') {
            at = 1; // "::" is then read at the next colon
            if (text.charAt(1) != ':') {
                return null;
            }
        }
        while (at < to && filled < 16) {
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = filled;
                at++;
                continue;
            }
            if (filled <= 12 && isDotted()) {
                return v4(bytes, filled) ? spread(bytes, filled + 4, gap) : null;
            }
            int group = group();
            if (group < 0) {
                return null;
            }
            bytes[filled++] = (byte) (group >> 8);
            bytes[filled++] = (byte) group;
            if (at < to && (text.charAt(at++) != ':' || at == to)) {
                return null;
            }
        }
        return at == to ? spread(bytes, filled, gap) : null;
    }

    private boolean isDotted() {
        int i = at;
        while (i < to && i - at < 3 && isDigit(text.charAt(i))) {
            i++;
        }
        return i > at && i < to && text.charAt(i) == '.';
    }

    private int group() {
        int from = at;
        int group = 0;
        while (at < to && at - from < 4) {
            int digit = hex(text.charAt(at));
            if (digit < 0) {
                break;
            }
            group = group << 4 | digit;
            at++;
        }
        return at == from ? -1 : group;
    }

    private static byte @Nullable [] spread(byte[] bytes, int filled, int gap) {
        if (gap < 0) {
            return filled == 16 ? bytes : null;
        }
        if (filled > 14) {
            return null;
        }
        byte[] whole = new byte[16];
        System.arraycopy(bytes, 0, whole, 0, gap);
        System.arraycopy(bytes, gap, whole, 16 - (filled - gap), filled - gap);
        return whole;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int hex(char c) {
        if (isDigit(c)) {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
