package io.sluice.redaction.transform;

import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.url.ParameterRule;
import io.sluice.redaction.url.PathRule;
import io.sluice.redaction.url.PercentCoding;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the query parameters that the matched path's rule allows, in the order of the query, each name once. */
public record QueryParameters() implements Transform {
    private static final int MOST = 200;

    @Override
    public @Nullable Value apply(Value value, TransformContext context) {
        PathRule rule = context.pathRule();
        if (rule == null || rule.query().isEmpty() || !(value instanceof Value.Text text)) {
            return null;
        }
        StringBuilder kept = new StringBuilder();
        String query = text.text();
        int from = 0;
        for (int i = 0; i < MOST && from <= query.length(); i++) {
            int end = query.indexOf('&', from);
            int to = end < 0 ? query.length() : end;
            keep(query.substring(from, to), rule.query(), kept);
            from = to + 1;
        }
        return kept.isEmpty() ? null : new Value.Text(kept.toString());
    }

    private static void keep(String parameter, Map<String, ParameterRule> rules, StringBuilder kept) {
        int equals = parameter.indexOf('=');
        if (equals <= 0) {
            return;
        }
        String name = parameter.substring(0, equals);
        ParameterRule rule = rules.get(name);
        String value = rule == null ? null : rule.apply(PercentCoding.decode(parameter.substring(equals + 1)));
        if (value != null && kept.indexOf(name + "=") < 0) {
            kept.append(kept.isEmpty() ? "" : "&").append(name).append('=').append(value);
        }
    }

    @Override
    public String label() {
        return "parameters";
    }

    @Override
    public Optional<FieldPath> onlyFor() {
        return Optional.of(Fields.URL_QUERY);
    }
}
