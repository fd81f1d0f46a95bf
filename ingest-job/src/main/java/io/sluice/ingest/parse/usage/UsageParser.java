package io.sluice.ingest.parse.usage;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.parse.json.JsonElement;
import io.sluice.ingest.parse.json.JsonReader;
import io.sluice.ingest.parse.json.JsonRecord;
import io.sluice.ingest.parse.tracker.Payload;
import io.sluice.ingest.parse.tracker.QueryString;
import io.sluice.ingest.parse.tracker.TrackerParser;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Our own usage event: an object, an array of them, or one a line.
 *
 * <p>One bad event in a batch fails alone: without {@code type}, beyond a limit, with a name twice in an object (so that
 * no second {@code consent} hides a first) or with a time that is none. A fault in the syntax fails the record.
 */
public final class UsageParser implements TrackerParser {
    private final JsonReader reader;
    private final ZoneId zone;
    private final int maxFields;

    public UsageParser(SourceOptions options, ParseLimits limits) {
        this.reader = new JsonReader(limits);
        this.zone = options.zone();
        this.maxFields = limits.maxFields();
    }

    @Override
    public LogFormat format() {
        return LogFormat.USAGE;
    }

    @Override
    public void parse(Bytes record, ParseSink into) {
        JsonRecord json = reader.read(record);
        if (json.failure() != null) {
            into.reject(json.failure());
        } else {
            parse(json, into);
        }
    }

    /** The events of a body or, where that is empty, the one whose names and values a pixel's query string has. */
    @Override
    public void parse(Payload payload, ParseSink into) {
        if (payload.body().length() > 0) {
            parse(payload.body(), into);
            return;
        }
        QueryString query = QueryString.read(payload.query(), maxFields);
        if (query == null || query.ambiguous()) {
            into.reject(query == null ? Reason.TOO_MANY_FIELDS : Reason.INVALID_JSON);
            return;
        }
        Map<String, Value> members = new LinkedHashMap<>(query.parameters());
        members.putIfAbsent("type", new Value.Text("page_view"));
        parse(new JsonElement(new Value.Members(members), false, null), into);
    }

    /** The events of a record that was read as JSON. */
    public void parse(JsonRecord json, ParseSink into) {
        List<JsonElement> elements = json.elements();
        if (elements.isEmpty()) {
            into.reject(Reason.MISSING_TYPE);
            return;
        }
        for (JsonElement element : elements) {
            parse(element, into);
        }
    }

    /** Whether it has what makes a usage event: an object with a text as {@code type}. */
    public static boolean isUsage(JsonElement element) {
        return element.value() instanceof Value.Members members
                && members.members().get("type") instanceof Value.Text;
    }

    /** The event of one object, or why it cannot be taken. */
    public void parse(JsonElement element, ParseSink into) {
        if (element.failure() != null) {
            into.reject(element.failure());
        } else if (!isUsage(element) || !(element.value() instanceof Value.Members members)) {
            into.reject(Reason.MISSING_TYPE);
        } else if (element.ambiguous()) {
            into.reject(Reason.INVALID_JSON);
        } else {
            Event event = new Event();
            Reason reason = new UsageFields(event, zone).read(members);
            if (reason == null) {
                into.event(event);
            } else {
                into.reject(reason);
            }
        }
    }
}
