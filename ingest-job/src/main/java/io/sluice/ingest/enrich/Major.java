package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Value;
import org.jspecify.annotations.Nullable;

/** Reads the major version behind a product's name. */
final class Major {
    /** No browser counts further; longer numbers are builds and days. */
    private static final int MOST_DIGITS = 5;

    private Major() {}

    /** Whether one stands here: digits, not too many, behind a {@code v} too. */
    static boolean isAt(String text, int place) {
        int from = digits(text, place);
        int length = end(text, from) - from;
        return length > 0 && length <= MOST_DIGITS;
    }

    /** The one that stands here, or null. */
    static @Nullable Value at(String text, int place) {
        int from = digits(text, place);
        return isAt(text, place) ? new Value.Text(text.substring(from, end(text, from))) : null;
    }

    private static int digits(String text, int place) {
        return place < text.length() && (text.charAt(place) | 0x20) == 'v' ? place + 1 : place;
    }

    private static int end(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
