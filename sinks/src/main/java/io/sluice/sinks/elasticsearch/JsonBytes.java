package io.sluice.sinks.elasticsearch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * A growing buffer of JSON as UTF-8 bytes (RFC 8259).
 *
 * <p>Jackson's generator takes about twice as long here, for it asks about features at every value. Control characters
 * are escaped, those above 0x7E too, so that no document moves a terminal's cursor; half a surrogate pair becomes
 * U+FFFD, so that the bytes are always valid UTF-8. Not for use by several threads.
 */
public final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long DAY_MILLIS = 86_400_000L;
    /** No character needs more bytes: backslash, u and four digits. */
    private static final int LONGEST_ESCAPE = 6;
    /** Digits and sign of the longest {@code long}. */
    private static final int LONGEST_NUMBER = 20;
    /** Days since 1970 of 0000-01-01 and 9999-12-31: what has four digits of year. */
    private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();

    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    /** A power of two. */
    private static final int DATES = 8;

    /** What stands for itself in a string. */
    private static final boolean[] PLAIN = new boolean[0x80];

    static {
        Arrays.fill(PLAIN, ' ', 0x7F, true);
        PLAIN['"'] = false;
        PLAIN['\\'] = false;
    }

    private byte[] bytes;
    private int length;
    /** The days written last, and their dates: an event has the day it happened and the day it was received. */
    private final long[] days = new long[DATES];

    private final byte[][] dates = new byte[DATES][0];

    public JsonBytes(int capacity) {
        bytes = new byte[capacity];
    }

    /** Empties it and keeps the room. */
    public void clear() {
        length = 0;
    }

    /** Bytes written since it was last empty. */
    public int length() {
        return length;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /** What was written from the {@code from}-th byte on. */
    byte[] copyFrom(int from) {
        return Arrays.copyOfRange(bytes, from, length);
    }

    public void copyTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    /** These bytes as they are. */
    public void raw(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    /** All that stands in {@code other}. */
    void append(JsonBytes other) {
        room(other.length);
        System.arraycopy(other.bytes, 0, bytes, length, other.length);
        length += other.length;
    }

    /** One ASCII character as it is. */
    public void raw(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
    }

    /** Puts {@code ascii} in the place of the last byte. */
    public void replaceLast(char ascii) {
        bytes[length - 1] = (byte) ascii;
    }

    /** Puts {@code ascii} in the place of the first byte. */
    void replaceFirst(char ascii) {
        bytes[0] = (byte) ascii;
    }

    public void bool(boolean value) {
        raw(value ? TRUE : FALSE);
    }

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    public void number(long value) {
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                ascii(Long.toString(value));
                return;
            }
            raw('-');
        }
        room(LONGEST_NUMBER);
        long rest = Math.abs(value);
        int digits = digits(rest);
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long limit = 10; digits < LONGEST_NUMBER - 1 && value >= limit; limit *= 10) {
            digits++;
        }
        return digits;
    }

    /** A finite number, in the shortest form that reads back the same. */
    public void number(double value) {
        ascii(Double.toString(value));
    }

    /** A time as {@code "2024-01-10T12:00:00.000Z"}. */
    public void time(long epochMilli) {
        long itsDay = Math.floorDiv(epochMilli, DAY_MILLIS);
        if (itsDay < FIRST_DAY || itsDay > LAST_DAY) {
            string(Instant.ofEpochMilli(epochMilli).toString());
            return;
        }
        int slot = (int) itsDay & DATES - 1;
        if (itsDay != days[slot] || dates[slot].length == 0) {
            days[slot] = itsDay;
            dates[slot] = ('"' + LocalDate.ofEpochDay(itsDay).toString() + 'T').getBytes(StandardCharsets.US_ASCII);
        }
        raw(dates[slot]);
        room(14);
        int rest = (int) Math.floorMod(epochMilli, DAY_MILLIS);
        two(rest / 3_600_000, ':');
        two(rest / 60_000 % 60, ':');
        two(rest / 1000 % 60, '.');
        int millis = rest % 1000;
        bytes[length++] = (byte) ('0' + millis / 100);
        two(millis % 100, 'Z');
        bytes[length++] = '"';
    }

    private void two(int value, char behind) {
        bytes[length++] = (byte) ('0' + value / 10);
        bytes[length++] = (byte) ('0' + value % 10);
        bytes[length++] = (byte) behind;
    }

    private void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    /** A string with its quotes. */
    public void string(String text) {
        raw('"');
        inside(text);
        raw('"');
    }

    /** {@code before} as it is, and a string with its quotes. */
    void string(byte[] before, String text) {
        room(before.length + text.length() + 2);
        System.arraycopy(before, 0, bytes, length, before.length);
        length += before.length;
        bytes[length++] = '"';
        inside(text);
        raw('"');
    }

    /** The inside of a string, without quotes. */
    public void inside(String text) {
        int chars = text.length();
        room(chars);
        byte[] into = bytes;
        boolean[] plain = PLAIN;
        int at = length;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= plain.length || !plain[c]) {
                length = at;
                insideSlowly(text, i);
                return;
            }
            into[at++] = (byte) c;
        }
        length = at;
    }

    private static boolean plain(char c) {
        return c < PLAIN.length && PLAIN[c];
    }

    private void insideSlowly(String text, int from) {
        room((text.length() - from) * LONGEST_ESCAPE);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (plain(c)) {
                bytes[length++] = (byte) c;
            } else if (c < 0xA0) {
                escape(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                utf8(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                utf8(Character.isSurrogate(c) ? 0xFFFD : c);
            }
        }
    }

    private void escape(char c) {
        bytes[length++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[length++] = (byte) c;
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\t' -> bytes[length++] = 't';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[c >> 4];
                bytes[length++] = HEX[c & 15];
            }
        }
    }

    private void utf8(int codePoint) {
        if (codePoint < 0x800) {
            bytes[length++] = (byte) (0xC0 | (codePoint >> 6));
        } else if (codePoint < 0x10000) {
            bytes[length++] = (byte) (0xE0 | (codePoint >> 12));
            bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        } else {
            bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
            bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        }
        bytes[length++] = (byte) (0x80 | (codePoint & 0x3F));
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    @Override
    public String toString() {
        return "JsonBytes[" + length + "]";
    }
}
