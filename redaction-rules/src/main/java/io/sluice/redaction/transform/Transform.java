package io.sluice.redaction.transform;

import io.sluice.redaction.event.Value;
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

    /** How the policy names it. */
    String label();

    /** Whether a personal value comes out as it went in. */
    default boolean keepsPersonal() {
        return false;
    }
}
