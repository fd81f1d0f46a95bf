package io.sluice.redaction.rule;

import io.sluice.redaction.consent.ConsentRule;
import io.sluice.redaction.detect.Detector;
import io.sluice.redaction.detect.Detectors;
import io.sluice.redaction.detect.PatternDetector;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.event.FieldMap;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.transform.Transform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    private final FieldTable<FieldPath> searched;
    private final List<String> phoneRegions;
    private final List<PatternDetector> ownDetectors;
    private final TextScanner scanner;
    private final FieldTable<FieldRule> listed;
    private final FieldMap<Boolean> unlisted;
    private final Map<String, Map<Form, Map<FieldPath, Optional<Transform>>>> forms;
    private final Map<String, Map<Form, RouteRules>> compiled = new HashMap<>();

    RedactionPolicy(PolicyParts parts, String hash) {
        this.version = parts.version;
        this.hash = hash;
        this.optOutCookie = parts.optOutCookie;
        this.clauses = Collections.unmodifiableMap(new LinkedHashMap<>(parts.clauses));
        this.datasets = Collections.unmodifiableMap(new LinkedHashMap<>(parts.datasets));
        this.purposes = Map.copyOf(parts.purposes);
        this.routes = Collections.unmodifiableMap(new LinkedHashMap<>(parts.routes));
        this.fields = List.copyOf(parts.fields.values());
        this.listed = new FieldTable<>(parts.fields);
        this.unlisted = unlisted(listed);
        this.freeText = List.copyOf(parts.freeText);
        this.searched =
                new FieldTable<>(freeText.stream().collect(Collectors.toMap(Function.identity(), Function.identity())));
        this.phoneRegions = List.copyOf(parts.phoneRegions);
        this.ownDetectors = List.copyOf(parts.detectors);
        List<Detector> detectors = new ArrayList<>(Detectors.shipped(phoneRegions));
        detectors.addAll(ownDetectors);
        this.scanner = TextScanner.of(detectors);
        this.forms = Map.copyOf(parts.forms);
        for (Route route : routes.values()) {
            compiled.put(route.name(), compile(route));
        }
    }

    /** The same with other rules. */
    private RedactionPolicy(RedactionPolicy like, List<FieldRule> fields) {
        this.version = like.version;
        this.hash = like.hash;
        this.optOutCookie = like.optOutCookie;
        this.clauses = like.clauses;
        this.datasets = like.datasets;
        this.purposes = like.purposes;
        this.routes = like.routes;
        this.fields = List.copyOf(fields);
        this.listed =
                new FieldTable<>(fields.stream().collect(Collectors.toMap(FieldRule::field, Function.identity())));
        this.unlisted = unlisted(listed);
        this.freeText = like.freeText;
        this.searched = like.searched;
        this.phoneRegions = like.phoneRegions;
        this.ownDetectors = like.ownDetectors;
        this.scanner = like.scanner;
        this.forms = like.forms;
        for (Route route : routes.values()) {
            compiled.put(route.name(), compile(route));
        }
    }

    /** The same but for one rule, which takes the place of the one for its field: for trying examples out. */
    public RedactionPolicy with(FieldRule rule) {
        return new RedactionPolicy(
                this,
                fields.stream()
                        .map(old -> old.field().equals(rule.field()) ? rule : old)
                        .toList());
    }

    private Map<Form, RouteRules> compile(Route route) {
        Map<FieldPath, Optional<Transform>> rules = new HashMap<>();
        for (FieldRule rule : fields) {
            rules.put(rule.field(), Optional.ofNullable(rule.routes().get(route.name())));
        }
        RouteRules full = RouteRules.full(rules);
        Map<Form, RouteRules> ready = new EnumMap<>(Form.class);
        ready.put(Form.FULL, full);
        for (Form form : List.of(Form.ANONYMIZED, Form.CLIENT)) {
            Map<FieldPath, Optional<Transform>> narrower =
                    forms.getOrDefault(route.name(), Map.of()).getOrDefault(form, Map.of());
            ready.put(form, RouteRules.narrower(narrower, full));
        }
        return ready;
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
        return routes;
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

    /** Whether a field is searched for personal data. */
    public boolean isFreeText(FieldPath field) {
        return searched.find(field) != null;
    }

    /** Whether no rule lists a field, and Sluice does not read it for itself: what leaves of it is nothing. */
    public boolean isUnlisted(FieldPath field) {
        return field.isConstant() ? unlisted.get(field) != null : listed.find(field) == null;
    }

    /** The constants that no rule lists and Sluice does not read: it reads none but constants. */
    private static FieldMap<Boolean> unlisted(FieldTable<FieldRule> listed) {
        return new FieldMap<>(
                Map.of(),
                field -> listed.find(field) == null && !Fields.READ_BY_SLUICE.contains(field) ? Boolean.TRUE : null);
    }

    /** Regions (ISO 3166-1) whose national phone numbers are known. */
    public List<String> phoneRegions() {
        return phoneRegions;
    }

    /** The detectors of its own files, beside those that are shipped. */
    public List<PatternDetector> ownDetectors() {
        return ownDetectors;
    }

    /** All detectors that work under it: those that are shipped, for its regions, and its own. */
    public List<Detector> detectors() {
        return scanner.detectors();
    }

    /** The scanner of these detectors. */
    public TextScanner scanner() {
        return scanner;
    }

    /** Every field, or pattern of fields, that it names anywhere. */
    Set<FieldPath> named() {
        Set<FieldPath> named = new LinkedHashSet<>(freeText);
        fields.forEach(rule -> named.add(rule.field()));
        forms.values().forEach(byForm -> byForm.values().forEach(listed -> named.addAll(listed.keySet())));
        return named;
    }

    /** The rule that a field falls under, or null: then nobody listed it. */
    public @Nullable FieldRule rule(FieldPath field) {
        return listed.find(field);
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
