package io.sluice.ingest.parse.tracker;

import io.sluice.ingest.parse.CivilTime;
import io.sluice.ingest.parse.EpochTime;
import io.sluice.ingest.parse.IpLiteral;
import io.sluice.ingest.parse.IsoTime;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of a tracker while its fields are named.
 *
 * <p>Of several values for one field the first stands, and a second that differs goes below {@code extra}, where no rule
 * keeps anything; so does all that has no name of ours. A refusal is never taken back. Not thread-safe.
 */
public final class TrackerFields {
    private static final Value PROVIDER = new Value.Text("usage-event");
    private static final Value AMBIGUOUS = new Value.Text("ambiguous");
    private static final String EXTRA = "extra.";
    private static final Map<String, FieldPath> FLAGS = Map.of(
            "gpc", Fields.CONSENT_GPC,
            "dnt", Fields.CONSENT_DNT,
            "gpp", Fields.CONSENT_GPP,
            "us_privacy", Fields.CONSENT_US_PRIVACY);

    private final Event event;
    private final ZoneId zone;
    private @Nullable Reason reason;

    public TrackerFields(ZoneId zone) {
        this(zone, new Event().set(Fields.EVENT_PROVIDER, PROVIDER));
    }

    /** For an event that says itself who provides it. */
    public TrackerFields(ZoneId zone, Event event) {
        this.zone = zone;
        this.event = event;
    }

    /** Sets a field. */
    public TrackerFields set(FieldPath path, @Nullable Value value) {
        Value before = value == null ? null : event.get(path);
        if (value != null && before == null) {
            event.set(path, value);
        } else if (value != null && !value.equals(before)) {
            flat(EXTRA + path.name(), value);
        }
        return this;
    }

    public TrackerFields set(FieldPath path, String text) {
        return text.isEmpty() ? this : set(path, new Value.Text(text));
    }

    /** Sets an id: a number is the same id as its digits. */
    public TrackerFields id(FieldPath path, @Nullable Value value) {
        return set(path, value instanceof Value.Whole whole ? new Value.Text(Long.toString(whole.number())) : value);
    }

    /** Whether the field has a value already. */
    public boolean has(FieldPath path) {
        return event.has(path);
    }

    /** A property: below {@code props}. */
    public void prop(String name, Value value) {
        flat(Fields.PROPS + "." + name, value);
    }

    /** What a context tells: below {@code contexts}, where no rule for properties lets it out. */
    public void context(String schema, Value value) {
        flat(Fields.CONTEXTS + "." + schema, value);
    }

    /** What has no name of ours. */
    public void extra(String name, Value value) {
        flat(EXTRA + name, value);
    }

    private void flat(String name, Value value) {
        if (value instanceof Value.Members members) {
            members.members().forEach((member, inner) -> flat(name + "." + member, inner));
        } else {
            FieldPath path = FieldPath.of(name);
            if (!event.has(path)) {
                event.set(path, value);
            }
        }
    }

    /** When it happened, as ISO 8601 or a number since 1970; of several times the first stands. */
    public void time(@Nullable Value value) {
        if (value == null || event.has(Fields.TIMESTAMP)) {
            return;
        }
        Double number = number(value);
        if (number != null) {
            moment(EpochTime.epochMilli(number));
        } else {
            moment(IsoTime.epochMilli(text(value), zone));
        }
    }

    /** When it happened, in microseconds since 1970. */
    public void micros(@Nullable Value value) {
        if (value != null && !event.has(Fields.TIMESTAMP)) {
            Double number = number(value);
            moment(number == null ? CivilTime.INVALID : EpochTime.epochMilli(Math.floor(number / 1000)));
        }
    }

    private void moment(long moment) {
        if (moment == CivilTime.INVALID) {
            fail(Reason.UNPARSEABLE);
        } else {
            event.set(Fields.TIMESTAMP, new Value.Moment(moment));
        }
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() <= 18;
    }

    private static @Nullable Double number(Value value) {
        if (value instanceof Value.Whole whole) {
            return (double) whole.number();
        }
        if (value instanceof Value.Text text && !text.text().isEmpty() && isNumber(text.text())) {
            return (double) Long.parseLong(text.text());
        }
        return value instanceof Value.Decimal decimal ? decimal.number() : null;
    }

    /** The client's address as the tracker says it. */
    public void address(@Nullable Value value) {
        if (value != null && !event.has(Fields.SOURCE_ADDRESS)) {
            event.set(Fields.SOURCE_ADDRESS, value);
            if (value instanceof Value.Text text && IpLiteral.is(text.text())) {
                event.set(Fields.SOURCE_IP, value);
            }
        }
    }

    /** The screen as {@code 1920x1080}, if both are numbers. */
    public void screen(@Nullable Value width, @Nullable Value height) {
        if (width instanceof Value.Whole w && height instanceof Value.Whole h) {
            set(Fields.DEVICE_SCREEN, w.number() + "x" + h.number());
        }
    }

    /** A secret with which the request was allowed: where rules cut it out before anything is sealed. */
    public void secret(@Nullable Value value) {
        set(FieldPath.of(Fields.HTTP_HEADERS + ".authorization"), value);
    }

    /** A header that the payload itself carries. */
    public void header(String name, @Nullable Value value) {
        set(FieldPath.of(Fields.HTTP_HEADERS + "." + name), value);
    }

    /** The person said no. */
    public void refuse() {
        event.set(Fields.CONSENT_OPT_OUT, new Value.Flag(true));
    }

    /** What the person chose, by our own names; a choice that is there and cannot be understood is a refusal. */
    public void consent(@Nullable Value value) {
        if (value == null) {
            return;
        }
        if (!(value instanceof Value.Members members)) {
            refuse();
            return;
        }
        members.members().forEach((name, choice) -> {
            FieldPath flag = FLAGS.get(name);
            if (name.equals("opt_out")) {
                optOut(choice);
            } else if (flag != null) {
                // Said twice and differently is not understood, which closes what a signal can close.
                Value before = event.get(flag);
                event.set(flag, before == null || before.equals(choice) ? choice : AMBIGUOUS);
            } else {
                extra("consent." + name, choice);
            }
        });
    }

    /** A flag that says no; anything but a plain "no, I do not" is one. */
    public void optOut(@Nullable Value value) {
        String word = value == null ? "false" : value.plain();
        if (!word.equals("false") && !word.equals("0")) {
            refuse();
        } else if (value != null) {
            set(Fields.CONSENT_OPT_OUT, value);
        }
    }

    /** This event cannot be taken; the first reason stands. */
    public void fail(Reason reason) {
        if (this.reason == null) {
            this.reason = reason;
        }
    }

    /** Hands the event over, or why it cannot be taken. */
    public void give(ParseSink into) {
        if (reason != null) {
            into.reject(reason);
        } else if (!event.has(Fields.EVENT_ACTION)) {
            into.reject(Reason.MISSING_TYPE);
        } else {
            into.event(event);
        }
    }

    /** The members of a value; none, if it is no object. */
    public static Map<String, Value> members(@Nullable Value value) {
        return value instanceof Value.Members members ? members.members() : Map.of();
    }

    /** The text of a value; empty, if it is none. */
    public static String text(@Nullable Value value) {
        return value instanceof Value.Text text ? text.text() : "";
    }
}
