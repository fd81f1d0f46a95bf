package io.sluice.ingest.parse.segment;

import io.sluice.ingest.parse.tracker.PayloadHints;
import io.sluice.ingest.parse.tracker.TrackerFields;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.Locale;
import java.util.Map;

/** Gives the values of one call their field names. */
final class SegmentFields {
    private static final Map<String, String> CAMPAIGN = Map.of(
            "name", "utm_campaign",
            "source", "utm_source",
            "medium", "utm_medium",
            "term", "utm_term",
            "content", "utm_content");

    private final TrackerFields fields;

    SegmentFields(TrackerFields fields) {
        this.fields = fields;
    }

    /** Fills the event. */
    TrackerFields read(String call, Map<String, Value> members, Map<String, Value> outer) {
        action(call, members);
        fields.time(members.get("timestamp"));
        fields.time(members.get("originalTimestamp"));
        members.forEach((name, value) -> member(call, name, value));
        // What is said of a batch holds for each of its events, as far as they say nothing themselves.
        outer.forEach((name, value) -> {
            if (name.equals("context")) {
                TrackerFields.members(value).forEach(this::context);
            } else {
                fields.extra("batch." + name, value);
            }
        });
        return fields;
    }

    private void action(String call, Map<String, Value> members) {
        switch (call) {
            case "track" -> fields.set(Fields.EVENT_ACTION, members.get("event"));
            case "page" -> fields.set(Fields.EVENT_ACTION, "page_view");
            case "screen" -> fields.set(Fields.EVENT_ACTION, "screen_view");
            default -> fields.set(Fields.EVENT_ACTION, call);
        }
    }

    private void member(String call, String name, Value value) {
        switch (name) {
            case "type", "timestamp" -> {}
            case "event" -> fields.set(Fields.EVENT_ACTION, value);
            case "messageId" -> fields.id(Fields.SENDER_EVENT_ID, value);
            case "userId" -> fields.id(Fields.USER_ID, value);
            case "anonymousId" -> fields.id(Fields.DEVICE_ID, value);
            case "groupId" -> fields.id(Fields.ORGANIZATION_ID, value);
            case "properties" -> properties(call, value);
            case "traits" -> traits(call.equals("group") ? "group.traits" : "traits", value);
            case "context" -> context(value);
            case "consent" -> fields.consent(value);
            case "name" -> fields.prop("name", value);
            default -> fields.extra(name, value);
        }
    }

    private void properties(String call, Value value) {
        if (!(value instanceof Value.Members members)) {
            fields.extra("properties", value);
            return;
        }
        boolean page = call.equals("page");
        members.members().forEach((name, inner) -> {
            if (page && !page(name, inner) || !page) {
                fields.prop(name, inner);
            }
        });
    }

    /** What a page call and the context say of the page; its {@code search} is the query of the URL, no word searched. */
    private boolean page(String name, Value value) {
        switch (name) {
            case "url" -> fields.set(Fields.URL_ORIGINAL, value);
            case "referrer" -> fields.set(Fields.HTTP_REFERRER, value);
            case "title" -> fields.set(Fields.PAGE_TITLE, value);
            case "path", "search", "initial_referrer", "initial_referring_domain", "referring_domain", "tab_url" ->
                fields.extra("page." + name, value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void traits(String at, Value value) {
        if (!(value instanceof Value.Members members)) {
            fields.extra(at, value);
            return;
        }
        boolean person = !at.startsWith("group");
        members.members().forEach((name, inner) -> {
            if (person && name.equals("email")) {
                fields.set(Fields.USER_EMAIL, inner);
            } else if (person && name.equals("name")) {
                fields.set(Fields.USER_NAME, inner);
            } else {
                fields.extra(at + "." + name, inner);
            }
        });
    }

    private void context(Value value) {
        if (value instanceof Value.Members members) {
            members.members().forEach(this::context);
        } else {
            fields.extra("context", value);
        }
    }

    private void context(String name, Value value) {
        Map<String, Value> inner = TrackerFields.members(value);
        switch (name) {
            case "ip" -> fields.address(value);
            case "userAgent", "user_agent" -> fields.set(Fields.USER_AGENT, value);
            case "locale" -> fields.set(Fields.USER_AGENT_LANGUAGE, value);
            case "groupId" -> fields.id(Fields.ORGANIZATION_ID, value);
            case "sessionId" -> fields.id(Fields.SESSION_ID, value);
            case "traits" -> traits("context.traits", value);
            case "consent" -> consent(value);
            case "userAgentData" -> {
                PayloadHints.set(fields, value);
                fields.extra("context.userAgentData", value);
            }
            case "screen" -> {
                fields.screen(inner.get("width"), inner.get("height"));
                fields.extra("context.screen", value);
            }
            case "campaign" -> inner.forEach((key, word) -> campaign(key, word));
            case "page" ->
                inner.forEach((key, word) -> {
                    if (!page(key, word)) {
                        fields.extra("context.page." + key, word);
                    }
                });
            case "device" ->
                inner.forEach((key, word) -> {
                    if (key.equals("id") && !fields.has(Fields.DEVICE_ID)) {
                        fields.id(Fields.DEVICE_ID, word);
                    } else {
                        fields.extra("context.device." + key, word);
                    }
                });
            default -> fields.extra("context." + name, value);
        }
    }

    private void campaign(String name, Value value) {
        String known = CAMPAIGN.get(name);
        if (known == null) {
            fields.extra("context.campaign." + name, value);
        } else {
            fields.prop(known, value);
        }
    }

    /** Our own names, or Segment's categories: one for analytics that is refused is a refusal. */
    private void consent(Value value) {
        fields.consent(value);
        TrackerFields.members(TrackerFields.members(value).get("categoryPreferences"))
                .forEach((category, choice) -> {
                    if (category.toLowerCase(Locale.ROOT).contains("analytics")
                            && !choice.plain().equals("true")) {
                        fields.refuse();
                    }
                });
    }
}
