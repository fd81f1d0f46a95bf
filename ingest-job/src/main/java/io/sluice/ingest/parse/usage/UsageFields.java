package io.sluice.ingest.parse.usage;

import static java.util.Map.entry;

import io.sluice.ingest.parse.CivilTime;
import io.sluice.ingest.parse.EpochTime;
import io.sluice.ingest.parse.IpLiteral;
import io.sluice.ingest.parse.IsoTime;
import io.sluice.ingest.parse.Reason;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives the values of one usage event their field names.
 *
 * <p>Objects are flattened into dotted names, objects inside arrays stay {@link Value.Members}. What the schema does not
 * name goes below {@code extra}, where no rule keeps it: so a sender cannot set a field that only the pipeline sets,
 * such as a country.
 */
final class UsageFields {
    private static final Value PROVIDER = new Value.Text("usage-event");
    private static final String HEADERS = "headers.";
    private static final String PROPS = Fields.PROPS + ".";
    private static final String CONSENT = "consent";

    /** Fields that come as they are. */
    private static final Map<String, FieldPath> NAMES = Map.ofEntries(
            entry("type", Fields.EVENT_ACTION),
            entry("user.email", Fields.USER_EMAIL),
            entry("user.name", Fields.USER_NAME),
            entry("page.url", Fields.URL_ORIGINAL),
            entry("page.referrer", Fields.HTTP_REFERRER),
            entry("page.title", Fields.PAGE_TITLE),
            entry("page.search", Fields.SEARCH_QUERY),
            entry("context.user_agent", Fields.USER_AGENT),
            entry("context.locale", Fields.USER_AGENT_LANGUAGE),
            entry("consent.opt_out", Fields.CONSENT_OPT_OUT),
            entry("consent.gpc", Fields.CONSENT_GPC),
            entry("consent.dnt", Fields.CONSENT_DNT),
            entry("consent.gpp", Fields.CONSENT_GPP),
            entry("consent.us_privacy", Fields.CONSENT_US_PRIVACY));

    /** Ids: a number is the same id as its digits. */
    private static final Map<String, FieldPath> IDS = Map.of(
            "id", Fields.SENDER_EVENT_ID,
            "user.id", Fields.USER_ID,
            "account.id", Fields.ORGANIZATION_ID,
            "anonymous_id", Fields.DEVICE_ID);

    private final Event event;
    private final ZoneId zone;
    private @Nullable Reason reason;

    UsageFields(Event event, ZoneId zone) {
        this.event = event;
        this.zone = zone;
    }

    /** Fills the event; a reason if it cannot be taken. */
    @Nullable
    Reason read(Value.Members root) {
        event.set(Fields.EVENT_PROVIDER, PROVIDER);
        root.members().forEach(this::put);
        return reason;
    }

    private void put(String path, Value value) {
        FieldPath name = NAMES.get(path);
        FieldPath id = name == null ? IDS.get(path) : null;
        if (name != null) {
            set(name, value);
        } else if (id != null) {
            set(id, value instanceof Value.Whole whole ? new Value.Text(Long.toString(whole.number())) : value);
        } else if (path.equals("timestamp")) {
            timestamp(value);
        } else if (path.equals("context.ip")) {
            address(value);
        } else if (path.equals("context.screen")) {
            set(Fields.DEVICE_SCREEN, screen(value));
        } else if (path.startsWith(HEADERS)) {
            header(path.substring(HEADERS.length()), value);
        } else if (value instanceof Value.Members members) {
            members.members().forEach((member, inner) -> put(path + "." + member, inner));
        } else if (path.equals(CONSENT)) {
            // A choice that is there and cannot be understood counts as a refusal.
            set(Fields.CONSENT_OPT_OUT, new Value.Flag(true));
        } else {
            set(FieldPath.of(path.startsWith(PROPS) ? path : "extra." + path), value);
        }
    }

    /** Sets a field once: two values for one name cannot both be true, and the second must not hide the first. */
    private void set(FieldPath path, Value value) {
        int before = event.size();
        event.set(path, value);
        if (event.size() == before) {
            reason = Reason.INVALID_JSON;
        }
    }

    private void timestamp(Value value) {
        long moment = moment(value);
        if (moment == CivilTime.INVALID) {
            reason = Reason.UNPARSEABLE;
        } else {
            set(Fields.TIMESTAMP, new Value.Moment(moment));
        }
    }

    private long moment(Value value) {
        if (value instanceof Value.Text text) {
            return IsoTime.epochMilli(text.text(), zone);
        }
        if (value instanceof Value.Whole whole) {
            return EpochTime.epochMilli((double) whole.number());
        }
        if (value instanceof Value.Moment moment) {
            return EpochTime.checked(moment.epochMilli());
        }
        return value instanceof Value.Decimal decimal ? EpochTime.epochMilli(decimal.number()) : CivilTime.INVALID;
    }

    private void address(Value value) {
        set(Fields.SOURCE_ADDRESS, value);
        if (value instanceof Value.Text text && IpLiteral.is(text.text())) {
            set(Fields.SOURCE_IP, value);
        }
    }

    /** {@code {"width":1920,"height":1080}} as {@code 1920x1080}; anything else as it is. */
    private static Value screen(Value value) {
        return value instanceof Value.Members members
                        && members.members().get("width") instanceof Value.Whole width
                        && members.members().get("height") instanceof Value.Whole height
                ? new Value.Text(width.number() + "x" + height.number())
                : value;
    }

    /** Header names are the same in any case, and a header may come more than once. */
    private void header(String name, Value value) {
        FieldPath path = FieldPath.of(Fields.HTTP_HEADERS + "." + name.toLowerCase(Locale.ROOT));
        Value before = event.get(path);
        event.set(path, before == null ? value : new Value.Items(joined(before, value)));
    }

    private static List<Value> joined(Value first, Value second) {
        List<Value> items = new ArrayList<>();
        for (Value value : List.of(first, second)) {
            if (value instanceof Value.Items list) {
                items.addAll(list.items());
            } else {
                items.add(value);
            }
        }
        return items;
    }
}
