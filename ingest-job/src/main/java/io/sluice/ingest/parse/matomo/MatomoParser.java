package io.sluice.ingest.parse.matomo;

import io.sluice.ingest.parse.Bytes;
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
import org.jspecify.annotations.Nullable;

/**
 * Matomo's tracking API: the query string or form of {@code matomo.php}, and in bulk an object whose {@code requests} are
 * query strings. A request without {@code idsite} is none.
 */
public final class MatomoParser implements TrackerParser {
    private final BatchReading batches;
    private final JsonReader reader;
    private final ZoneId zone;
    private final int maxFields;

    public MatomoParser(SourceOptions options, ParseLimits limits) {
        this.batches = new BatchReading(limits, "requests");
        this.reader = new JsonReader(limits);
        this.zone = options.zone();
        this.maxFields = limits.maxFields();
    }

    @Override
    public LogFormat format() {
        return LogFormat.MATOMO;
    }

    @Override
    public void parse(Payload payload, ParseSink into) {
        if (!isJson(payload.body())) {
            query(QueryString.of(payload, maxFields), null, into);
            return;
        }
        batches.read(payload.body(), into, (request, outer, sink) -> {
            Value token = outer.get("token_auth");
            if (request instanceof Value.Text text) {
                query(QueryString.read(text.text(), maxFields), token, sink);
            } else if (request instanceof Value.Members members) {
                event(members.members(), token, sink);
            } else {
                sink.reject(Reason.MISSING_TYPE);
            }
        });
    }

    /** Whether a text is a request of a bulk. */
    public static boolean isRequest(@Nullable Value first) {
        String text = TrackerFields.text(first);
        return text.startsWith("?") && text.contains("idsite=");
    }

    private static boolean isJson(Bytes body) {
        int at = 0;
        while (at < body.length() && body.at(at) <= ' ' && body.at(at) >= 0) {
            at++;
        }
        return at < body.length() && (body.at(at) == '{' || body.at(at) == '[' || body.at(at) < 0);
    }

    private void query(@Nullable QueryString query, @Nullable Value token, ParseSink into) {
        if (query == null) {
            into.reject(Reason.TOO_MANY_FIELDS);
        } else {
            event(query.parameters(), token, into);
        }
    }

    private void event(Map<String, Value> parameters, @Nullable Value token, ParseSink into) {
        if (!parameters.containsKey("idsite")) {
            into.reject(Reason.MISSING_TYPE);
            return;
        }
        TrackerFields fields = new TrackerFields(zone);
        fields.secret(token);
        new MatomoFields(fields, reader).read(parameters).give(into);
    }
}
