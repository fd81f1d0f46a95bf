package io.sluice.redaction.transform;

import io.sluice.redaction.event.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a number that lies in a range; so a card number in a counter's place is dropped.
 *
 * @param min lowest allowed, inclusive
 * @param max highest allowed, inclusive
 */
public record NumberRange(long min, long max) implements Transform {
    private static final int DIGITS = 18;

    @Override
    public @Nullable Value apply(Value value, TransformContext context) {
        if (value instanceof Value.Whole whole) {
            return whole.number() >= min && whole.number() <= max ? value : null;
        }
        if (value instanceof Value.Decimal decimal) {
            return decimal.number() >= min && decimal.number() <= max ? value : null;
        }
        if (value instanceof Value.Text text && isNumber(text.text())) {
            long number = Long.parseLong(text.text());
            return number >= min && number <= max ? value : null;
        }
        return value instanceof Value.Flag ? value : null;
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() <= DIGITS;
    }

    @Override
    public String label() {
        return "number";
    }

    @Override
    public Transform wider() {
        return new NumberRange(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Override
    public Optional<Transform> narrower() {
        return Optional.of(new NumberRange(min, min));
    }
}
