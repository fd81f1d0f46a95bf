package io.sluice.redaction.transform;

import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts a text so that the route's purpose can read it: {@code enc_<purpose>_<base64url>}.
 *
 * <p>Guarantees: only who holds the purpose's key reads it, and only where the operation needs it does it stay at all.
 *
 * @param field the field that names the operation
 * @param operations the operations that need it; for all others it is dropped
 */
public record Encrypt(FieldPath field, Set<String> operations) implements Transform {
    @Override
    public @Nullable Value apply(Value value, TransformContext context) {
        String operation = context.event().text(field);
        if (!(value instanceof Value.Text text) || operation == null || !operations.contains(operation)) {
            return null;
        }
        byte[] sealed = context.cipher()
                .encrypt(
                        text.text().getBytes(StandardCharsets.UTF_8),
                        context.path().name().getBytes(StandardCharsets.UTF_8));
        return new Value.Text("enc_" + context.purpose().name() + "_"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed));
    }

    @Override
    public String label() {
        return "encrypt";
    }

    @Override
    public Optional<Transform> narrower() {
        return Optional.of(new Encrypt(field, Set.of()));
    }
}
