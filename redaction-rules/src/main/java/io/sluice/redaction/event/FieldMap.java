package io.sluice.redaction.event;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is kept for each of some fields; for the constants of {@link Fields} found without hashing, which a line of a log
 * asks for a hundred times. Immutable.
 */
public final class FieldMap<T> {
    private final @Nullable Object[] constants = new Object[Fields.count()];
    private final Map<FieldPath, T> others = new HashMap<>();

    public FieldMap(Map<FieldPath, ? extends T> entries) {
        this(entries, entries::get);
    }

    /**
     * @param entries what is kept
     * @param constants what is kept for a constant; null for nothing
     */
    public FieldMap(Map<FieldPath, ? extends T> entries, Function<FieldPath, ? extends @Nullable T> constants) {
        entries.forEach((path, entry) -> {
            if (path.number() == FieldPath.UNNUMBERED) {
                others.put(path, entry);
            }
        });
        for (FieldPath path : Fields.all()) {
            this.constants[path.number()] = constants.apply(path);
        }
    }

    /** What is kept for a field, or null. */
    @SuppressWarnings("unchecked") // nothing else is put into the array
    public @Nullable T get(FieldPath path) {
        return path.number() == FieldPath.UNNUMBERED ? others.get(path) : (T) constants[path.number()];
    }
}
