package io.sluice.ingest.parse.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Utf8;
import java.io.IOException;

/**
 * Opens records as strict JSON (RFC 8259) in UTF-8.
 *
 * <p>Invalid UTF-8 is one U+FFFD per maximal bad part, as everywhere: Jackson's own decoder fails on some of it and lets
 * overlong forms through, so it is given text wherever a record is not ASCII.
 */
final class JsonInput {
    /** Jackson's own bound, which ends the record as a whole; the limit for one event is far below. */
    private static final int MAX_NESTING = 10_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Names come from outside: they must not fill a table of the whole JVM, nor fail it by their hashes.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            // An exception of the parser must hold nothing of the record.
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // The size of a record is limited before it is opened.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonInput() {}

    static JsonParser open(Bytes record) throws IOException {
        byte[] array = record.array();
        int from = record.from();
        int to = record.to();
        if (to - from >= 3
                && array[from] == (byte) 0xEF
                && array[from + 1] == (byte) 0xBB
                && array[from + 2] == (byte) 0xBF) {
            from += 3;
        }
        // A NUL near the beginning would make Jackson guess UTF-16 or UTF-32.
        return isAscii(array, from, to) && !hasNul(array, from, Math.min(to, from + 4))
                ? FACTORY.createParser(array, from, to - from)
                : FACTORY.createParser(Utf8.text(array, from, to));
    }

    private static boolean isAscii(byte[] array, int from, int to) {
        for (int i = from; i < to; i++) {
            if (array[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNul(byte[] array, int from, int to) {
        for (int i = from; i < to; i++) {
            if (array[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** The text with U+FFFD for each surrogate that stands alone, which no encoding can carry. */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    return replaced(text, i);
                }
            }
        }
        return text;
    }

    private static String replaced(String text, int from) {
        StringBuilder out = new StringBuilder(text.length()).append(text, 0, from);
        text.substring(from)
                .codePoints()
                .forEach(point -> out.appendCodePoint(
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point));
        return out.toString();
    }
}
