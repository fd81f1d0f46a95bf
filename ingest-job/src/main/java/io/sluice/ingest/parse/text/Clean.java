package io.sluice.ingest.parse.text;

import io.sluice.ingest.parse.Bytes;

/**
 * Takes away what only a terminal understands: ANSI escape sequences (ECMA-48 CSI and OSC) and control characters other
 * than tab and line end. Stateless.
 */
public final class Clean {
    private static final byte ESCAPE = 0x1B;
    private static final byte BELL = 0x07;

    private Clean() {}

    /** The record itself, if there is nothing to take away. */
    public static Bytes bytes(Bytes record) {
        for (int i = 0; i < record.length(); i++) {
            if (isControl(record.at(i))) {
                return without(record);
            }
        }
        return record;
    }

    /** The same for text, such as a string of JSON. */
    public static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' || c == 0x7F) {
                return bytes(Bytes.of(text)).text();
            }
        }
        return text;
    }

    private static boolean isControl(byte b) {
        return b >= 0 && b < ' ' && b != '\t' && b != '\n' || b == 0x7F;
    }

    private static Bytes without(Bytes record) {
        byte[] out = new byte[record.length()];
        int length = 0;
        for (int i = 0; i < record.length(); i++) {
            byte b = record.at(i);
            if (b == ESCAPE) {
                i = sequenceEnd(record, i);
            } else if (!isControl(b)) {
                out[length++] = b;
            }
        }
        return new Bytes(out, 0, length);
    }

    /** The last byte of the escape sequence at {@code from}. */
    private static int sequenceEnd(Bytes record, int from) {
        int i = from + 1;
        if (i >= record.length()) {
            return from;
        }
        if (record.at(i) == '[') {
            for (i++; i < record.length(); i++) {
                byte b = record.at(i);
                if (b >= 0x40 && b <= 0x7E) {
                    return i;
                }
                if (b < 0x20 || b > 0x3F) {
                    return i - 1; // none after all: what was read of it goes
                }
            }
            return record.length() - 1;
        }
        if (record.at(i) == ']') {
            for (i++; i < record.length(); i++) {
                if (record.at(i) == BELL) {
                    return i;
                }
                if (record.at(i) == ESCAPE) {
                    return Math.min(i + 1, record.length() - 1);
                }
            }
            return from + 1; // no end: only its beginning goes
        }
        return from;
    }
}
