package io.sluice.redaction.transform;

import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a rule does to a value.
 *
 * <p>Guarantees: total, and what a transform cannot handle is dropped. Immutable and thread-safe; all that changes is in
 * the context.
 */
public sealed interface Transform
        permits Keep,
                Listed,
                NumberRange,
                TimeTo,
                Mask,
                TruncateIp,
                Tokenize,
                Encrypt,
                Scan,
                Site,
                Language,
                PathTemplate,
                QueryParameters,
                Visitor {
    /** The value that may leave, or null if none may. */
    @Nullable
    Value apply(Value value, TransformContext context);

    /** The one field it is made for, if there is only one; on any other it has no meaning. */
    default Optional<FieldPath> onlyFor() {
        return Optional.empty();
    }

    /** Whether anything of a point in time can come out. */
    default boolean takesTime() {
        return false;
    }

    /** One that lets more through, by which a rule's examples are tried: one of them must notice. */
    default Transform wider() {
        return new Keep();
    }

    /** One that lets less through than this and more than nothing, by which a rule's examples are tried, if there is any. */
    default Optional<Transform> narrower() {
        return Optional.empty();
    }

    /** How the policy names it. */
    String label();

    /** Whether a personal value comes out as it went in. */
    default boolean keepsPersonal() {
        return false;
    }
}
