package io.sluice.redaction.rule;

import io.sluice.redaction.event.FieldMap;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.transform.Transform;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The treatments of one route in one form, compiled for looking up; immutable and thread-safe.
 *
 * <p>A rule that drops {@code props.email} holds beside one that keeps {@code props.*}.
 */
public final class RouteRules {
    private final FieldTable<Optional<Transform>> rules;
    private final @Nullable RouteRules full;
    /** The treatments of the constants, found with one look. */
    private final FieldMap<Transform> constants;

    private RouteRules(Map<FieldPath, Optional<Transform>> rules, @Nullable RouteRules full) {
        this.rules = new FieldTable<>(rules);
        this.full = full;
        this.constants = new FieldMap<>(Map.of(), this::decide);
    }

    /** The full form: what the field rules say; empty drops. */
    static RouteRules full(Map<FieldPath, Optional<Transform>> rules) {
        return new RouteRules(rules, null);
    }

    /**
     * A narrower form: what it does not list is dropped, and it lets out no field that the full form drops.
     *
     * @param listed the treatment in this form; empty means as in the full form
     */
    static RouteRules narrower(Map<FieldPath, Optional<Transform>> listed, RouteRules full) {
        return new RouteRules(listed, full);
    }

    /** The treatment of a field, or null: then it is dropped. */
    public @Nullable Transform find(FieldPath path) {
        return path.isConstant() ? constants.get(path) : decide(path);
    }

    private @Nullable Transform decide(FieldPath path) {
        Optional<Transform> own = rules.find(path);
        if (own == null) {
            return null;
        }
        if (full == null) {
            return own.orElse(null);
        }
        Transform inFull = full.find(path);
        return inFull == null ? null : own.orElse(inFull);
    }

    /** Whether a rule names the field itself. */
    public boolean names(FieldPath path) {
        return full == null ? rules.names(path) : full.names(path);
    }
}
