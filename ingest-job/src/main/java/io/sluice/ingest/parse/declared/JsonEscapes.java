package io.sluice.ingest.parse.declared;

import io.sluice.ingest.parse.Utf8;

/** Undoes the escapes of a JSON string (RFC 8259 section 7) as nginx writes them; any other backslash stays. */
final class JsonEscapes {
    private JsonEscapes() {}

    /** The text of {@code a[from, to)}. */
    static String text(byte[] a, int from, int to) {
        StringBuilder out = new StringBuilder(to - from);
        int plain = from;
        for (int i = from; i + 1 < to; i++) {
            if (a[i] != '\\') {
                continue;
            }
            int c = a[i + 1] == 'u' ? unicode(a, i + 2, to) : simple(a[i + 1]);
            if (c >= 0) {
                out.append(Utf8.text(a, plain, i)).append((char) c);
                i += a[i + 1] == 'u' ? 5 : 1;
                plain = i + 1;
            }
        }
        return out.append(Utf8.text(a, plain, to)).toString();
    }

    private static int simple(byte b) {
        return switch (b) {
            case '"', '\\', '/' -> b;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> -1;
        };
    }

    private static int unicode(byte[] a, int from, int to) {
        if (from + 4 > to) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(a[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return Character.isSurrogate((char) value) ? 0xFFFD : value;
    }
}
