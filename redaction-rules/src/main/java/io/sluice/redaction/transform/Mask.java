package io.sluice.redaction.transform;

import io.sluice.redaction.event.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Replaces all but the first and last characters (code points) of a text by one asterisk each.
 *
 * <p>A text that is not at least twice as long as what stays is masked whole.
 *
 * @param first how many stay at the beginning
 * @param last how many stay at the end
 */
public record Mask(int first, int last) implements Transform {
    @Override
    public @Nullable Value apply(Value value, TransformContext context) {
        if (!(value instanceof Value.Text text)) {
            return null;
        }
        int[] points = text.text().codePoints().toArray();
        boolean whole = points.length < 2 * (first + last);
        for (int i = 0; i < points.length; i++) {
            if (whole || i >= first && i < points.length - last) {
                points[i] = '*';
            }
        }
        return new Value.Text(new String(points, 0, points.length));
    }

    @Override
    public String label() {
        return "mask";
    }

    @Override
    public Transform wider() {
        return new Mask(first + 1, last + 1);
    }

    @Override
    public Optional<Transform> narrower() {
        return first + last == 0 ? Optional.empty() : Optional.of(new Mask(0, 0));
    }
}
