package io.sluice.ingest.parse.apm;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.parse.json.JsonElement;
import io.sluice.ingest.parse.json.JsonReader;
import io.sluice.ingest.parse.json.JsonRecord;
import io.sluice.ingest.parse.jsonlog.ApplicationMembers;
import io.sluice.ingest.parse.jsonlog.Flat;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lines of Elastic APM's intake, version 2 and the short names of version 3 (Elastic's published specification of the
 * intake's events): an object with one of {@code metadata}, {@code transaction}, {@code span}, {@code error}, {@code log}
 * and {@code metricset}. Each line is an event, a metadata line too: it names a person as others do, so that it is sealed,
 * found and accounted for as others are.
 *
 * <p>A line without its kind is {@link Reason#MISSING_TYPE}; one that breaks what the intake asks of its kind is {@link
 * Reason#UNPARSEABLE}. Of a name twice in an object the last counts, as in the
 * JSON of loggers: agents do write such.
 */
public final class ApmParser implements LogParser {
    private final JsonReader reader;
    private final ZoneId zone;

    public ApmParser(SourceOptions options, ParseLimits limits) {
        this.reader = new JsonReader(limits);
        this.zone = options.zone();
    }

    @Override
    public LogFormat format() {
        return LogFormat.APM;
    }

    @Override
    public void parse(Bytes record, ParseSink into) {
        JsonRecord json = reader.read(record);
        if (json.failure() != null) {
            into.reject(json.failure());
        } else if (json.form() == JsonRecord.Form.ARRAY || json.elements().isEmpty()) {
            into.reject(Reason.MISSING_TYPE);
        } else {
            parse(json, into);
        }
    }

    /** The events of a record that was read as JSON, an object or one a line. */
    public void parse(JsonRecord json, ParseSink into) {
        for (JsonElement element : json.elements()) {
            if (element.failure() != null) {
                into.reject(element.failure());
            } else if (element.value() instanceof Value.Members line) {
                line(line.members(), into);
            } else {
                into.reject(Reason.MISSING_TYPE);
            }
        }
    }

    /** Whether an object is such a line, by names that nobody else writes together. */
    public static boolean isLine(Map<String, Value> members) {
        Kind kind = members.size() == 1 ? Kind.of(members) : null;
        return kind != null && kind.hasSign(members);
    }

    private void line(Map<String, Value> line, ParseSink into) {
        Kind kind = Kind.of(line);
        Map<String, Value> members = kind == null ? null : kind.members(line);
        if (kind == null || members == null) {
            into.reject(Reason.MISSING_TYPE);
        } else if (!kind.isValid(members)) {
            into.reject(Reason.UNPARSEABLE);
        } else if (kind == Kind.LOG) {
            into.event(ApplicationMembers.event(Flat.of(new Value.Members(objectsFirst(members))), zone));
        } else {
            new ApmFields(kind, zone).read(members).give(into);
        }
    }

    /** The intake's own order: what a log event says nested counts before the same name with dots. */
    private static Map<String, Value> objectsFirst(Map<String, Value> members) {
        Map<String, Value> ordered = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value instanceof Value.Members) {
                ordered.put(name, value);
            }
        });
        members.forEach(ordered::putIfAbsent);
        return ordered;
    }
}
