package io.sluice.redaction.encoding;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Undoes one layer of escapes: percent encoding (RFC 3986, and the old {@code %u0040}), HTML character references
 * (HTML 5, section 13.5: numbers, and the names that stand for ASCII), the backslash escapes of JSON strings (RFC 8259)
 * and {@code \x40}, and characters that look like ASCII (full-width forms, other scripts' digits, dashes, dots) or like
 * nothing (zero-width).
 *
 * <p>Guarantees: total, linear, and every unit that comes out knows the unit it came from. Malformed UTF-8 in percent
 * escapes comes out as Latin-1, so that nothing is lost.
 */
public final class Escapes {
    private static final Map<String, Character> NAMES = Map.ofEntries(
            Map.entry("amp;", '&'),
            Map.entry("apos;", '\''),
            Map.entry("colon;", ':'),
            Map.entry("comma;", ','),
            Map.entry("commat;", '@'),
            Map.entry("dash;", '-'),
            Map.entry("equals;", '='),
            Map.entry("gt;", '>'),
            Map.entry("hyphen;", '-'),
            Map.entry("lowbar;", '_'),
            Map.entry("lt;", '<'),
            Map.entry("nbsp;", ' '),
            Map.entry("NewLine;", '\n'),
            Map.entry("num;", '#'),
            Map.entry("percnt;", '%'),
            Map.entry("period;", '.'),
            Map.entry("plus;", '+'),
            Map.entry("quot;", '"'),
            Map.entry("semi;", ';'),
            Map.entry("sol;", '/'),
            Map.entry("Tab;", '\t'),
            Map.entry("UnderBar;", '_'));
    private static final int LONGEST_NAME = 9;

    /** Literals besides {@code %hh}, {@code \xhh} and <code>&#92;uhhhh</code> of which at least one stands before an escape. */
    public static final List<String> MARKS = marks();

    private final String source;
    private final char[] text;
    private int length;
    private final BitSet encoded = new BitSet();
    /** No escape is shorter than what it stands for. */
    private final int[] sources;

    private Escapes(String source) {
        this.source = source;
        this.text = new char[source.length()];
        this.sources = new int[source.length() + 1];
    }

    private static List<String> marks() {
        List<String> marks = new java.util.ArrayList<>(List.of("&#", "%u", "\\\"", "\\/"));
        NAMES.keySet().stream().sorted().forEach(name -> marks.add("&" + name));
        return List.copyOf(marks);
    }

    /** Whether {@code c}, not ASCII, may stand for an ASCII character or for nothing. */
    public static boolean isLookalike(char c) {
        if (c < 0x2000) {
            return c == 0xA0 || c == 0xAD || c == 0x34F || c == 0x180E || (c >= 0x660 && Character.isDigit(c));
        }
        if (c < 0x3000) {
            return c <= 0x2015
                    || c == 0x2024
                    || (c >= 0x2028 && c <= 0x202F)
                    || c == 0x2044
                    || (c >= 0x205F && c <= 0x209C)
                    || c == 0x2212
                    || c == 0x2215
                    || c == 0x2236
                    || (c >= 0x2460 && c <= 0x24FF);
        }
        return c == 0x3000
                || c == 0x3002
                || c == 0xA789
                || c == 0xD835
                || c == 0xD83C
                || (c >= 0xFE00 && c <= 0xFE6F)
                || (c >= 0xFEFF && c <= 0xFF61)
                || Character.isDigit(c);
    }

    /** The text with one layer undone, or null if there was none. */
    public static @Nullable Decoded decode(String source) {
        Escapes escapes = new Escapes(source);
        return escapes.run() ? escapes.result() : null;
    }

    private boolean run() {
        int i = 0;
        int plain = 0;
        boolean changed = false;
        while (i < source.length()) {
            char c = source.charAt(i);
            if (c < 128 && c != '%' && c != '&' && c != '\\') {
                i++;
                continue;
            }
            appendPlain(plain, i);
            plain = i;
            int next = step(i);
            if (next > i) {
                changed = true;
                plain = next;
            }
            i = Math.max(next, i + 1);
        }
        appendPlain(plain, i);
        return changed;
    }

    private void appendPlain(int from, int to) {
        if (from == to) {
            return;
        }
        source.getChars(from, to, text, length);
        for (int i = from; i < to; i++) {
            sources[length++] = i;
        }
    }

    private Decoded result() {
        sources[length] = source.length();
        return Decoded.ofUnits(new String(text, 0, length), sources, encoded);
    }

    /** Undoes the escape at {@code i} and gives the unit behind it, or {@code i} if there is none. */
    private int step(int i) {
        char c = source.charAt(i);
        return switch (c) {
            case '%' -> percent(i);
            case '&' -> reference(i);
            case '\\' -> backslash(i);
            default -> c < 128 ? i : lookalike(i, c);
        };
    }

    private void append(char c, int from) {
        sources[length] = from;
        encoded.set(length);
        text[length++] = c;
    }

    private void appendPoint(int point, int from) {
        if (point < 0x10000) {
            append((char) point, from);
        } else {
            append(Character.highSurrogate(point), from);
            append(Character.lowSurrogate(point), from);
        }
    }

    private int percent(int i) {
        if (i + 1 < source.length() && (source.charAt(i + 1) | 0x20) == 'u') {
            int unit = hex(i + 2, 4);
            if (unit >= 0) {
                append((char) unit, i);
                return i + 6;
            }
        }
        int first = hex(i + 1, 2);
        if (first < 0) {
            return i;
        }
        int more = first < 0xC2 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : 0;
        byte[] bytes = new byte[more + 1];
        bytes[0] = (byte) first;
        for (int k = 1; k <= more; k++) {
            int at = i + 3 * k;
            int next = at < source.length() && source.charAt(at) == '%' ? hex(at + 1, 2) : -1;
            if ((next & 0xC0) != 0x80 || next < 0) {
                append((char) first, i);
                return i + 3;
            }
            bytes[k] = (byte) next;
        }
        if (more == 0) {
            append((char) first, i);
        } else {
            String decoded = new String(bytes, StandardCharsets.UTF_8);
            appendPoint(decoded.codePointAt(0), i);
        }
        return i + 3 * (more + 1);
    }

    private int reference(int i) {
        if (i + 2 < source.length() && source.charAt(i + 1) == '#') {
            return numeric(i);
        }
        int end = i + 1;
        while (end < source.length() && end - i <= LONGEST_NAME && source.charAt(end) != ';') {
            end++;
        }
        if (end >= source.length() || source.charAt(end) != ';') {
            return i;
        }
        Character named = NAMES.get(source.substring(i + 1, end + 1));
        if (named == null) {
            return i;
        }
        append(named, i);
        return end + 1;
    }

    private int numeric(int i) {
        boolean hex = (source.charAt(i + 2) | 0x20) == 'x';
        int at = i + (hex ? 3 : 2);
        int point = 0;
        int digits = 0;
        while (at < source.length()
                && Character.digit(source.charAt(at), hex ? 16 : 10) >= 0
                && source.charAt(at) < 128) {
            point = Math.min(0x110000, point * (hex ? 16 : 10) + Character.digit(source.charAt(at), 16));
            digits++;
            at++;
        }
        if (digits == 0) {
            return i;
        }
        appendPoint(point == 0 || point > 0x10FFFF ? 0xFFFD : point, i);
        return at < source.length() && source.charAt(at) == ';' ? at + 1 : at;
    }

    private int backslash(int i) {
        if (i + 1 >= source.length()) {
            return i;
        }
        char c = source.charAt(i + 1);
        if (c == 'u' || c == 'x') {
            int digits = c == 'u' ? 4 : 2;
            int unit = hex(i + 2, digits);
            if (unit < 0) {
                return i;
            }
            append((char) unit, i);
            return i + 2 + digits;
        }
        int plain = "\"\\/ntrbf".indexOf(c);
        if (plain < 0) {
            return i;
        }
        append("\"\\/\n\t\r\b\f".charAt(plain), i);
        return i + 2;
    }

    private int lookalike(int i, char c) {
        if (!isLookalike(c)) {
            return i;
        }
        int point = source.codePointAt(i);
        int ascii = ascii(point);
        if (ascii == point) {
            return i;
        }
        if (ascii >= 0) {
            append((char) ascii, i);
        }
        return i + Character.charCount(point);
    }

    /** What a code point stands for: an ASCII character, -1 for nothing, or itself. */
    private static int ascii(int point) {
        if (point >= 0xFF01 && point <= 0xFF5E) {
            return point - 0xFEE0;
        }
        if (Character.isDigit(point)) {
            return '0' + Character.digit(point, 10);
        }
        if ((point >= 0x2000 && point <= 0x200A)
                || point == 0xA0
                || point == 0x2028
                || point == 0x2029
                || point == 0x202F
                || point == 0x205F
                || point == 0x3000) {
            return ' ';
        }
        if (Character.getType(point) == Character.FORMAT || point == 0x34F || (point >= 0xFE00 && point <= 0xFE0F)) {
            return -1;
        }
        if ((point >= 0x2010 && point <= 0x2015) || point == 0x2212) {
            return '-';
        }
        return switch (point) {
            case 0x3002, 0xFF61, 0x2024 -> '.';
            case 0x2044, 0x2215 -> '/';
            case 0x2236, 0xA789 -> ':';
            default -> compatible(point);
        };
    }

    private static int compatible(int point) {
        String form = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
        return form.length() == 1 && form.charAt(0) < 128 ? form.charAt(0) : point;
    }

    private int hex(int from, int digits) {
        if (from + digits > source.length()) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            char c = source.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
