package io.sluice.ingest.parse.posthog;

import static java.util.Map.entry;

import io.sluice.ingest.parse.tracker.TrackerFields;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives the values of one PostHog event their field names. */
final class PosthogFields {
    private static final Map<String, String> EVENTS = Map.of(
            "$pageview", "page_view",
            "$pageleave", "page_leave",
            "$screen", "screen_view",
            "$identify", "identify",
            "$create_alias", "alias",
            "$groupidentify", "group");
    private static final Map<String, FieldPath> PROPERTIES = Map.ofEntries(
            entry("$user_id", Fields.USER_ID),
            entry("$device_id", Fields.DEVICE_ID),
            entry("$session_id", Fields.SESSION_ID),
            entry("$current_url", Fields.URL_ORIGINAL),
            entry("$title", Fields.PAGE_TITLE),
            entry("title", Fields.PAGE_TITLE),
            entry("$raw_user_agent", Fields.USER_AGENT),
            entry("$useragent", Fields.USER_AGENT),
            entry("$user_agent", Fields.USER_AGENT),
            entry("$browser_language", Fields.USER_AGENT_LANGUAGE),
            entry("$locale", Fields.USER_AGENT_LANGUAGE));
    /** Groups that are organizations. */
    private static final Set<String> ORGANIZATIONS = Set.of("organization", "company", "account", "team");

    private final TrackerFields fields;

    PosthogFields(TrackerFields fields) {
        this.fields = fields;
    }

    /** Fills the event. */
    TrackerFields read(Map<String, Value> event, Map<String, Value> outer) {
        Value name = event.get("event");
        String known = EVENTS.get(TrackerFields.text(name));
        fields.set(Fields.EVENT_ACTION, known == null ? name : new Value.Text(known));
        fields.time(event.get("timestamp"));
        fields.id(Fields.SENDER_EVENT_ID, event.get("uuid"));
        Map<String, Value> properties = TrackerFields.members(event.get("properties"));
        Value distinct = event.get("distinct_id");
        person(distinct == null ? properties.get("distinct_id") : distinct, properties);
        fields.screen(properties.get("$screen_width"), properties.get("$screen_height"));
        properties.forEach(this::property);
        event.forEach(this::member);
        outer.forEach((member, value) -> fields.extra("batch." + member, value));
        return fields;
    }

    /**
     * Whom {@code distinct_id} names: a device as long as nobody has logged in, as the library says it, else a person.
     */
    private void person(@Nullable Value distinct, Map<String, Value> properties) {
        boolean device = isNo(properties.get("$is_identified"))
                || isNo(properties.get("$process_person_profile"))
                || distinct != null && distinct.equals(properties.get("$device_id"));
        fields.id(Fields.USER_ID, properties.get("$user_id"));
        fields.id(device ? Fields.DEVICE_ID : Fields.USER_ID, distinct);
    }

    private static boolean isNo(@Nullable Value value) {
        return value instanceof Value.Flag flag && !flag.set();
    }

    private void member(String name, Value value) {
        switch (name) {
            case "event", "timestamp", "uuid", "distinct_id" -> {}
            case "properties" -> {
                if (!(value instanceof Value.Members)) {
                    fields.extra(name, value);
                }
            }
            case "$set", "$set_once" -> person(name, value);
            case "consent" -> fields.consent(value);
            default -> fields.extra(name, value);
        }
    }

    private void property(String name, Value value) {
        FieldPath known = PROPERTIES.get(name);
        if (known != null) {
            fields.id(known, value);
            return;
        }
        switch (name) {
            case "distinct_id" -> {}
            case "$ip" -> fields.address(value);
            case "$insert_id" -> fields.id(Fields.SENDER_EVENT_ID, value);
            case "$set", "$set_once" -> person(name, value);
            case "$groups" -> TrackerFields.members(value).forEach(this::group);
            case "$referrer" -> {
                // What the library writes for none.
                if (!TrackerFields.text(value).equals("$direct")) {
                    fields.set(Fields.HTTP_REFERRER, value);
                }
            }
            default -> {
                if (name.startsWith("$") || name.equals("token")) {
                    fields.extra(name, value);
                } else {
                    fields.prop(name, value);
                }
            }
        }
    }

    private void group(String kind, Value key) {
        if (ORGANIZATIONS.contains(kind)) {
            fields.id(Fields.ORGANIZATION_ID, key);
        } else {
            fields.extra("groups." + kind, key);
        }
    }

    /** What is known of the person, not of the event. */
    private void person(String at, Value value) {
        if (!(value instanceof Value.Members members)) {
            fields.extra(at, value);
            return;
        }
        members.members().forEach((name, inner) -> {
            switch (name) {
                case "email" -> fields.set(Fields.USER_EMAIL, inner);
                case "name" -> fields.set(Fields.USER_NAME, inner);
                default -> fields.extra(at + "." + name, inner);
            }
        });
    }
}
