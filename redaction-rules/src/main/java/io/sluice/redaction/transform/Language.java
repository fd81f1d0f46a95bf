package io.sluice.redaction.transform;

import io.sluice.redaction.event.Value;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the primary language of a locale or Accept-Language value (RFC 9110, section 12.5.4), if ISO 639 has it. */
public record Language() implements Transform {
    private static final Set<String> KNOWN = Set.of(Locale.getISOLanguages());

    @Override
    public @Nullable Value apply(Value value, TransformContext context) {
        if (!(value instanceof Value.Text text) || text.text().length() < 2) {
            return null;
        }
        String first = text.text();
        int end = 0;
        while (end < first.length() && end < 4 && Character.isLetter(first.charAt(end))) {
            end++;
        }
        String language = first.substring(0, end).toLowerCase(Locale.ROOT);
        return KNOWN.contains(language) ? new Value.Text(language) : null;
    }

    @Override
    public String label() {
        return "language";
    }
}
