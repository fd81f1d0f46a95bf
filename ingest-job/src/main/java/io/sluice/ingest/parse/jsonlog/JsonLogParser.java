package io.sluice.ingest.parse.jsonlog;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.application.ApplicationFields;
import io.sluice.ingest.parse.envelope.Envelope;
import io.sluice.ingest.parse.envelope.OpenTelemetryLogs;
import io.sluice.ingest.parse.envelope.Unwrapping;
import io.sluice.ingest.parse.json.JsonElement;
import io.sluice.ingest.parse.json.JsonReader;
import io.sluice.ingest.parse.json.JsonRecord;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON lines: OpenTelemetry's export, shippers' envelopes, access logs of Caddy, Traefik and Envoy, log events of
 * applications, in this order; any other JSON is an event whose values stand below {@code extra}.
 *
 * <p>One bad event of a batch fails alone; a fault in the syntax fails the record.
 */
public final class JsonLogParser implements LogParser {
    private static final List<String> USAGE_OBJECTS =
            List.of("user", "account", "anonymous_id", "page", "context", "consent", "headers", "props");

    private final JsonReader reader;
    private final ZoneId zone;
    private final Unwrapping.Inner inner;

    /**
     * @param zone for times without one
     * @param inner parses the line in an envelope
     */
    public JsonLogParser(ZoneId zone, ParseLimits limits, Unwrapping.Inner inner) {
        this.reader = new JsonReader(limits);
        this.zone = zone;
        this.inner = inner;
    }

    @Override
    public LogFormat format() {
        return LogFormat.JSON;
    }

    @Override
    public void parse(Bytes record, ParseSink into) {
        JsonRecord json = reader.read(record);
        if (json.failure() == null) {
            parse(json, record, into);
        } else {
            into.reject(json.failure());
        }
    }

    /** The events of a record that was read as JSON; at least one call. */
    public void parse(JsonRecord json, Bytes record, ParseSink into) {
        if (json.form() != JsonRecord.Form.SINGLE && json.elements().stream().allMatch(JsonLogParser::isNoLog)) {
            rest(json, into);
            return;
        }
        for (JsonElement element : json.elements()) {
            if (element.failure() != null) {
                into.reject(element.failure());
            } else if (element.value() instanceof Value.Members object) {
                object(object, json.form() == JsonRecord.Form.SINGLE ? record : null, into);
            } else {
                into.event(OtherJson.event(new JsonRecord(JsonRecord.Form.SINGLE, List.of(element), null)));
            }
        }
    }

    /** What an object is seen as; for {@code --explain}. */
    public static String kind(JsonElement element) {
        if (!(element.value() instanceof Value.Members object)) {
            return "other";
        }
        if (OpenTelemetryLogs.is(object)) {
            return "opentelemetry";
        }
        Map<String, Value> members = Flat.of(object);
        Envelope envelope = Envelope.of(members);
        if (envelope != null) {
            return envelope.label();
        }
        AccessShape access = AccessShape.of(members);
        return access != null ? access.label() : ApplicationMembers.isApplicationLog(members) ? "application" : "other";
    }

    /**
     * Whether an object with a {@code type} is a log event for all that: it has a message and a level or a time in words
     * that no usage event has, and none of a usage event's own objects.
     */
    public static boolean isLogWithType(JsonElement element) {
        if (!(element.value() instanceof Value.Members object)
                || USAGE_OBJECTS.stream().anyMatch(object.members()::containsKey)) {
            return false;
        }
        Map<String, Value> members = Flat.of(object);
        return Envelope.of(members) != null
                || AccessShape.of(members) != null
                || ApplicationMembers.isLevelled(members);
    }

    /** A slow log of Elasticsearch holds a query behind names of its own: its message is the record, whole. */
    private static boolean isSlowLog(Map<String, Value> members) {
        return members.get("type") instanceof Value.Text type
                && type.text().startsWith("index_")
                && type.text().endsWith("_slowlog");
    }

    private static boolean isNoLog(JsonElement element) {
        return kind(element).equals("other");
    }

    private static void rest(JsonRecord json, ParseSink into) {
        for (JsonElement element : json.elements()) {
            if (element.failure() != null) {
                into.reject(element.failure());
                return;
            }
        }
        into.event(OtherJson.event(json));
    }

    private void object(Value.Members object, @Nullable Bytes record, ParseSink into) {
        if (OpenTelemetryLogs.is(object)) {
            OpenTelemetryLogs.read(object, inner, into);
            return;
        }
        Map<String, Value> members = Flat.of(object);
        Envelope envelope = Envelope.of(members);
        if (envelope != null) {
            Unwrapping.unwrap(envelope, members, zone, inner, into);
            return;
        }
        AccessShape access = AccessShape.of(members);
        if (access != null) {
            give(access.event(members, zone), into);
        } else if (ApplicationMembers.isApplicationLog(members)) {
            Event event = ApplicationMembers.event(members, zone);
            if (record != null && isSlowLog(members)) {
                ApplicationFields.message(event, record.text());
            }
            into.event(event);
        } else {
            into.event(OtherJson.event(object));
        }
    }

    private static void give(@Nullable Event event, ParseSink into) {
        if (event == null) {
            into.reject(Reason.UNPARSEABLE);
        } else {
            into.event(event);
        }
    }
}
