package io.sluice.ingest.parse.snowplow;

import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.parse.json.JsonReader;
import io.sluice.ingest.parse.tracker.BatchReading;
import io.sluice.ingest.parse.tracker.Payload;
import io.sluice.ingest.parse.tracker.QueryString;
import io.sluice.ingest.parse.tracker.TrackerFields;
import io.sluice.ingest.parse.tracker.TrackerParser;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.Map;

/**
 * Snowplow's tracker protocol: {@code payload_data} with its {@code data}, and the query string of a pixel. What stands
 * in Base64 ({@code ue_px}, {@code cx}) is decoded and read within the same limits.
 */
public final class SnowplowParser implements TrackerParser {
    private static final String PAYLOAD = "iglu:com.snowplowanalytics.snowplow/payload_data/";

    private final BatchReading batches;
    private final JsonReader reader;
    private final ZoneId zone;
    private final int maxFields;

    public SnowplowParser(SourceOptions options, ParseLimits limits) {
        this.batches = new BatchReading(limits, "data");
        this.reader = new JsonReader(limits);
        this.zone = options.zone();
        this.maxFields = limits.maxFields();
    }

    @Override
    public LogFormat format() {
        return LogFormat.SNOWPLOW;
    }

    @Override
    public void parse(Payload payload, ParseSink into) {
        if (payload.body().length() > 0) {
            batches.read(payload.body(), into, (event, outer, sink) -> {
                if (event instanceof Value.Members members) {
                    event(members.members(), sink);
                } else {
                    sink.reject(Reason.MISSING_TYPE);
                }
            });
            return;
        }
        QueryString query = QueryString.read(payload.query(), maxFields);
        if (query == null) {
            into.reject(Reason.TOO_MANY_FIELDS);
        } else {
            event(query.parameters(), into);
        }
    }

    /** Whether an object is a payload of the protocol. */
    public static boolean isPayload(Map<String, Value> members) {
        return TrackerFields.text(members.get("schema")).startsWith(PAYLOAD);
    }

    private void event(Map<String, Value> parameters, ParseSink into) {
        new SnowplowFields(new TrackerFields(zone), reader).read(parameters).give(into);
    }
}
