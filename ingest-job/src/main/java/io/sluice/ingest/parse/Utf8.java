package io.sluice.ingest.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 with one U+FFFD per maximal bad part, as Unicode recommends (section 3.9, "substitution of maximal
 * subparts") and as most other languages do.
 *
 * <p>Java's own decoder does the same but for encoded surrogates ({@code ED A0 80}): it takes these for one bad part,
 * where no byte behind {@code ED} can belong to it and there are three.
 */
public final class Utf8 {
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    private Utf8() {}

    /** The text of {@code array[from, to)}. */
    public static String text(byte[] array, int from, int to) {
        String text = new String(array, from, to - from, StandardCharsets.UTF_8);
        if (text.length() == to - from) {
            return text; // a character for each byte: no surrogates were encoded
        }
        for (int i = from; i + 1 < to; i++) {
            if (isSurrogate(array, i)) {
                return withoutSurrogates(array, from, to);
            }
        }
        return text;
    }

    private static boolean isSurrogate(byte[] array, int i) {
        return array[i] == (byte) 0xED && (array[i + 1] & 0xE0) == 0xA0;
    }

    /** Replaces the first byte of each surrogate; those behind it are then bad parts of their own. */
    private static String withoutSurrogates(byte[] array, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(to - from + 64);
        for (int i = from; i < to; i++) {
            if (i + 1 < to && isSurrogate(array, i)) {
                out.writeBytes(REPLACEMENT);
            } else {
                out.write(array[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
