package io.sluice.redaction.rule;

import io.sluice.redaction.consent.Purpose;
import java.time.Duration;

/**
 * A way out with one purpose.
 *
 * @param name such as {@code analytics}
 * @param purpose what its data is used for
 * @param retention how long its single events are kept, from receive time
 */
public record Route(String name, Purpose purpose, Duration retention) {
    public static final String ANALYTICS = "analytics";
    public static final String SECURITY = "security";
    public static final String OPERATIONS = "operations";

    @Override
    public String toString() {
        return name;
    }
}
