package io.sluice.redaction.event;

import org.jspecify.annotations.Nullable;

/**
 * The name of a field, flat and dotted as in the Elastic Common Schema, such as {@code source.ip}.
 *
 * <p>The step into an array's element is not part of a path: a rule on a field is a rule on all its elements.
 */
public record FieldPath(String name) {
    /** The path of this name; one of {@link Fields} is its constant, which is found and compared by identity. */
    public static FieldPath of(String name) {
        FieldPath known = Fields.known(name);
        return known == null ? new FieldPath(name) : known;
    }

    /** Whether it lies below {@code parent}, such as {@code props.plan} below {@code props}. */
    public boolean isBelow(String parent) {
        return name.length() > parent.length() && name.charAt(parent.length()) == '.' && name.startsWith(parent);
    }

    /** Spelled out: until the compiler has seen it often, what a record gets by itself takes fifty times as long. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof FieldPath that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
