package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import org.jspecify.annotations.Nullable;

/**
 * Client Hints as they were sent, each empty if it is absent or longer than any browser's. Holds plaintext, so it prints
 * nothing of it. The hints of model and of the system's version are not among them: no event keeps such a thing.
 *
 * @param brands {@code Sec-CH-UA}
 * @param fullVersions {@code Sec-CH-UA-Full-Version-List}
 * @param mobile {@code Sec-CH-UA-Mobile}
 * @param platform {@code Sec-CH-UA-Platform}
 */
record HintTexts(String brands, String fullVersions, String mobile, String platform) {
    /** Browsers write 150 at most; senders choose what is read, and what is kept in the cache. */
    private static final int LONGEST = 512;

    /** Whether an event has any; most have none. */
    static boolean areIn(Event event) {
        return event.hasAny(Fields.HINTS);
    }

    static HintTexts of(Event event) {
        return new HintTexts(
                text(event, Fields.HINT_BRANDS),
                text(event, Fields.HINT_FULL_VERSIONS),
                text(event, Fields.HINT_MOBILE),
                text(event, Fields.HINT_PLATFORM));
    }

    private static String text(Event event, FieldPath field) {
        StringBuilder text = new StringBuilder();
        return append(event.get(field), text) ? text.toString() : "";
    }

    /** A header that came in several lines is one, with commas between (RFC 9651, section 4.2). */
    private static boolean append(@Nullable Value value, StringBuilder into) {
        if (value instanceof Value.Items items) {
            for (Value item : items.items()) {
                if (!(item instanceof Value.Text) || !append(item, into)) {
                    return false;
                }
            }
            return true;
        }
        if (!(value instanceof Value.Text text) || into.length() + text.text().length() + 2 > LONGEST) {
            return false;
        }
        into.append(into.isEmpty() ? "" : ", ").append(text.text());
        return true;
    }

    @Override
    public String toString() {
        return "HintTexts";
    }
}
