package io.sluice.redaction.address;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address.
 *
 * <p>Read from every spelling that logs hold: with port, brackets or zone, compressed, IPv4-mapped (which is unwrapped,
 * so that {@code ::ffff:192.0.2.1} equals {@code 192.0.2.1}). Written in the one form of RFC 5952.
 */
public final class IpAddress {
    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The address, or null if the text is none; never asks a name server. */
    public static @Nullable IpAddress parse(String text) {
        String bare = bare(text);
        if (bare.indexOf(':') < 0) {
            byte[] v4 = parseV4(bare, 0, bare.length());
            return v4 == null ? null : new IpAddress(v4);
        }
        byte[] v6 = parseV6(bare);
        return v6 == null ? null : new IpAddress(isMapped(v6) ? Arrays.copyOfRange(v6, 12, 16) : v6);
    }

    /**
     * An IPv4 address in any of the spellings that {@code inet_aton} and browsers take: one to four numbers, decimal, octal
     * ({@code 0177.0.0.1}) or hexadecimal ({@code 0x7f000001}), the last one filling what is left; a dot at the end does
     * no harm. Null if it is none.
     *
     * <p>Only where an address is expected: in free text every number would be one. Source: WHATWG URL Standard, section
     * 3.5, the IPv4 parser.
     */
    public static @Nullable IpAddress parseLoose(String text) {
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        String[] parts = bare.split("\\.", -1);
        if (parts.length > 4) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long number = number(parts[i]);
            boolean last = i == parts.length - 1;
            if (number < 0 || number >= (last ? 1L << 8 * (5 - parts.length) : 256)) {
                return null;
            }
            address |= last ? number : number << 8 * (3 - i);
        }
        return new IpAddress(
                new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address});
    }

    /** A number in C's notation, at most 2^32; -1 if it is none. */
    private static long number(String text) {
        boolean hex = text.startsWith("0x") || text.startsWith("0X");
        boolean octal = !hex && text.length() > 1 && text.charAt(0) == '0';
        int radix = hex ? 16 : octal ? 8 : 10;
        if (text.isEmpty()) {
            return -1;
        }
        long number = 0;
        for (int i = hex ? 2 : 0; i < text.length(); i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            number = Math.min(1L << 32, number * radix + digit);
        }
        return number;
    }

    /** Without brackets, port and zone. */
    private static String bare(String text) {
        String bare = text.strip();
        if (bare.startsWith("[")) {
            int end = bare.indexOf(']');
            bare = end < 0 ? bare.substring(1) : bare.substring(1, end);
        } else if (bare.indexOf('.') > 0 && bare.indexOf(':') == bare.lastIndexOf(':') && bare.indexOf(':') > 0) {
            bare = bare.substring(0, bare.indexOf(':'));
        }
        int zone = bare.indexOf('%');
        return zone < 0 ? bare : bare.substring(0, zone);
    }

    private static byte @Nullable [] parseV4(String text, int from, int to) {
        byte[] bytes = new byte[4];
        int at = from;
        for (int i = 0; i < 4; i++) {
            int start = at;
            int number = 0;
            while (at < to && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - start < 3) {
                number = number * 10 + text.charAt(at++) - '0';
            }
            boolean ended = i == 3 ? at == to : at < to && text.charAt(at) == '.';
            if (at == start || number > 255 || !ended) {
                return null;
            }
            bytes[i] = (byte) number;
            at++;
        }
        return bytes;
    }

    private static byte @Nullable [] parseV6(String text) {
        byte[] bytes = new byte[16];
        int filled = 0;
        int gap = -1;
        int at = 0;
        int length = text.length();
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < length) {
            int end = text.indexOf(':', at);
            int to = end < 0 ? length : end;
            if (end < 0 && text.indexOf('.', at) >= 0) {
                byte[] v4 = parseV4(text, at, length);
                if (v4 == null || filled > 12) {
                    return null;
                }
                System.arraycopy(v4, 0, bytes, filled, 4);
                filled += 4;
                at = length;
                break;
            }
            int group = hex(text, at, to);
            if (group < 0 || filled == 16) {
                return null;
            }
            bytes[filled++] = (byte) (group >> 8);
            bytes[filled++] = (byte) group;
            at = to + 1;
            if (end >= 0 && at < length && text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = filled;
                at++;
            } else if (end >= 0 && at == length) {
                return null;
            }
        }
        return spread(bytes, filled, gap);
    }

    /** The groups behind {@code ::} moved to the end. */
    private static byte @Nullable [] spread(byte[] bytes, int filled, int gap) {
        if (gap < 0) {
            return filled == 16 ? bytes : null;
        }
        if (filled == 16) {
            return null;
        }
        byte[] spread = new byte[16];
        System.arraycopy(bytes, 0, spread, 0, gap);
        System.arraycopy(bytes, gap, spread, 16 - (filled - gap), filled - gap);
        return spread;
    }

    private static int hex(String text, int from, int to) {
        if (from == to || to - from > 4) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return -1;
            }
            number = number << 4 | digit;
        }
        return number;
    }

    private static boolean isMapped(byte[] v6) {
        for (int i = 0; i < 10; i++) {
            if (v6[i] != 0) {
                return false;
            }
        }
        return v6[10] == -1 && v6[11] == -1;
    }

    public boolean isV4() {
        return bytes.length == 4;
    }

    /** Four or sixteen bytes, network order; a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Whether it is an IPv6 address that holds an IPv4 address: 6to4 (2002::/16, RFC 3056), Teredo (2001::/32, RFC
     * 4380), NAT64 (64:ff9b::/96 and 64:ff9b:1::/48, RFC 6052 and 8215), IPv4-compatible (::/96, RFC 4291) or ISATAP
     * (RFC 5214).
     */
    public boolean embedsV4() {
        if (isV4()) {
            return false;
        }
        int first = group(0);
        int second = group(1);
        boolean zeros = true;
        for (int i = 0; i < 12; i++) {
            zeros &= bytes[i] == 0;
        }
        boolean isatap = (group(4) == 0 || group(4) == 0x200) && group(5) == 0x5efe;
        return first == 0x2002
                || first == 0x2001 && second == 0
                || first == 0x64 && second == 0xff9b
                || zeros
                || isatap;
    }

    /** The address with all but the first {@code bits} bits zero. */
    public IpAddress truncated(int bits) {
        byte[] cut = bytes.clone();
        for (int i = 0; i < cut.length; i++) {
            int keep = Math.max(0, Math.min(8, bits - i * 8));
            cut[i] &= (byte) (0xff << 8 - keep);
        }
        return new IpAddress(cut);
    }

    private int group(int i) {
        return (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
    }

    /** The one spelling of it: dotted, or RFC 5952. */
    public String canonical() {
        if (isV4()) {
            return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
        }
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && group(i + run) == 0) {
                run++;
            }
            if (run > bestLength) {
                best = i;
                bestLength = run;
            }
            i += run;
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                text.append("::");
                i += bestLength - 1;
            } else {
                if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(group(i)));
            }
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return isV4() ? "IPv4" : "IPv6";
    }
}
