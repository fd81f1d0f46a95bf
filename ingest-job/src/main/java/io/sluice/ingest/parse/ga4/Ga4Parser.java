package io.sluice.ingest.parse.ga4;

import static java.util.Map.entry;

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
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.Map;

/** The Measurement Protocol of Google Analytics 4: the {@code events} of one client or app instance. */
public final class Ga4Parser implements TrackerParser {
    private static final Map<String, FieldPath> PARAMETERS = Map.ofEntries(
            entry("page_location", Fields.URL_ORIGINAL),
            entry("page_referrer", Fields.HTTP_REFERRER),
            entry("page_title", Fields.PAGE_TITLE),
            entry("session_id", Fields.SESSION_ID),
            entry("ga_session_id", Fields.SESSION_ID),
            entry("language", Fields.USER_AGENT_LANGUAGE),
            entry("screen_resolution", Fields.DEVICE_SCREEN),
            entry("search_term", Fields.SEARCH_QUERY));
    private static final Map<String, String> CAMPAIGN = Map.of(
            "campaign", "utm_campaign",
            "source", "utm_source",
            "medium", "utm_medium",
            "term", "utm_term",
            "content", "utm_content");

    private final BatchReading batches;
    private final ZoneId zone;
    private final int maxFields;

    public Ga4Parser(SourceOptions options, ParseLimits limits) {
        this.batches = new BatchReading(limits, "events");
        this.zone = options.zone();
        this.maxFields = limits.maxFields();
    }

    @Override
    public LogFormat format() {
        return LogFormat.GA4;
    }

    @Override
    public void parse(Payload payload, ParseSink into) {
        QueryString query = QueryString.read(payload.query(), maxFields);
        batches.read(payload.body(), into, (event, outer, sink) -> {
            if (outer.isEmpty() || !(event instanceof Value.Members members)) {
                sink.reject(Reason.MISSING_TYPE);
                return;
            }
            TrackerFields fields = new TrackerFields(zone);
            event(fields, members.members());
            outer.forEach((name, value) -> outer(fields, name, value));
            if (query != null) {
                query.parameters().forEach((name, value) -> {
                    if (name.equals("api_secret")) {
                        fields.secret(value);
                    } else {
                        fields.extra("query." + name, value);
                    }
                });
            }
            fields.give(sink);
        });
    }

    /** Whether an object with {@code events} is a request of the protocol. */
    public static boolean isRequest(Map<String, Value> members) {
        return members.containsKey("client_id") || members.containsKey("app_instance_id");
    }

    private static void event(TrackerFields fields, Map<String, Value> event) {
        fields.set(Fields.EVENT_ACTION, event.get("name"));
        fields.micros(event.get("timestamp_micros"));
        event.forEach((name, value) -> {
            if (name.equals("params") && value instanceof Value.Members members) {
                members.members().forEach((parameter, inner) -> parameter(fields, parameter, inner));
            } else if (name.equals("consent")) {
                consent(fields, value);
            } else if (!name.equals("name") && !name.equals("timestamp_micros")) {
                fields.extra(name, value);
            }
        });
    }

    private static void parameter(TrackerFields fields, String name, Value value) {
        FieldPath known = PARAMETERS.get(name);
        String campaign = CAMPAIGN.get(name);
        if (known != null) {
            fields.id(known, value);
        } else {
            fields.prop(campaign == null ? name : campaign, value);
        }
    }

    private static void outer(TrackerFields fields, String name, Value value) {
        switch (name) {
            case "client_id", "app_instance_id" -> fields.id(Fields.DEVICE_ID, value);
            case "user_id" -> fields.id(Fields.USER_ID, value);
            case "timestamp_micros" -> fields.micros(value);
            case "ip_override" -> fields.address(value);
            case "user_agent" -> fields.set(Fields.USER_AGENT, value);
            case "consent" -> consent(fields, value);
            case "device" -> {
                fields.set(
                        Fields.USER_AGENT_LANGUAGE, TrackerFields.members(value).get("language"));
                fields.extra("device", value);
            }
            default -> fields.extra(name, value);
        }
    }

    /** Storage for analytics that is denied is a refusal; so is a consent that cannot be understood. */
    private static void consent(TrackerFields fields, Value value) {
        fields.consent(value);
        Value analytics = TrackerFields.members(value).get("analytics_storage");
        if (analytics != null && !analytics.plain().equalsIgnoreCase("granted")) {
            fields.refuse();
        }
    }
}
