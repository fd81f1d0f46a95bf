package io.sluice.redaction.consent;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.FieldSet;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an event itself says about its person's choices.
 *
 * <p>A signal acts on its own event only. An undecodable consent string counts as opted out; strings of the IAB Global
 * Privacy Platform are not decoded yet, so each of them does.
 */
public final class Signals {
    private static final FieldPath SEC_GPC = FieldPath.of(Fields.HTTP_HEADERS + ".sec-gpc");
    private static final FieldPath DNT = FieldPath.of(Fields.HTTP_HEADERS + ".dnt");
    private static final FieldPath COOKIE = FieldPath.of(Fields.HTTP_HEADERS + ".cookie");
    private static final FieldSet OWN_FIELDS = new FieldSet(List.of(
            Fields.CONSENT_OPT_OUT,
            Fields.CONSENT_GPC,
            Fields.CONSENT_DNT,
            Fields.CONSENT_GPP,
            Fields.CONSENT_US_PRIVACY));

    private Signals() {}

    /** One kind of signal, by the name the policy uses. */
    public enum Signal {
        OPT_OUT_COOKIE("opt-out-cookie"),
        EVENT_FLAG("event-flag"),
        SEC_GPC("sec-gpc"),
        DNT("dnt"),
        /** A US Privacy string with its sale bit set. */
        US_PRIVACY("us-privacy"),
        UNDECODABLE("undecodable");

        private final String label;

        Signal(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** The signals on an event. */
    public static Set<Signal> of(Event event, String optOutCookie) {
        EnumSet<Signal> signals = EnumSet.noneOf(Signal.class);
        if (event.hasAny(OWN_FIELDS)) {
            readOwnFields(event, signals);
        }
        if (isExactlyOne(event.get(SEC_GPC))) {
            signals.add(Signal.SEC_GPC);
        }
        if (isExactlyOne(event.get(DNT))) {
            signals.add(Signal.DNT);
        }
        if (hasCookie(event.get(COOKIE), optOutCookie)) {
            signals.add(Signal.OPT_OUT_COOKIE);
        }
        return signals;
    }

    private static void readOwnFields(Event event, Set<Signal> signals) {
        if (isSet(event.get(Fields.CONSENT_OPT_OUT), signals)) {
            signals.add(Signal.EVENT_FLAG);
        }
        if (isSet(event.get(Fields.CONSENT_GPC), signals)) {
            signals.add(Signal.SEC_GPC);
        }
        if (isSet(event.get(Fields.CONSENT_DNT), signals)) {
            signals.add(Signal.DNT);
        }
        if (event.has(Fields.CONSENT_GPP)) {
            signals.add(Signal.UNDECODABLE);
        }
        Value usPrivacy = event.get(Fields.CONSENT_US_PRIVACY);
        if (usPrivacy != null) {
            readUsPrivacy(usPrivacy, signals);
        }
    }

    /** A flag of ours: {@code true}, {@code 1}, or their texts; anything else but a plain "no" is undecodable. */
    private static boolean isSet(@Nullable Value value, Set<Signal> signals) {
        if (value == null) {
            return false;
        }
        if (value instanceof Value.Flag flag) {
            return flag.set();
        }
        if (value instanceof Value.Whole whole && (whole.number() == 0 || whole.number() == 1)) {
            return whole.number() == 1;
        }
        if (value instanceof Value.Text text) {
            switch (text.text()) {
                case "1", "true":
                    return true;
                case "0", "false":
                    return false;
                default:
                    break;
            }
        }
        signals.add(Signal.UNDECODABLE);
        return false;
    }

    /** Sec-GPC and DNT mean something only as exactly {@code 1} (W3C Global Privacy Control, section 3.2). */
    private static boolean isExactlyOne(@Nullable Value value) {
        if (value instanceof Value.Items items) {
            return items.items().stream().anyMatch(Signals::isExactlyOne);
        }
        return value instanceof Value.Text text && text.text().equals("1")
                || value instanceof Value.Whole whole && whole.number() == 1;
    }

    /** US Privacy String, IAB CCPA Framework 1.0: version 1, then three of Y, N and -; the third is the opt-out. */
    private static void readUsPrivacy(Value value, Set<Signal> signals) {
        if (!(value instanceof Value.Text text) || !isUsPrivacy(text.text())) {
            signals.add(Signal.UNDECODABLE);
        } else if (Character.toUpperCase(text.text().charAt(2)) == 'Y') {
            signals.add(Signal.US_PRIVACY);
        }
    }

    private static boolean isUsPrivacy(String text) {
        if (text.length() != 4 || text.charAt(0) != '1') {
            return false;
        }
        for (int i = 1; i < 4; i++) {
            if ("YNyn-".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasCookie(@Nullable Value value, String name) {
        if (value instanceof Value.Items items) {
            return items.items().stream().anyMatch(item -> hasCookie(item, name));
        }
        if (value instanceof Value.Members cookies) {
            Value cookie = cookies.members().get(name);
            return cookie != null && !cookie.plain().equals("0");
        }
        if (!(value instanceof Value.Text text)) {
            return false;
        }
        for (String cookie : text.text().split(";", -1)) {
            String pair = cookie.strip();
            if (pair.startsWith(name + "=") && !pair.equals(name + "=0") && pair.length() > name.length() + 1) {
                return true;
            }
        }
        return false;
    }
}
