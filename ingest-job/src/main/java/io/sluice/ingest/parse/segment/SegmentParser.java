package io.sluice.ingest.parse.segment;

import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.parse.tracker.BatchReading;
import io.sluice.ingest.parse.tracker.Payload;
import io.sluice.ingest.parse.tracker.TrackerFields;
import io.sluice.ingest.parse.tracker.TrackerParser;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls {@code track}, {@code page}, {@code screen}, {@code identify}, {@code group} and {@code alias} of the Segment
 * specification: one, or a {@code batch}. Which call it is says its {@code type}, else the path it came by, else its
 * members.
 */
public final class SegmentParser implements TrackerParser {
    private static final Map<String, String> CALLS = Map.ofEntries(
            Map.entry("track", "track"),
            Map.entry("t", "track"),
            Map.entry("page", "page"),
            Map.entry("p", "page"),
            Map.entry("screen", "screen"),
            Map.entry("s", "screen"),
            Map.entry("identify", "identify"),
            Map.entry("i", "identify"),
            Map.entry("group", "group"),
            Map.entry("g", "group"),
            Map.entry("alias", "alias"),
            Map.entry("a", "alias"));

    private final BatchReading batches;
    private final ZoneId zone;

    public SegmentParser(SourceOptions options, ParseLimits limits) {
        this.batches = new BatchReading(limits, "batch");
        this.zone = options.zone();
    }

    @Override
    public LogFormat format() {
        return LogFormat.SEGMENT;
    }

    @Override
    public void parse(Payload payload, ParseSink into) {
        String byPath = CALLS.get(payload.lastStep());
        batches.read(payload.body(), into, (event, outer, sink) -> {
            if (!(event instanceof Value.Members members)) {
                sink.reject(Reason.MISSING_TYPE);
                return;
            }
            String call = call(members.members(), byPath);
            if (call == null) {
                sink.reject(Reason.MISSING_TYPE);
            } else {
                new SegmentFields(new TrackerFields(zone))
                        .read(call, members.members(), outer)
                        .give(sink);
            }
        });
    }

    /** Whether an object has the names of a call: none of them is a name of ours. */
    public static boolean isCall(Map<String, Value> members) {
        return members.get("type") instanceof Value.Text type
                && type.text().length() > 1
                && CALLS.containsKey(type.text())
                && (members.containsKey("messageId")
                        || members.containsKey("anonymousId")
                        || members.containsKey("userId"));
    }

    private static @Nullable String call(Map<String, Value> members, @Nullable String byPath) {
        Value type = members.get("type");
        if (type != null) {
            String word = TrackerFields.text(type);
            return word.length() > 1 ? CALLS.get(word) : null;
        }
        if (byPath != null) {
            return byPath;
        }
        return members.containsKey("event")
                ? "track"
                : members.containsKey("groupId")
                        ? "group"
                        : members.containsKey("previousId")
                                ? "alias"
                                : members.containsKey("traits") ? "identify" : null;
    }
}
