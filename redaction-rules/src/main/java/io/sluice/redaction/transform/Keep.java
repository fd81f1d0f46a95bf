package io.sluice.redaction.transform;

import io.sluice.redaction.event.Value;
import org.jspecify.annotations.Nullable;

/** Leaves a value as it is; for values that are no person's. Arrays and objects are dropped. */
public record Keep() implements Transform {
    @Override
    public @Nullable Value apply(Value value, TransformContext context) {
        return value instanceof Value.Items || value instanceof Value.Members ? null : value;
    }

    @Override
    public String label() {
        return "keep";
    }

    @Override
    public boolean keepsPersonal() {
        return true;
    }

    @Override
    public boolean takesTime() {
        return true;
    }
}
