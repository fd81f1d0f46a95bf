package io.sluice.redaction.transform;

import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Truncates a time to a unit, UTC.
 *
 * @param unit an hour or a day
 * @param label how the policy names it
 */
public record TimeTo(Duration unit, String label) implements Transform {
    public static final TimeTo HOUR = new TimeTo(Duration.ofHours(1), "hour");
    public static final TimeTo DAY = new TimeTo(Duration.ofDays(1), "day");

    @Override
    public @Nullable Value apply(Value value, TransformContext context) {
        return value instanceof Value.Moment moment ? new Value.Moment(truncate(moment.epochMilli())) : null;
    }

    /** The beginning of the unit in which a time (milliseconds since 1970) lies. */
    public long truncate(long epochMilli) {
        return epochMilli - Math.floorMod(epochMilli, unit.toMillis());
    }

    @Override
    public Optional<FieldPath> onlyFor() {
        return Optional.of(Fields.TIMESTAMP);
    }

    @Override
    public boolean takesTime() {
        return true;
    }
}
