package io.sluice.ingest.parse.snowplow;

import static java.util.Map.entry;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.json.JsonElement;
import io.sluice.ingest.parse.json.JsonReader;
import io.sluice.ingest.parse.json.JsonRecord;
import io.sluice.ingest.parse.tracker.PayloadHints;
import io.sluice.ingest.parse.tracker.TrackerFields;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the parameters of one Snowplow event their field names. */
final class SnowplowFields {
    private static final Map<String, String> EVENTS = Map.of(
            "pv", "page_view",
            "pp", "page_ping",
            "tr", "transaction",
            "ti", "transaction_item",
            "ad", "ad_impression");
    private static final Map<String, FieldPath> NAMES = Map.ofEntries(
            entry("eid", Fields.SENDER_EVENT_ID),
            entry("uid", Fields.USER_ID),
            entry("sid", Fields.SESSION_ID),
            entry("url", Fields.URL_ORIGINAL),
            entry("page", Fields.PAGE_TITLE),
            entry("refr", Fields.HTTP_REFERRER),
            entry("ua", Fields.USER_AGENT),
            entry("lang", Fields.USER_AGENT_LANGUAGE),
            entry("res", Fields.DEVICE_SCREEN));
    private static final Map<String, String> PROPS = Map.of(
            "se_ca", "category", "se_la", "label", "se_pr", "property", "se_va", "value", "tr_id", "transaction_id");
    /** Ids of a device, the narrower before the wider: the cookie of the site, then the collector's own. */
    private static final List<String> DEVICES = List.of("duid", "nuid", "tnuid");

    private final TrackerFields fields;
    private final JsonReader reader;

    SnowplowFields(TrackerFields fields, JsonReader reader) {
        this.fields = fields;
        this.reader = reader;
    }

    /** Fills the event. */
    TrackerFields read(Map<String, Value> parameters) {
        String kind = TrackerFields.text(parameters.get("e"));
        String action = EVENTS.get(kind);
        if (action != null) {
            fields.set(Fields.EVENT_ACTION, action);
        } else if (kind.equals("se")) {
            fields.set(Fields.EVENT_ACTION, parameters.get("se_ac"));
        } else if (kind.equals("ue")) {
            selfDescribing(parameters);
        }
        // A true timestamp is one that needs no correction; else when the device made the event.
        fields.time(parameters.get("ttm"));
        fields.time(parameters.get("dtm"));
        for (String device : DEVICES) {
            fields.id(Fields.DEVICE_ID, parameters.get(device));
        }
        parameters.forEach(this::parameter);
        contexts(parameters);
        return fields;
    }

    private void parameter(String name, Value value) {
        FieldPath known = NAMES.get(name);
        String prop = PROPS.get(name);
        if (known != null) {
            fields.id(known, value);
        } else if (prop != null) {
            fields.prop(prop, value);
        } else if (name.equals("ip")) {
            fields.address(value);
        } else if (!DEVICES.contains(name)
                && !List.of("e", "ttm", "dtm", "ue_px", "ue_pr", "cx", "co", "se_ac")
                        .contains(name)) {
            fields.extra(name, value);
        }
    }

    private void selfDescribing(Map<String, Value> parameters) {
        Value json = json(parameters.get("ue_px"), parameters.get("ue_pr"));
        Value.Members event = inner(json);
        String schema = event == null ? "" : TrackerFields.text(event.members().get("schema"));
        SchemaName name = SchemaName.of(schema);
        if (event == null || name == null) {
            fields.fail(Reason.MISSING_TYPE);
            return;
        }
        fields.set(Fields.EVENT_ACTION, name.name());
        fields.extra("schema", new Value.Text(schema));
        Value data = event.members().get("data");
        if (data instanceof Value.Members members) {
            members.members().forEach(fields::prop);
        } else if (data != null) {
            fields.extra("data", data);
        }
    }

    private static Value.@Nullable Members inner(@Nullable Value json) {
        return json instanceof Value.Members outer && outer.members().get("data") instanceof Value.Members inner
                ? inner
                : null;
    }

    /**
     * Properties of each context, below its schema's name and version; several of one schema are a list. One whose schema
     * is none keeps its place in the list for a name, where no rule keeps it: a sender's text names no field.
     */
    private void contexts(Map<String, Value> parameters) {
        Value json = json(parameters.get("cx"), parameters.get("co"));
        if (!(json instanceof Value.Members outer) || !(outer.members().get("data") instanceof Value.Items contexts)) {
            return;
        }
        Map<String, List<Value>> bySchema = new LinkedHashMap<>();
        int i = 0;
        for (Value context : contexts.items()) {
            Map<String, Value> members = TrackerFields.members(context);
            SchemaName schema = SchemaName.of(TrackerFields.text(members.get("schema")));
            Value data = members.get("data");
            if (schema != null && schema.name().equals("client_session")) {
                Map<String, Value> session = TrackerFields.members(data);
                fields.id(Fields.SESSION_ID, session.get("sessionId"));
                fields.id(Fields.DEVICE_ID, session.get("userId"));
            }
            if (schema != null && schema.name().equals("http_client_hints")) {
                Map<String, Value> hints = TrackerFields.members(data);
                PayloadHints.set(fields, hints, hints.get("isMobile"));
            }
            if (schema == null || data == null) {
                fields.extra("contexts." + i, data == null ? context : data);
            } else {
                bySchema.computeIfAbsent(schema.step(), unused -> new ArrayList<>())
                        .add(data);
            }
            i++;
        }
        bySchema.forEach((step, all) -> fields.context(step, all.size() == 1 ? all.get(0) : new Value.Items(all)));
    }

    /** What stands in Base64, or as it is; an event with one that cannot be read is not understood. */
    private @Nullable Value json(@Nullable Value encoded, @Nullable Value plain) {
        if (encoded == null && plain == null) {
            return null;
        }
        if (plain instanceof Value.Members) {
            return plain;
        }
        byte[] bytes =
                encoded == null ? Bytes.of(TrackerFields.text(plain)).array() : decoded(TrackerFields.text(encoded));
        JsonRecord json = bytes == null ? null : reader.read(Bytes.of(bytes));
        if (json == null || json.failure() != null || json.form() != JsonRecord.Form.SINGLE) {
            fields.fail(json != null && json.failure() != null ? json.failure() : Reason.INVALID_JSON);
            return null;
        }
        JsonElement element = json.elements().get(0);
        if (element.failure() != null || element.ambiguous()) {
            fields.fail(element.failure() == null ? Reason.INVALID_JSON : element.failure());
            return null;
        }
        return element.value();
    }

    /** Either alphabet, with padding or without. */
    private static byte @Nullable [] decoded(String text) {
        String url = text.strip().replace('+', '-').replace('/', '_').replace(' ', '-');
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '=') {
            end--;
        }
        try {
            return Base64.getUrlDecoder().decode(url.substring(0, end));
        } catch (IllegalArgumentException e) {
            return null; // its text may quote the record, so it ends here
        }
    }
}
