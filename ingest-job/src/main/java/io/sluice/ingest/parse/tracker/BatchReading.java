package io.sluice.ingest.parse.tracker;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.json.JsonBatch;
import io.sluice.ingest.parse.json.JsonElement;
import io.sluice.ingest.parse.json.JsonReader;
import io.sluice.redaction.event.Value;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body that is one event, an array of events, or an object with an array of events; one bad event fails alone.
 *
 * <p>A name twice in what stands beside the events fails the batch: it may say a choice twice. Stateless.
 */
public final class BatchReading {
    private final JsonReader reader;
    private final Set<String> names;

    /** @param names of the array of events */
    public BatchReading(ParseLimits limits, String... names) {
        this.reader = new JsonReader(limits);
        this.names = Set.of(names);
    }

    /** Makes an event of one element. */
    @FunctionalInterface
    public interface Events {
        /**
         * One element; exactly one call to {@code into}, or more.
         *
         * @param outer what stands beside the events; empty for an event that stands alone
         */
        void event(Value event, Map<String, Value> outer, ParseSink into);
    }

    /** Hands over the events of a body; at least one call to {@code into}. */
    public void read(Bytes body, ParseSink into, Events events) {
        JsonBatch json = reader.batch(body, names);
        Reason reason = json.failure() == null ? fault(json.outer()) : json.failure();
        if (reason != null) {
            into.reject(reason);
        } else if (json.name() == null) {
            one(json.outer(), Map.of(), into, events);
        } else if (json.events().isEmpty()) {
            into.reject(Reason.MISSING_TYPE);
        } else {
            Map<String, Value> outer = json.outer() != null && json.outer().value() instanceof Value.Members members
                    ? members.members()
                    : Map.of();
            for (JsonElement event : json.events()) {
                one(event, outer, into, events);
            }
        }
    }

    private static void one(@Nullable JsonElement event, Map<String, Value> outer, ParseSink into, Events events) {
        Reason reason = fault(event);
        if (reason != null) {
            into.reject(reason);
        } else if (event == null || event.value() == null) {
            into.reject(Reason.MISSING_TYPE);
        } else {
            events.event(event.value(), outer, into);
        }
    }

    private static @Nullable Reason fault(@Nullable JsonElement element) {
        return element == null
                ? null
                : element.failure() != null ? element.failure() : element.ambiguous() ? Reason.INVALID_JSON : null;
    }
}
