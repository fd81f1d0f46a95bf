package io.sluice.redaction.rule;

import io.sluice.redaction.detect.DataCategory;
import io.sluice.redaction.transform.Transform;
import io.sluice.redaction.yaml.Problem;
import io.sluice.redaction.yaml.Problems;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a policy must hold as a whole, once each of its parts is well formed. */
final class PolicyLaws {
    private final PolicyParts parts;
    private final Problems problems;

    PolicyLaws(PolicyParts parts, Problems problems) {
        this.parts = parts;
        this.problems = problems;
    }

    void check(String file) {
        if (parts.routes.isEmpty()) {
            problems.add(new Problem(file, 1, 1, "a policy needs at least one route", null));
        }
        if (parts.datasets.isEmpty()) {
            problems.add(new Problem(file, 1, 1, "a policy needs at least one dataset", null));
        }
        clausesAreKept(file);
        parts.fields.values().forEach(this::nothingPersonalIsKept);
        formsNameRules(file);
    }

    private void clausesAreKept(String file) {
        Set<String> named =
                parts.fields.values().stream().map(FieldRule::clause).collect(Collectors.toSet());
        for (Clause clause : parts.clauses.values()) {
            if (clause.keptBy() == Clause.KeptBy.RULES && !named.contains(clause.id())) {
                String what = "no rule keeps the clause " + clause.id() + "; say kept-by: open until one does";
                problems.add(new Problem(file, 1, 1, what, null));
            }
        }
    }

    private void nothingPersonalIsKept(FieldRule rule) {
        if (rule.category() == null) {
            return;
        }
        boolean neverKept =
                rule.category() == DataCategory.CLIENT_INFORMATION || rule.category() == DataCategory.CREDENTIAL;
        for (Map.Entry<String, Transform> route : rule.routes().entrySet()) {
            boolean analytics = route.getKey().equals(Route.ANALYTICS);
            if (route.getValue().keepsPersonal()
                    && (neverKept || analytics && rule.because().isBlank())) {
                String what = "the rule for " + rule.field() + " keeps "
                        + rule.category().label() + " on the route " + route.getKey()
                        + (neverKept ? ", which no route may" : "; say because");
                problems.add(place(rule, what));
            }
        }
    }

    /** A form may say how a field leaves only if a rule on it says why. */
    private void formsNameRules(String file) {
        parts.forms.forEach((route, forms) ->
                forms.forEach((form, fields) -> fields.keySet().forEach(path -> {
                    if (!parts.fields.containsKey(path)) {
                        String what = "the " + form.label() + " form of the route " + route + " names " + path
                                + ", which has no rule";
                        problems.add(new Problem(file, 1, 1, what, null));
                    }
                })));
    }

    private static Problem place(FieldRule rule, String what) {
        int colon = rule.place().lastIndexOf(':');
        return new Problem(
                rule.place().substring(0, colon), Integer.parseInt(rule.place().substring(colon + 1)), 1, what, null);
    }
}
