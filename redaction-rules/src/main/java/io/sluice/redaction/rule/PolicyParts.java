package io.sluice.redaction.rule;

import io.sluice.redaction.consent.ConsentRule;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.transform.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has been read of a policy so far; one that extends another begins with what that one has. */
final class PolicyParts {
    String version = "";
    String optOutCookie = "analytics_opt_out";
    final Map<String, Clause> clauses = new LinkedHashMap<>();
    final Map<String, Dataset> datasets = new LinkedHashMap<>();
    final Map<String, ConsentRule> purposes = new LinkedHashMap<>();
    final Map<String, Route> routes = new LinkedHashMap<>();
    final Map<FieldPath, FieldRule> fields = new LinkedHashMap<>();
    final List<FieldPath> freeText = new ArrayList<>();
    final List<String> phoneRegions = new ArrayList<>(List.of("CA", "US"));
    /** By route and form: the fields that leave in it; empty means as the field rule says. */
    final Map<String, Map<Form, Map<FieldPath, Optional<Transform>>>> forms = new LinkedHashMap<>();

    /** The treatments of a form: those it names itself, and for {@code same} those of the full form. */
    Map<FieldPath, Transform> forms(String route, Form form, Map<FieldPath, Transform> full) {
        Map<FieldPath, Transform> treatments = new LinkedHashMap<>();
        forms.getOrDefault(route, Map.of()).getOrDefault(form, Map.of()).forEach((path, own) -> {
            Transform treatment = own.orElse(full.get(path));
            if (treatment != null) {
                treatments.put(path, treatment);
            }
        });
        return treatments;
    }
}
