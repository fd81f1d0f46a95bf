package io.sluice.redaction.catalogue;

import io.sluice.redaction.rule.Dataset;
import io.sluice.redaction.rule.FieldRule;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.rule.Route;
import io.sluice.redaction.rule.SignalsShown;
import io.sluice.redaction.transform.Transform;
import io.sluice.redaction.transform.Visitor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a policy does with each field of each dataset. */
public final class Coverage {
    private Coverage() {}

    /**
     * One field of one dataset.
     *
     * @param routes its treatment by route; {@code drop} where it has none
     * @param rule the file in which its rule stands
     * @param tests how many examples prove it
     */
    public record Row(
            String dataset,
            String field,
            Map<String, String> routes,
            String clause,
            String rule,
            String owner,
            int tests) {}

    /** The table, by dataset and in the order of the policy. */
    public static List<Row> of(RedactionPolicy policy) {
        List<Row> rows = new ArrayList<>();
        for (Dataset dataset : policy.datasets().values()) {
            for (FieldRule rule : policy.fields()) {
                Map<String, String> routes = new LinkedHashMap<>();
                for (Route route : policy.routes().values()) {
                    routes.put(route.name(), treatment(rule.routes().get(route.name()), dataset));
                }
                rows.add(new Row(
                        dataset.name(),
                        rule.field().name(),
                        routes,
                        rule.clause(),
                        rule.place().file(),
                        rule.owner(),
                        rule.examples().size()));
            }
        }
        return rows;
    }

    private static String treatment(@org.jspecify.annotations.Nullable Transform transform, Dataset dataset) {
        if (transform == null) {
            return "drop";
        }
        // Of an access log's line a visitor is made only where the dataset's signals are known.
        return transform instanceof Visitor && dataset.signals() == SignalsShown.NOT_VISIBLE
                ? "visitor of user or cookie"
                : transform.label();
    }
}
