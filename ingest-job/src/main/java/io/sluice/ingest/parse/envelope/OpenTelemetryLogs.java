package io.sluice.ingest.parse.envelope;

import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.application.ApplicationFields;
import io.sluice.ingest.parse.application.Levels;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry log records in the JSON encoding of OTLP: {@code resourceLogs[].scopeLogs[].logRecords[]}
 * (opentelemetry-proto, logs/v1). Each record is an event; one that is none fails alone.
 */
public final class OpenTelemetryLogs {
    private static final String RESOURCES = "resourceLogs";

    private OpenTelemetryLogs() {}

    /** Whether an object is an export request. */
    public static boolean is(Value.Members object) {
        return object.members().get(RESOURCES) instanceof Value.Items;
    }

    /** Hands over the log records, in order; at least one call. */
    public static void read(Value.Members object, Unwrapping.Inner inner, ParseSink into) {
        int records = 0;
        for (Value resource : items(object, RESOURCES)) {
            for (Value scope : items(resource, "scopeLogs")) {
                for (Value log : items(scope, "logRecords")) {
                    records++;
                    record(log, resource, scope, inner, into);
                }
            }
        }
        if (records == 0) {
            into.reject(Reason.UNPARSEABLE);
        }
    }

    private static void record(Value log, Value resource, Value scope, Unwrapping.Inner inner, ParseSink into) {
        if (!(log instanceof Value.Members record)) {
            into.reject(Reason.UNPARSEABLE);
            return;
        }
        Event about = ApplicationFields.event();
        Long time = nanos(record.members().get("timeUnixNano"));
        if (time == null || time == 0) {
            time = nanos(record.members().get("observedTimeUnixNano"));
        }
        if (time != null && time > 0) {
            about.set(Fields.TIMESTAMP, new Value.Moment(time / 1_000_000));
        }
        String level = text(record.members().get("severityText"));
        Long number = nanos(record.members().get("severityNumber"));
        about.set(Fields.LOG_LEVEL, level == null && number != null ? Levels.ofOpenTelemetry(number) : level);
        attributes(about, "extra.resource.", member(resource, "resource"));
        attributes(about, "extra.attributes.", log);
        about.set(FieldPath.of("extra.trace_id"), text(record.members().get("traceId")));
        about.set(FieldPath.of("extra.span_id"), text(record.members().get("spanId")));
        String logger = text(member(member(scope, "scope"), "name"));
        Value body = record.members().get("body");
        String line = text(member(body, "stringValue"));
        if (line != null) {
            Unwrapping.unwrap(line, about, inner, new WithLogger(logger, into));
            return;
        }
        about.set(Fields.LOG_LOGGER, logger);
        if (body != null) {
            about.set(FieldPath.of("extra.body"), body);
        }
        into.event(about);
    }

    /** Sets the scope's name as the logger, where the line has none. */
    private record WithLogger(@Nullable String logger, ParseSink into) implements ParseSink {
        @Override
        public void event(Event event) {
            if (!event.has(Fields.LOG_LOGGER)) {
                event.set(Fields.LOG_LOGGER, logger);
            }
            into.event(event);
        }

        @Override
        public void reject(Reason reason) {
            into.reject(reason);
        }

        @Override
        public void header() {
            into.header();
        }
    }

    private static void attributes(Event event, String prefix, @Nullable Value of) {
        for (Value attribute : items(of, "attributes")) {
            String key = text(member(attribute, "key"));
            if (key != null && member(attribute, "value") instanceof Value.Members value) {
                for (Map.Entry<String, Value> typed : value.members().entrySet()) {
                    event.set(FieldPath.of(prefix + key), typed.getValue());
                }
            }
        }
    }

    private static List<Value> items(@Nullable Value of, String name) {
        return member(of, name) instanceof Value.Items items ? items.items() : List.of();
    }

    private static @Nullable Value member(@Nullable Value of, String name) {
        return of instanceof Value.Members object ? object.members().get(name) : null;
    }

    private static @Nullable String text(@Nullable Value value) {
        return value instanceof Value.Text text ? text.text() : null;
    }

    /** 64-bit numbers are strings in this encoding, or numbers. */
    private static @Nullable Long nanos(@Nullable Value value) {
        if (value instanceof Value.Whole whole) {
            return whole.number();
        }
        return value instanceof Value.Text text && text.text().matches("[0-9]{1,18}|[0-8][0-9]{18}")
                ? Long.valueOf(text.text())
                : null;
    }
}
