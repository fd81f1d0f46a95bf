package io.sluice.redaction.event;

import org.jspecify.annotations.Nullable;

/**
 * The name of a field, flat and dotted as in the Elastic Common Schema, such as {@code source.ip}.
 *
 * <p>The step into an array's element is not part of a path: a rule on a field is a rule on all its elements. Immutable;
 * two of one name are equal, and a constant of {@link Fields} is the only one of its name.
 */
public final class FieldPath {
    /** Of all that are no constants. */
    static final int UNNUMBERED = -1;

    private final String name;
    private final int number;

    FieldPath(String name, int number) {
        this.name = name;
        this.number = number;
    }

    /** The path of this name; one of {@link Fields} is its constant, which is found and compared by its number. */
    public static FieldPath of(String name) {
        FieldPath known = Fields.known(name);
        return known == null ? new FieldPath(name, UNNUMBERED) : known;
    }

    public String name() {
        return name;
    }

    /** Whether it is a constant of {@link Fields}. */
    public boolean isConstant() {
        return number != UNNUMBERED;
    }

    /** Its place among the constants of {@link Fields}, from 0, or {@link #UNNUMBERED}. */
    int number() {
        return number;
    }

    /** Whether it lies below {@code parent}, such as {@code props.plan} below {@code props}. */
    public boolean isBelow(String parent) {
        return name.length() > parent.length() && name.charAt(parent.length()) == '.' && name.startsWith(parent);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (number == UNNUMBERED
                        && other instanceof FieldPath that
                        && that.number == UNNUMBERED
                        && name.equals(that.name));
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
