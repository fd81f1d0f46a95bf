package io.sluice.redaction.transform;

import io.sluice.redaction.event.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces each finding in free text by a typed placeholder such as {@code <email>}; in arrays and names too. */
public record Scan() implements Transform {
    @Override
    public @Nullable Value apply(Value value, TransformContext context) {
        if (value instanceof Value.Text text) {
            String clean = context.scanner().replace(text.text());
            return clean.equals(text.text()) ? value : new Value.Text(clean);
        }
        if (value instanceof Value.Items items) {
            List<Value> clean = new ArrayList<>();
            for (Value item : items.items()) {
                Value kept = apply(item, context);
                if (kept != null) {
                    clean.add(kept);
                }
            }
            return new Value.Items(clean);
        }
        if (value instanceof Value.Members members) {
            Map<String, Value> clean = new LinkedHashMap<>();
            members.members().forEach((name, member) -> {
                Value kept = apply(member, context);
                if (kept != null) {
                    clean.put(context.scanner().replace(name), kept);
                }
            });
            return new Value.Members(clean);
        }
        return scannedNumber(value, context);
    }

    /** A number may be a card's: it stays only if its digits are no finding. */
    private static @Nullable Value scannedNumber(Value value, TransformContext context) {
        if (value instanceof Value.Whole whole) {
            return context.scanner().hasFinding(Long.toString(whole.number())) ? null : value;
        }
        if (value instanceof Value.Decimal decimal) {
            boolean plain = Double.isFinite(decimal.number())
                    && !context.scanner().hasFinding(new BigDecimal(decimal.number()).toPlainString());
            return plain ? value : null;
        }
        return value;
    }

    @Override
    public String label() {
        return "scan";
    }
}
