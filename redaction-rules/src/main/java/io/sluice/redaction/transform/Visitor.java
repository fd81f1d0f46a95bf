package io.sluice.redaction.transform;

import io.sluice.redaction.consent.Identifier;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code visitor.id}: of the user id, else of the cookie or device id, in the current epoch; of a record that can
 * have neither, of address and user agent under the key of the receive day.
 *
 * <p>Does not guarantee: anonymity. A visitor is a pseudonym.
 *
 * @param always the datasets whose policy says that people's signals are not collected
 * @param whereShown the datasets of which a line makes a visitor if its format shows the signals; in all others no visitor
 *     is made of an address
 */
public record Visitor(Set<String> always, Set<String> whereShown) implements Transform {
    @Override
    public @Nullable Value apply(Value value, TransformContext context) {
        String token = tokenOf(context);
        return token == null ? null : new Value.Text(token);
    }

    private @Nullable String tokenOf(TransformContext context) {
        Event event = context.event();
        String user = textOf(event.get(Fields.USER_ID));
        if (user != null) {
            return ofPerson("user", Identifier.Kind.USER, user, context);
        }
        String device = textOf(event.get(Fields.DEVICE_ID));
        if (device != null) {
            return ofPerson("cookie", Identifier.Kind.COOKIE, device, context);
        }
        String address = event.text(Fields.SOURCE_IP);
        if (address == null
                || !mayBeMade(event, context.dataset())
                || !"access-log".equals(event.text(Fields.EVENT_PROVIDER))) {
            return null;
        }
        String agent = event.text(Fields.USER_AGENT);
        return context.pseudonymizer()
                .visitorOfDay(context.dataset(), address, agent == null ? "" : agent, context.receivedAt());
    }

    private boolean mayBeMade(Event event, String dataset) {
        return always.contains(dataset) || whereShown.contains(dataset) && event.has(Fields.SIGNALS_VISIBLE);
    }

    private static @Nullable String ofPerson(
            String label, Identifier.Kind kind, String value, TransformContext context) {
        String canonical = label + '\0' + Identifier.of(kind, value).value();
        return context.pseudonymizer().token("visitor", context.purpose(), canonical, context.receivedAt());
    }

    private static @Nullable String textOf(@Nullable Value value) {
        return value instanceof Value.Text text
                ? text.text()
                : value instanceof Value.Whole whole ? Long.toString(whole.number()) : null;
    }

    @Override
    public String label() {
        return "visitor";
    }

    @Override
    public Optional<FieldPath> onlyFor() {
        return Optional.of(Fields.VISITOR_ID);
    }
}
