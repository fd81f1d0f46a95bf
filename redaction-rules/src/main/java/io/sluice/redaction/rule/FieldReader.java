package io.sluice.redaction.rule;

import io.sluice.redaction.consent.Purpose;
import io.sluice.redaction.detect.DataCategory;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.transform.Transform;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the sections {@code routes} and {@code fields}: the ways out, and what becomes of each field on them. */
final class FieldReader {
    private final Problems problems;
    private final PolicyParts parts;

    FieldReader(Problems problems, PolicyParts parts) {
        this.problems = problems;
        this.parts = parts;
    }

    void readRoute(String name, YamlValue at) {
        Map<String, YamlValue> members = at.members(Set.of("purpose", "retention", "anonymized", "client"));
        YamlValue purpose = members.get("purpose");
        if (purpose == null || !parts.purposes.containsKey(purpose.text())) {
            problems.addUnknown(
                    purpose == null ? at : purpose,
                    "a route needs a purpose of this policy",
                    purpose == null ? "" : purpose.text(),
                    parts.purposes.keySet());
        }
        YamlValue retention = members.get("retention");
        Duration kept = Duration.ZERO;
        if (retention == null || !retention.text().matches("[1-9][0-9]{0,4} ?d")) {
            problems.add(retention == null ? at : retention, "a route needs a retention in days, such as 90 d");
        } else {
            kept = Duration.ofDays(Long.parseLong(retention.text().replaceAll("[^0-9]", "")));
        }
        parts.routes.put(name, new Route(name, new Purpose(purpose == null ? "" : purpose.text()), kept));
        Map<Form, Map<FieldPath, Optional<Transform>>> forms = new EnumMap<>(Form.class);
        forms.put(Form.ANONYMIZED, readForm(name, Form.ANONYMIZED, members.get("anonymized")));
        forms.put(Form.CLIENT, readForm(name, Form.CLIENT, members.get("client")));
        parts.forms.put(name, forms);
    }

    private Map<FieldPath, Optional<Transform>> readForm(String route, Form form, @Nullable YamlValue at) {
        Map<FieldPath, Optional<Transform>> listed = new LinkedHashMap<>();
        if (at != null) {
            at.members().forEach((field, treatment) -> {
                boolean same = treatment.isScalar() && treatment.text().equals("same");
                Optional<Transform> own = same ? Optional.empty() : transforms().read(treatment);
                if (same || own.isPresent()) {
                    parts.place(treatment, route, form.label(), field);
                    listed.put(FieldPath.of(field), own);
                }
            });
        }
        return listed;
    }

    private TransformReader transforms() {
        return new TransformReader(problems);
    }

    void readField(YamlValue at) {
        Map<String, YamlValue> members =
                at.members(Set.of("field", "clause", "because", "owner", "category", "routes", "examples"));
        YamlValue field = members.get("field");
        YamlValue clause = members.get("clause");
        parts.misreadClauses |= field == null || clause == null || !parts.clauses.containsKey(clause.text());
        int before = problems.all().size();
        if (field == null) {
            problems.add(at, "a rule needs field: the name of the field it is for");
        }
        if (clause == null) {
            problems.add(
                    at,
                    "the rule" + (field == null ? "" : " for " + field.text())
                            + " needs clause: the promise of the notice that it keeps");
        } else if (!parts.clauses.containsKey(clause.text())) {
            problems.addUnknown(clause, "unknown clause " + clause.text(), clause.text(), parts.clauses.keySet());
        }
        Map<String, Transform> routes = readRoutes(members.get("routes"), field);
        List<RuleExample> examples = readExamples(members.get("examples"), field);
        DataCategory category =
                members.containsKey("category") ? PathReader.category(members.get("category"), problems) : null;
        if (field == null || clause == null) {
            return;
        }
        if (problems.all().size() > before) {
            parts.misreadFields.add(field.text());
        }
        String wrong = FieldPattern.problem(field.text());
        if (wrong != null) {
            problems.add(field, wrong);
            return;
        }
        FieldPath path = FieldPath.of(field.text());
        FieldRule rule = new FieldRule(
                path,
                clause.text(),
                textOf(members.get("because")),
                textOf(members.get("owner")),
                category,
                routes,
                examples,
                at.place());
        FieldRule other = parts.fields.put(path, rule);
        if (other != null && other.place().file().equals(at.file())) {
            problems.add(field, path + " has a rule already, at " + other.place());
        }
        parts.place(field, path.name());
    }

    private Map<String, Transform> readRoutes(@Nullable YamlValue at, @Nullable YamlValue field) {
        Map<String, Transform> routes = new LinkedHashMap<>();
        if (at == null) {
            return routes;
        }
        at.members().forEach((route, treatment) -> {
            if (!parts.routes.containsKey(route)) {
                problems.addUnknown(treatment, "unknown route " + route, route, parts.routes.keySet());
            }
            transforms().read(treatment).ifPresent(transform -> routes.put(route, transform));
            if (field != null) {
                parts.place(treatment, field.text(), route);
            }
        });
        return routes;
    }

    private List<RuleExample> readExamples(@Nullable YamlValue at, @Nullable YamlValue field) {
        FieldPattern rule = field != null && FieldPattern.problem(field.text()) == null
                ? FieldPattern.of(FieldPath.of(field.text()))
                : null;
        List<RuleExample> examples = new ArrayList<>();
        if (at != null) {
            ExampleReader reader = new ExampleReader(problems, parts);
            at.items().forEach(example -> reader.read(example, rule).ifPresent(examples::add));
        }
        return examples;
    }

    private static String textOf(@Nullable YamlValue at) {
        return at == null ? "" : at.text();
    }
}
