package io.sluice.ingest.parse.tracker;

import io.sluice.ingest.parse.Bytes;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.url.PercentCoding;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query string or form (WHATWG URL Standard, section 5.1). Holds plaintext, so it prints how many
 * there are.
 *
 * @param parameters the first value of each name, absent ones left out
 * @param ambiguous whether a name came twice with different values
 */
public record QueryString(Map<String, Value> parameters, boolean ambiguous) {
    /** The parameters of a text; null if there are more than {@code most}. */
    public static @Nullable QueryString read(String text, int most) {
        Map<String, Value> parameters = new LinkedHashMap<>();
        boolean ambiguous = false;
        int read = 0;
        int from = text.startsWith("?") ? 1 : 0;
        while (from <= text.length()) {
            int and = text.indexOf('&', from);
            int to = and < 0 ? text.length() : and;
            int equals = text.indexOf('=', from);
            if (equals > from && equals < to) {
                if (++read > most) {
                    return null;
                }
                String value = decoded(text.substring(equals + 1, to));
                if (!value.isEmpty() && !value.equals("-")) {
                    Value now = new Value.Text(value);
                    Value before = parameters.putIfAbsent(decoded(text.substring(from, equals)), now);
                    ambiguous |= before != null && !before.equals(now);
                }
            }
            from = to + 1;
        }
        return new QueryString(parameters, ambiguous);
    }

    /** The query and the form in the body of a payload, as one. */
    public static @Nullable QueryString of(Payload payload, int most) {
        Bytes body = payload.body();
        String form = body.length() == 0 ? "" : body.text().strip();
        return read(
                payload.query().isEmpty() ? form : form.isEmpty() ? payload.query() : payload.query() + "&" + form,
                most);
    }

    private static String decoded(String text) {
        return PercentCoding.decode(text.replace('+', ' '));
    }

    @Override
    public String toString() {
        return "QueryString[" + parameters.size() + "]";
    }
}
