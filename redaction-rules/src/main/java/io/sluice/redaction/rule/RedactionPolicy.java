package io.sluice.redaction.rule;

import io.sluice.redaction.consent.ConsentRule;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.transform.Transform;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy that was read without a problem: what may leave on which route, in what form.
 *
 * <p>Guarantees: a field, path or parameter it does not list has no way out. Immutable and thread-safe.
 */
public final class RedactionPolicy {
    private final String version;
    private final String hash;
    private final String optOutCookie;
    private final Map<String, Clause> clauses;
    private final Map<String, Dataset> datasets;
    private final Map<String, ConsentRule> purposes;
    private final Map<String, Route> routes;
    private final List<FieldRule> fields;
    private final List<FieldPath> freeText;
    private final List<String> phoneRegions;
    private final Map<String, Map<Form, RouteRules>> compiled = new HashMap<>();

    RedactionPolicy(PolicyParts parts, String hash) {
        this.version = parts.version;
        this.hash = hash;
        this.optOutCookie = parts.optOutCookie;
        this.clauses = Map.copyOf(parts.clauses);
        this.datasets = Map.copyOf(parts.datasets);
        this.purposes = Map.copyOf(parts.purposes);
        this.routes = new LinkedHashMap<>(parts.routes);
        this.fields = List.copyOf(parts.fields.values());
        this.freeText = List.copyOf(parts.freeText);
        this.phoneRegions = List.copyOf(parts.phoneRegions);
        for (Route route : routes.values()) {
            Map<Form, RouteRules> forms = new EnumMap<>(Form.class);
            Map<FieldPath, Transform> full = new HashMap<>();
            for (FieldRule rule : fields) {
                Transform transform = rule.routes().get(route.name());
                if (transform != null) {
                    full.put(rule.field(), transform);
                }
            }
            forms.put(Form.FULL, new RouteRules(full));
            for (Form form : List.of(Form.ANONYMIZED, Form.CLIENT)) {
                forms.put(form, new RouteRules(parts.forms(route.name(), form, full)));
            }
            compiled.put(route.name(), forms);
        }
    }

    /** Its id, such as {@code ottomatiq-2024-01-10}. */
    public String version() {
        return version;
    }

    /** SHA-256 over its files, hex. */
    public String hash() {
        return hash;
    }

    /** The name of the cookie by which a browser opts out. */
    public String optOutCookie() {
        return optOutCookie;
    }

    public Map<String, Clause> clauses() {
        return clauses;
    }

    /** A dataset, or null if the policy does not know it. */
    public @Nullable Dataset dataset(String name) {
        return datasets.get(name);
    }

    public Map<String, Dataset> datasets() {
        return datasets;
    }

    /** The routes, in the order of the policy. */
    public Map<String, Route> routes() {
        return java.util.Collections.unmodifiableMap(routes);
    }

    /** When the purpose of a route is closed. */
    public ConsentRule consent(Route route) {
        ConsentRule rule = purposes.get(route.purpose().name());
        if (rule == null) {
            throw new IllegalStateException("route " + route + " has no purpose");
        }
        return rule;
    }

    public List<FieldRule> fields() {
        return fields;
    }

    /** The fields that are searched for personal data. */
    public List<FieldPath> freeText() {
        return freeText;
    }

    /** Regions (ISO 3166-1) whose national phone numbers are known. */
    public List<String> phoneRegions() {
        return phoneRegions;
    }

    /** The treatments on a route in a form. */
    public RouteRules rules(Route route, Form form) {
        Map<Form, RouteRules> forms = compiled.get(route.name());
        RouteRules rules = forms == null ? null : forms.get(form);
        if (rules == null) {
            throw new IllegalStateException("route " + route + " is not of this policy");
        }
        return rules;
    }

    /** The treatment of a field on a route, or null: then it is dropped. */
    public @Nullable Transform treatment(Route route, Form form, FieldPath field) {
        return rules(route, form).find(field);
    }

    @Override
    public String toString() {
        return version;
    }
}
