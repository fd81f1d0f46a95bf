package io.sluice.redaction.event;

import java.util.Collection;

/**
 * Some constants of {@link Fields}, of which an event knows at a glance whether it has any. Immutable.
 */
public final class FieldSet {
    private final long numbers;

    /**
     * @throws IllegalArgumentException if one is no constant
     */
    public FieldSet(Collection<FieldPath> fields) {
        long all = 0;
        for (FieldPath field : fields) {
            if (!field.isConstant()) {
                throw new IllegalArgumentException(field + " is no constant of Fields");
            }
            all |= 1L << field.number();
        }
        numbers = all;
    }

    /** A bit for each number. */
    long numbers() {
        return numbers;
    }
}
