package io.sluice.ingest.parse.auto;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ga4.Ga4Parser;
import io.sluice.ingest.parse.json.JsonBatch;
import io.sluice.ingest.parse.json.JsonElement;
import io.sluice.ingest.parse.json.JsonReader;
import io.sluice.ingest.parse.json.JsonRecord;
import io.sluice.ingest.parse.matomo.MatomoParser;
import io.sluice.ingest.parse.posthog.PosthogParser;
import io.sluice.ingest.parse.request.RequestParser;
import io.sluice.ingest.parse.segment.SegmentParser;
import io.sluice.ingest.parse.snowplow.SnowplowParser;
import io.sluice.ingest.parse.tracker.TrackerFields;
import io.sluice.redaction.event.Value;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose payload an object is, by names that nobody else writes. Query strings have none, so they are never one here. */
final class TrackerShape {
    private static final Set<String> BATCHES = Set.of("batch", "data", "requests", "events");

    private TrackerShape() {}

    /** The tracker of a record that was read as JSON, or null. */
    static @Nullable LogFormat of(JsonReader reader, JsonRecord json, Bytes record) {
        if (json.form() != JsonRecord.Form.SINGLE || json.elements().isEmpty()) {
            return null;
        }
        JsonElement root = json.elements().get(0);
        if (root.failure() != null) {
            // A batch may break a limit that none of its events does.
            JsonBatch batch = reader.batch(record, BATCHES);
            JsonElement outer = batch.outer();
            return batch.name() == null || outer == null || batch.events().isEmpty()
                    ? null
                    : ofBatch(
                            TrackerFields.members(outer.value()),
                            batch.name(),
                            batch.events().get(0).value());
        }
        Map<String, Value> members = TrackerFields.members(root.value());
        if (RequestParser.isRequest(members)) {
            return LogFormat.REQUEST;
        }
        for (String name : BATCHES) {
            if (members.get(name) instanceof Value.Items items && !items.items().isEmpty()) {
                LogFormat format = ofBatch(members, name, items.items().get(0));
                if (format != null) {
                    return format;
                }
            }
        }
        return SegmentParser.isCall(members)
                ? LogFormat.SEGMENT
                : PosthogParser.isEvent(members) ? LogFormat.POSTHOG : null;
    }

    private static @Nullable LogFormat ofBatch(Map<String, Value> outer, String name, @Nullable Value first) {
        Map<String, Value> event = TrackerFields.members(first);
        return switch (name) {
            case "batch" ->
                SegmentParser.isCall(event)
                        ? LogFormat.SEGMENT
                        : PosthogParser.isEvent(event) ? LogFormat.POSTHOG : null;
            case "data" -> SnowplowParser.isPayload(outer) ? LogFormat.SNOWPLOW : null;
            case "requests" -> MatomoParser.isRequest(first) ? LogFormat.MATOMO : null;
            default -> Ga4Parser.isRequest(outer) && event.containsKey("name") ? LogFormat.GA4 : null;
        };
    }
}
