package io.sluice.ingest.parse.tracker;

import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Client Hints that a payload carries as JSON, in the names of {@code NavigatorUAData}
 * (https://wicg.github.io/ua-client-hints/#interface), written into the event as the browser would have written its
 * headers. What is none, or longer than a browser's, is left out, and the event is none the worse for it.
 */
public final class PayloadHints {
    private static final int MOST_BRANDS = 16;
    private static final int LONGEST = 64;

    private PayloadHints() {}

    /** Sets what these members tell. */
    public static void set(TrackerFields fields, @Nullable Value hints) {
        Map<String, Value> members = TrackerFields.members(hints);
        set(fields, members, members.get("mobile"));
    }

    /** The same where the mobile flag has a name of its own. */
    public static void set(TrackerFields fields, Map<String, Value> members, @Nullable Value mobile) {
        fields.set(Fields.HINT_BRANDS, list(members.get("brands")));
        fields.set(Fields.HINT_FULL_VERSIONS, list(members.get("fullVersionList")));
        fields.set(Fields.HINT_PLATFORM, quoted(members.get("platform")));
        if (mobile instanceof Value.Flag flag) {
            fields.set(Fields.HINT_MOBILE, flag.set() ? "?1" : "?0");
        }
    }

    private static String list(@Nullable Value brands) {
        List<Value> items = brands instanceof Value.Items list ? list.items() : List.of();
        StringBuilder header = new StringBuilder();
        for (Value item : items.subList(0, Math.min(items.size(), MOST_BRANDS))) {
            Map<String, Value> brand = TrackerFields.members(item);
            String name = quoted(brand.get("brand"));
            String version = quoted(brand.get("version"));
            if (!name.isEmpty() && !version.isEmpty()) {
                header.append(header.isEmpty() ? "" : ", ")
                        .append(name)
                        .append(";v=")
                        .append(version);
            }
        }
        return header.toString();
    }

    /** The text as a string of a structured field; empty if it is none, or one that a header cannot have. */
    private static String quoted(@Nullable Value value) {
        String text = TrackerFields.text(value);
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            return "";
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
