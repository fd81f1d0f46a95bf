package io.sluice.redaction.url;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the value of one query parameter may leave. */
public sealed interface ParameterRule {
    /** The value that may leave, or null if none may. */
    @Nullable
    String apply(String decoded);

    /** One of these values. */
    record Listed(List<String> values) implements ParameterRule {
        @Override
        public @Nullable String apply(String decoded) {
            return values.contains(decoded) ? decoded : null;
        }
    }

    /** A whole number of at most six digits. */
    record Number() implements ParameterRule {
        private static final int DIGITS = 6;

        @Override
        public @Nullable String apply(String decoded) {
            if (decoded.isEmpty() || decoded.length() > DIGITS) {
                return null;
            }
            for (int i = 0; i < decoded.length(); i++) {
                if (decoded.charAt(i) < '0' || decoded.charAt(i) > '9') {
                    return null;
                }
            }
            return decoded;
        }
    }
}
