package io.sluice.ingest.parse.matomo;

import static java.util.Map.entry;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.json.JsonElement;
import io.sluice.ingest.parse.json.JsonReader;
import io.sluice.ingest.parse.json.JsonRecord;
import io.sluice.ingest.parse.tracker.PayloadHints;
import io.sluice.ingest.parse.tracker.TrackerFields;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the parameters of one Matomo request their field names. */
final class MatomoFields {
    private static final Map<String, FieldPath> NAMES = Map.ofEntries(
            entry("uid", Fields.USER_ID),
            entry("url", Fields.URL_ORIGINAL),
            entry("urlref", Fields.HTTP_REFERRER),
            entry("action_name", Fields.PAGE_TITLE),
            entry("search", Fields.SEARCH_QUERY),
            entry("ua", Fields.USER_AGENT),
            entry("lang", Fields.USER_AGENT_LANGUAGE),
            entry("res", Fields.DEVICE_SCREEN));
    private static final Map<String, String> PROPS = Map.ofEntries(
            entry("e_c", "category"),
            entry("e_n", "name"),
            entry("e_v", "value"),
            entry("search_cat", "search_category"),
            entry("search_count", "results"),
            entry("idgoal", "goal"),
            entry("revenue", "revenue"),
            entry("_rcn", "utm_campaign"));
    /** What a request is, by the first of these parameters that it has. */
    private static final List<Map.Entry<String, String>> KINDS = List.of(
            entry("ec_id", "ecommerce"),
            entry("ec_items", "ecommerce"),
            entry("idgoal", "goal"),
            entry("download", "download"),
            entry("link", "link_click"),
            entry("search", "search"),
            entry("ping", "ping"),
            entry("c_i", "content_interaction"),
            entry("c_n", "content_impression"),
            entry("ca", "custom"));

    private final TrackerFields fields;
    private final JsonReader reader;

    MatomoFields(TrackerFields fields, JsonReader reader) {
        this.fields = fields;
        this.reader = reader;
    }

    /** Fills the event. */
    TrackerFields read(Map<String, Value> parameters) {
        action(parameters);
        fields.time(parameters.get("cdt"));
        // cid is a visitor that the sender forces on the request, _id the one of the cookie.
        fields.id(Fields.DEVICE_ID, parameters.get("cid"));
        fields.id(Fields.DEVICE_ID, parameters.get("_id"));
        parameters.forEach(this::parameter);
        return fields;
    }

    private void action(Map<String, Value> parameters) {
        if (parameters.containsKey("e_c") || parameters.containsKey("e_a")) {
            Value action = parameters.get("e_a");
            fields.set(Fields.EVENT_ACTION, action == null ? new Value.Text("event") : action);
            return;
        }
        for (Map.Entry<String, String> kind : KINDS) {
            if (parameters.containsKey(kind.getKey())) {
                fields.set(Fields.EVENT_ACTION, kind.getValue());
                return;
            }
        }
        fields.set(Fields.EVENT_ACTION, "page_view");
    }

    private void parameter(String name, Value value) {
        FieldPath known = NAMES.get(name);
        String prop = PROPS.get(name);
        if (known != null) {
            fields.id(known, value);
        } else if (prop != null) {
            fields.prop(prop, value);
        } else if (name.startsWith("dimension")) {
            fields.prop(name, value);
        } else {
            switch (name) {
                case "cdt", "cid", "_id", "e_a" -> {}
                case "cip" -> fields.address(value);
                case "token_auth" -> fields.secret(value);
                case "uadata" -> {
                    PayloadHints.set(fields, hints(value));
                    fields.extra(name, value);
                }
                default -> fields.extra(name, value);
            }
        }
    }

    /** The object in a text, which one of a bulk may be itself; what is none says nothing. */
    private @Nullable Value hints(Value value) {
        if (!(value instanceof Value.Text text)) {
            return value;
        }
        JsonRecord json = reader.read(Bytes.of(text.text()));
        JsonElement first = json.failure() == null && json.form() == JsonRecord.Form.SINGLE
                ? json.elements().get(0)
                : null;
        return first == null || first.failure() != null || first.ambiguous() ? null : first.value();
    }
}
