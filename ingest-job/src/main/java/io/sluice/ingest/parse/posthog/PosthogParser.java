package io.sluice.ingest.parse.posthog;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.parse.tracker.BatchReading;
import io.sluice.ingest.parse.tracker.Payload;
import io.sluice.ingest.parse.tracker.QueryString;
import io.sluice.ingest.parse.tracker.TrackerFields;
import io.sluice.ingest.parse.tracker.TrackerParser;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PostHog's capture API: an event, an array of them, an object with a {@code batch}, or any of these in Base64 as the
 * parameter {@code data} of a form.
 */
public final class PosthogParser implements TrackerParser {
    private final BatchReading batches;
    private final ZoneId zone;
    private final int maxFields;

    public PosthogParser(SourceOptions options, ParseLimits limits) {
        this.batches = new BatchReading(limits, "batch");
        this.zone = options.zone();
        this.maxFields = limits.maxFields();
    }

    @Override
    public LogFormat format() {
        return LogFormat.POSTHOG;
    }

    @Override
    public void parse(Payload payload, ParseSink into) {
        Bytes json = json(payload);
        if (json == null) {
            into.reject(Reason.INVALID_JSON);
            return;
        }
        batches.read(json, into, (event, outer, sink) -> {
            if (event instanceof Value.Members members) {
                new PosthogFields(new TrackerFields(zone))
                        .read(members.members(), outer)
                        .give(sink);
            } else {
                sink.reject(Reason.MISSING_TYPE);
            }
        });
    }

    /** Whether an object has the names of an event. */
    public static boolean isEvent(Map<String, Value> members) {
        return members.get("event") instanceof Value.Text
                && (members.containsKey("distinct_id")
                        || TrackerFields.members(members.get("properties")).containsKey("distinct_id"));
    }

    private @Nullable Bytes json(Payload payload) {
        Bytes body = payload.body();
        if (body.length() > 0 && (body.at(0) == '{' || body.at(0) == '[')) {
            return body;
        }
        QueryString form = QueryString.of(payload, maxFields);
        String data = form == null ? "" : TrackerFields.text(form.parameters().get("data"));
        if (data.isEmpty()) {
            return body.length() == 0 ? null : body;
        }
        if (data.startsWith("{") || data.startsWith("[")) {
            return Bytes.of(data);
        }
        try {
            return Bytes.of(Base64.getMimeDecoder().decode(data.replace(' ', '+')));
        } catch (IllegalArgumentException e) {
            return null; // its text may quote the record, so it ends here
        }
    }
}
