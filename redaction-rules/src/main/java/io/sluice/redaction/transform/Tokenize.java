package io.sluice.redaction.transform;

import io.sluice.redaction.address.IpAddress;
import io.sluice.redaction.consent.Identifier;
import io.sluice.redaction.event.Value;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a value by its pseudonym for the route's purpose.
 *
 * @param type what the value is, such as {@code ip}; stands in the token
 */
public record Tokenize(String type) implements Transform {
    @Override
    public @Nullable Value apply(Value value, TransformContext context) {
        String canonical = canonical(value);
        if (canonical == null) {
            return null;
        }
        String token = context.pseudonymizer().token(type, context.purpose(), canonical, context.receivedAt());
        return token == null ? null : new Value.Text(token);
    }

    private @Nullable String canonical(Value value) {
        if (value instanceof Value.Whole whole) {
            return Long.toString(whole.number());
        }
        if (!(value instanceof Value.Text text)) {
            return null;
        }
        return switch (type) {
            case "ip" -> {
                IpAddress address = IpAddress.parse(text.text());
                yield address == null ? text.text() : address.canonical();
            }
            case "email" -> Identifier.of(Identifier.Kind.EMAIL, text.text()).value();
            default -> Identifier.of(Identifier.Kind.USER, text.text()).value();
        };
    }

    @Override
    public String label() {
        return "tokenize";
    }
}
