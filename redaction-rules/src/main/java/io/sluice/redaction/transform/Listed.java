package io.sluice.redaction.transform;

import io.sluice.redaction.event.Value;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a text that stands in a list.
 *
 * @param values the list
 * @param otherwise what any other text becomes; null: it is dropped
 */
public record Listed(Set<String> values, @Nullable String otherwise) implements Transform {
    public Listed {
        // Interned, as what look-ups give is: then a text is told from its neighbours without a look at its characters.
        values = values.stream().map(String::intern).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public @Nullable Value apply(Value value, TransformContext context) {
        if (value instanceof Value.Text text) {
            if (values.contains(text.text())) {
                return value;
            }
            return otherwise == null ? null : new Value.Text(otherwise);
        }
        return value instanceof Value.Flag ? value : null;
    }

    @Override
    public String label() {
        return "listed";
    }

    @Override
    public Optional<Transform> narrower() {
        return Optional.of(new Listed(Set.of(), otherwise));
    }
}
