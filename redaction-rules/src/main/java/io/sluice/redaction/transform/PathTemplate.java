package io.sluice.redaction.transform;

import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.url.PathRule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replaces a path by the declared template that it matches, or by {@code (other)}. */
public record PathTemplate() implements Transform {
    @Override
    public @Nullable Value apply(Value value, TransformContext context) {
        PathRule rule = context.pathRule();
        return new Value.Text(rule == null ? PathRule.OTHER : rule.template());
    }

    @Override
    public String label() {
        return "template";
    }

    @Override
    public Optional<FieldPath> onlyFor() {
        return Optional.of(Fields.URL_PATH);
    }
}
