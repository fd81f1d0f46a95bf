package io.sluice.redaction.rule;

import io.sluice.redaction.consent.ConsentDecision;
import io.sluice.redaction.detect.DataCategory;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.transform.Transform;
import io.sluice.redaction.yaml.Problem;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a policy must hold as a whole. */
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
        if (!parts.misreadClauses) {
            clausesAreKept();
        }
        for (FieldRule rule : parts.fields.values()) {
            nothingPersonalIsKept(rule);
            rule.routes().forEach((route, treatment) -> canApply(rule, route, treatment));
        }
        formsCanApply();
        queriesCanApply();
    }

    private void clausesAreKept() {
        Set<String> named =
                parts.fields.values().stream().map(FieldRule::clause).collect(Collectors.toSet());
        boolean refusable = parts.purposes.values().stream()
                .anyMatch(purpose -> purpose.refused() != ConsentDecision.OPEN || !purpose.openUntilRefused());
        for (Clause clause : parts.clauses.values()) {
            if (clause.keptBy() == Clause.KeptBy.RULES && !named.contains(clause.id())) {
                report("no rule keeps the clause " + clause.id() + "; say kept-by: open until one does", clause.id());
            } else if (clause.keptBy() == Clause.KeptBy.CONSENT && !refusable) {
                report(
                        "no purpose can be refused, so consent does not keep the clause " + clause.id()
                                + "; say what closes one, or kept-by: open",
                        clause.id());
            }
        }
    }

    private void report(String what, String clause) {
        report(what, PolicyParts.key("clauses", clause), null);
    }

    private void nothingPersonalIsKept(FieldRule rule) {
        DataCategory category = rule.category();
        if (category == null) {
            return;
        }
        boolean neverKept = category == DataCategory.CLIENT_INFORMATION || category == DataCategory.CREDENTIAL;
        for (Map.Entry<String, Transform> treatment : rule.routes().entrySet()) {
            Route route = parts.routes.get(treatment.getKey());
            boolean analytics = route != null && route.purpose().name().equals(Route.ANALYTICS);
            if (treatment.getValue().keepsPersonal()
                    && (neverKept || analytics && rule.because().isBlank())) {
                String what = "the rule for " + rule.field() + " keeps " + category.label() + " on the route "
                        + treatment.getKey() + (neverKept ? ", which no route may" : "; say because");
                report(what, PolicyParts.key(rule.field().name(), treatment.getKey()), rule);
            }
        }
    }

    /** A treatment of what its field never holds would look like a rule and drop everything. */
    private void canApply(FieldRule rule, String route, Transform treatment) {
        Optional<FieldPath> only = treatment.onlyFor();
        boolean misplaced = only.isPresent() && !only.get().equals(rule.field());
        boolean time = rule.field().equals(Fields.TIMESTAMP);
        if (misplaced) {
            String what = "the treatment " + treatment.label() + " is for " + only.get() + " alone; on " + rule.field()
                    + " it can never apply";
            report(what, PolicyParts.key(rule.field().name(), route), rule);
        } else if (time && !treatment.takesTime()) {
            String what = rule.field() + " is a time, and " + treatment.label() + " can never apply to one";
            report(what, PolicyParts.key(rule.field().name(), route), rule);
        }
    }

    /** A form may say how a field leaves only if a rule on it says why, and lets it out in full. */
    private void formsCanApply() {
        parts.forms.forEach((route, forms) ->
                forms.forEach((form, fields) -> fields.keySet().forEach(path -> formCanApply(route, form, path))));
    }

    private void formCanApply(String route, Form form, FieldPath path) {
        FieldRule rule = parts.fields.get(path);
        boolean lets = rule != null && rule.routes().containsKey(route);
        if (lets || parts.misreadFields.contains(path.name())) {
            return;
        }
        report(
                "the " + form.label() + " form of the route " + route + " names " + path
                        + (rule == null
                                ? ", which has no rule"
                                : ", which its rule does not let out there, so it can never apply"),
                PolicyParts.key(route, form.label(), path.name()),
                rule);
    }

    /** What a path made for clients lists of its query leaves only if some route lets a query out of such an event. */
    private void queriesCanApply() {
        boolean leaves = parts.forms.values().stream()
                .anyMatch(forms -> forms.getOrDefault(Form.CLIENT, Map.of()).containsKey(Fields.URL_QUERY));
        parts.paths.forEach((dataset, rules) -> rules.values().forEach(rule -> {
            if (rule.client() && !rule.query().isEmpty() && !leaves) {
                report(
                        "of a page with audience: client no route lets a query out, so the query of " + rule.template()
                                + " can never apply",
                        PolicyParts.key("paths", dataset, rule.template()),
                        null);
            }
        }));
    }

    private void report(String what, String key, @Nullable FieldRule rule) {
        YamlValue at = parts.places.get(key);
        if (at != null) {
            problems.add(at, what);
        } else if (rule != null) {
            problems.add(Problem.at(rule.place(), what));
        } else {
            throw new IllegalStateException("nothing was noted of " + key);
        }
    }
}
