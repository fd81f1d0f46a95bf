package io.sluice.redaction;

import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Value;
import java.util.function.BiConsumer;

/** The single values of an event's fields: arrays and objects taken apart, down to a depth. */
final class Leaves {
    /** Deeper than this nothing is looked at, and so nothing leaves. */
    private static final int DEPTH = 32;

    private Leaves() {}

    /** Hands over each single value below a field, with its own name: {@code props.items.price} for all its elements. */
    static void each(FieldPath path, Value value, BiConsumer<FieldPath, Value> into) {
        each(path, value, into, 0);
    }

    private static void each(FieldPath path, Value value, BiConsumer<FieldPath, Value> into, int depth) {
        if (depth > DEPTH) {
            return;
        }
        if (value instanceof Value.Items items) {
            for (Value item : items.items()) {
                each(path, item, into, depth + 1);
            }
        } else if (value instanceof Value.Members members) {
            members.members()
                    .forEach((name, member) -> each(FieldPath.of(path.name() + "." + name), member, into, depth + 1));
        } else {
            into.accept(path, value);
        }
    }
}
