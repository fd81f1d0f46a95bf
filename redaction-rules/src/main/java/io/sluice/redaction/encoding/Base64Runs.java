package io.sluice.redaction.encoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds runs of base64 and base64url (RFC 4648) that hold text, at whatever of the four alignments, and decodes them.
 *
 * <p>A run counts as text when at least {@value #STREAK} bytes in a row come out printable, which happens by chance
 * about once in 3,000 bytes, or as two full-width forms. Guarantees: total, linear, and clean text costs less than one
 * look per character. Does not guarantee to see text whose ASCII is broken up more often than that.
 */
public final class Base64Runs {
    /** The shortest run looked at: 8 bytes, the shortest e-mail address worth the name. */
    private static final int SHORTEST = 11;

    private static final int STREAK = 8;
    /** The digit that {@code 7} is. */
    private static final int SEVEN = 59;

    private static final char MALFORMED = '\uFFFD';
    private static final byte[] VALUES = values();

    private Base64Runs() {}

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < 64; i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['-'] = 62;
        values['_'] = 63;
        return values;
    }

    private static int value(String text, int i) {
        char c = text.charAt(i);
        return c < 128 ? VALUES[c] : -1;
    }

    /** The start of the first run from {@code from} on that holds text, or -1. */
    public static int next(String text, int from) {
        int start = from;
        while (start + SHORTEST <= text.length()) {
            // From the last place that a shortest run would need, backwards: most words are shorter and end the look.
            int i = start + SHORTEST - 1;
            while (i >= start && value(text, i) >= 0) {
                i--;
            }
            if (i >= start) {
                start = i + 1;
                continue;
            }
            int end = runEnd(text, start + SHORTEST);
            for (int alignment = 0; alignment < 4; alignment++) {
                if (streak(text, start + alignment, end) >= 0) {
                    return start;
                }
            }
            start = end + 1;
        }
        return -1;
    }

    /** Decodes every run that holds text, from the one that starts at {@code first}. */
    public static void each(String text, int first, Consumer<Decoded> into) {
        for (int start = first; start >= 0; ) {
            int end = runEnd(text, start);
            for (int alignment = 0; alignment < 4; alignment++) {
                decode(text, start, end, alignment, into);
            }
            start = next(text, end);
        }
    }

    private static int runEnd(String text, int from) {
        int end = from;
        while (end < text.length() && value(text, end) >= 0) {
            end++;
        }
        return end;
    }

    /** All of the run at this alignment: what comes out round the text in it is noise, and harms nobody. */
    private static void decode(String text, int start, int end, int alignment, Consumer<Decoded> into) {
        int from = start + alignment;
        if (streak(text, from, end) < 0) {
            return;
        }
        byte[] bytes = bytes(text, from, end);
        char[] decoded = new char[bytes.length];
        int size = 0;
        int[] sources = new int[bytes.length + 1];
        int i = 0;
        while (i < bytes.length) {
            int length = sequence(bytes, i);
            if (length == 1) {
                sources[size] = from + i * 4 / 3;
                decoded[size++] = bytes[i] < 0 ? MALFORMED : (char) bytes[i];
            } else {
                String unit = new String(bytes, i, length, StandardCharsets.UTF_8);
                for (int k = 0; k < unit.length(); k++) {
                    sources[size] = from + i * 4 / 3;
                    decoded[size++] = unit.charAt(k);
                }
            }
            i += length;
        }
        sources[size] = end;
        into.accept(Decoded.ofRun(new String(decoded, 0, size), sources, text, start, padded(text, end)));
    }

    /** How many bytes the UTF-8 sequence at {@code i} has; 1 for what is none. */
    private static int sequence(byte[] bytes, int i) {
        int first = bytes[i] & 0xFF;
        int length = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1;
        if (i + length > bytes.length) {
            return 1;
        }
        for (int k = 1; k < length; k++) {
            if ((bytes[i + k] & 0xC0) != 0x80) {
                return 1;
            }
        }
        return length;
    }

    private static int padded(String text, int right) {
        int end = right;
        while (end < text.length() && end < right + 2 && text.charAt(end) == '=') {
            end++;
        }
        return end;
    }

    /** A place inside the first streak of printable bytes among the quads that begin at {@code from}, or -1. */
    private static int streak(String text, int from, int end) {
        int streak = 0;
        for (int q = from; q + 1 < end; q += 4) {
            int a = value(text, q);
            if (a >= 8 && a <= 31) {
                // A printable first byte, 0x20 to 0x7e, has such a first digit.
                streak = quad(text, q, end, a, streak);
            } else if (a == SEVEN && isFullWidth(text, q, end)) {
                streak += 4;
            } else {
                streak = 0;
                continue;
            }
            if (streak >= STREAK) {
                return q;
            }
        }
        return -1;
    }

    private static int quad(String text, int q, int end, int a, int before) {
        int b = value(text, q + 1);
        int streak = printable(a << 2 | b >> 4) ? before + 1 : 0;
        if (q + 2 < end && streak < STREAK) {
            int c = value(text, q + 2);
            streak = printable((b & 15) << 4 | c >> 2) ? streak + 1 : 0;
            if (q + 3 < end && streak < STREAK) {
                streak = printable((c & 3) << 6 | value(text, q + 3)) ? streak + 1 : 0;
            }
        }
        return streak;
    }

    /** Whether a quad that begins with {@code 7} is a full-width form, whose UTF-8 begins with 0xEF 0xBC or 0xEF 0xBD. */
    private static boolean isFullWidth(String text, int q, int end) {
        return q + 3 < end && text.charAt(q + 1) == '7' && (text.charAt(q + 2) == 'y' || text.charAt(q + 2) == '2');
    }

    private static boolean printable(int b) {
        return (b >= 0x20 && b < 0x7F) || b == '\n' || b == '\t' || b == '\r';
    }

    private static byte[] bytes(String text, int from, int end) {
        byte[] bytes = new byte[Math.max(0, (end - from) * 3 / 4)];
        int bits = 0;
        int held = 0;
        int size = 0;
        for (int i = from; i < end && size < bytes.length; i++) {
            held = held << 6 | value(text, i);
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                bytes[size++] = (byte) (held >> bits);
            }
        }
        return bytes;
    }
}
