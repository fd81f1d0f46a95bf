package io.sluice.ingest.parse.request;

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
import io.sluice.ingest.parse.tracker.Payload;
import io.sluice.ingest.parse.tracker.TrackerFields;
import io.sluice.ingest.parse.tracker.TrackerParser;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request as the collector wrote it down, an object on one line:
 *
 * <pre>
 * {"sluice_request": 1, "format": "segment", "received_at": "2024-01-10T12:00:00.000Z", "peer": "192.0.2.7",
 *  "method": "POST", "path": "/v1/batch", "query": "", "headers": {"sec-gpc": ["1"]}, "body": "{…}"}
 * </pre>
 *
 * <p>The payload goes to the parser of its format; what the headers say is added to each of its events.
 */
public final class RequestParser implements LogParser {
    /** The member that makes an object a request. */
    public static final String MARK = "sluice_request";

    private final JsonReader reader;
    private final ZoneId zone;
    private final Map<LogFormat, TrackerParser> trackers;

    public RequestParser(SourceOptions options, ParseLimits limits) {
        this.reader = new JsonReader(limits);
        this.zone = options.zone();
        this.trackers = Trackers.of(options, limits);
    }

    @Override
    public LogFormat format() {
        return LogFormat.REQUEST;
    }

    @Override
    public void parse(Bytes record, ParseSink into) {
        JsonRecord json = reader.read(record);
        if (json.failure() != null) {
            into.reject(json.failure());
        } else if (json.elements().isEmpty()) {
            into.reject(Reason.UNPARSEABLE);
        } else {
            json.elements().forEach(element -> request(element, into));
        }
    }

    /** Whether an object is a request as the collector writes it. */
    public static boolean isRequest(Map<String, Value> members) {
        return members.containsKey(MARK) && members.containsKey("format") && members.containsKey("path");
    }

    private void request(JsonElement element, ParseSink into) {
        Map<String, Value> members = TrackerFields.members(element.value());
        TrackerParser tracker = LogFormat.byLabel(TrackerFields.text(members.get("format")))
                .flatMap(format -> Optional.ofNullable(trackers.get(format)))
                .orElse(null);
        if (element.failure() != null) {
            into.reject(element.failure());
        } else if (element.ambiguous()) {
            into.reject(Reason.INVALID_JSON);
        } else if (tracker == null || !isRequest(members)) {
            into.reject(Reason.UNPARSEABLE);
        } else {
            tracker.parse(
                    new Payload(
                            TrackerFields.text(members.get("path")),
                            TrackerFields.text(members.get("query")),
                            Bytes.of(TrackerFields.text(members.get("body")))),
                    new AddingHeaders(members, zone, into));
        }
    }
}
