package io.sluice.redaction.rule;

import io.sluice.redaction.consent.ConsentRule;
import io.sluice.redaction.detect.PatternDetector;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.transform.Transform;
import io.sluice.redaction.transform.Visitor;
import io.sluice.redaction.url.PathRule;
import io.sluice.redaction.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What has been read of a policy so far; one that extends another begins with what that one has. */
final class PolicyParts {
    String version = "";
    String optOutCookie = "analytics_opt_out";
    final Map<String, Clause> clauses = new LinkedHashMap<>();
    final Map<String, Dataset> datasets = new LinkedHashMap<>();
    /** By dataset and template. */
    final Map<String, Map<String, PathRule>> paths = new LinkedHashMap<>();

    final Map<String, ConsentRule> purposes = new LinkedHashMap<>();
    final Map<String, Route> routes = new LinkedHashMap<>();
    final Map<FieldPath, FieldRule> fields = new LinkedHashMap<>();
    final Set<FieldPath> freeText = new LinkedHashSet<>();
    final List<String> phoneRegions = new ArrayList<>(List.of("CA", "US"));
    final List<PatternDetector> detectors = new ArrayList<>();
    /** By route and form: the fields that leave in it; empty means as the field rule says. */
    final Map<String, Map<Form, Map<FieldPath, Optional<Transform>>>> forms = new LinkedHashMap<>();
    /** Whether a rule's clause could not be read, so that nothing follows from a clause that no rule names. */
    boolean misreadClauses;
    /** The fields whose rule could not be read as a whole, so that nothing follows from what it lacks. */
    final Set<String> misreadFields = new LinkedHashSet<>();
    /** Where what may turn out wrong later is written, by {@link #key}. */
    final Map<String, YamlValue> places = new LinkedHashMap<>();

    /** Notes where something is written. */
    void place(YamlValue at, String... key) {
        places.put(key(key), at);
    }

    /** Tells what makes visitors in which datasets it may: a policy that extends another can say otherwise of them. */
    void settleVisitors() {
        Visitor settled = new Visitor(datasets(SignalsShown.NOT_COLLECTED), datasets(SignalsShown.VISIBLE));
        UnaryOperator<Transform> settle = transform -> transform instanceof Visitor ? settled : transform;
        fields.replaceAll((path, rule) -> {
            Map<String, Transform> routes = new LinkedHashMap<>(rule.routes());
            routes.replaceAll((route, transform) -> settle.apply(transform));
            return rule.withRoutes(routes);
        });
        forms.values().forEach(form -> form.values()
                .forEach(listed -> listed.replaceAll((path, transform) -> transform.map(settle))));
    }

    private Set<String> datasets(SignalsShown signals) {
        return datasets.values().stream()
                .filter(dataset -> dataset.signals() == signals)
                .map(Dataset::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    static String key(String... parts) {
        return String.join("\n", parts);
    }
}
