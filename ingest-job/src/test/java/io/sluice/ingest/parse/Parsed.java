package io.sluice.ingest.parse;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a parser said of one record, written so that it can be compared: invented data only. */
public final class Parsed implements ParseSink {
    public final List<Event> events = new ArrayList<>();
    /** One entry a call: {@code event}, {@code header} or a reason's code. */
    public final List<String> calls = new ArrayList<>();

    public static Parsed of(SourceOptions options, String record) {
        return of(options, Bytes.of(record));
    }

    public static Parsed of(SourceOptions options, Bytes record) {
        Parsed parsed = new Parsed();
        LogParsers.forOptions(options).parse(record, parsed);
        return parsed;
    }

    public static SourceOptions as(LogFormat format) {
        return SourceOptions.DEFAULT.withFormat(format);
    }

    @Override
    public void event(Event event) {
        events.add(event);
        calls.add("event");
    }

    @Override
    public void reject(Reason reason) {
        calls.add(reason.code());
    }

    @Override
    public void header() {
        calls.add("header");
    }

    /** The one event, field by field in the order of names; or the calls, if there was not exactly one event. */
    public String text() {
        return calls.equals(List.of("event")) ? text(events.get(0)) : calls.toString();
    }

    public static String text(Event event) {
        Map<String, String> fields = new TreeMap<>();
        for (int i = 0; i < event.size(); i++) {
            fields.put(event.path(i).name(), text(event.value(i)));
        }
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("\n"));
    }

    public static String text(Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        } else if (value instanceof Value.Whole whole) {
            return Long.toString(whole.number());
        } else if (value instanceof Value.Decimal decimal) {
            return Double.toString(decimal.number());
        } else if (value instanceof Value.Flag flag) {
            return Boolean.toString(flag.set());
        } else if (value instanceof Value.Moment moment) {
            return Instant.ofEpochMilli(moment.epochMilli()).toString();
        } else if (value instanceof Value.Items items) {
            return items.items().stream().map(Parsed::text).collect(Collectors.joining(",", "[", "]"));
        }
        return ((Value.Members) value)
                .members().entrySet().stream()
                        .map(member -> member.getKey() + ":" + text(member.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
    }
}
