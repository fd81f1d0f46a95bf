package io.sluice.redaction.rule;

import io.sluice.redaction.consent.ConsentDecision;
import io.sluice.redaction.consent.ConsentRule;
import io.sluice.redaction.consent.Purpose;
import io.sluice.redaction.consent.Signals.Signal;
import io.sluice.redaction.detect.DataCategory;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.transform.Transform;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a policy; reports all of its problems at once, each with file, line and column.
 *
 * <p>A policy with any problem does not load. Not thread-safe: one reader reads one policy.
 */
public final class PolicyReader {
    private static final Set<String> SECTIONS = Set.of(
            "policy",
            "extends",
            "notice",
            "clauses",
            "datasets",
            "purposes",
            "routes",
            "fields",
            "paths",
            "freeText",
            "optOutCookie",
            "phoneRegions");

    private final PolicyFiles files;
    private final Problems problems = new Problems();
    private final PolicyParts parts = new PolicyParts();
    private final Set<String> reading = new LinkedHashSet<>();

    private PolicyReader(PolicyFiles files) {
        this.files = files;
    }

    /**
     * The policy.
     *
     * @throws PolicyException with all its problems
     */
    public static RedactionPolicy read(PolicyFiles files) throws PolicyException {
        PolicyReader reader = new PolicyReader(files);
        reader.readFile(files.main());
        if (reader.problems.none()) {
            new PolicyLaws(reader.parts, reader.problems).check(files.main());
        }
        if (!reader.problems.none()) {
            throw new PolicyException(reader.problems.all());
        }
        return new RedactionPolicy(reader.parts, files.hash());
    }

    private void readFile(String name) {
        String text = files.files().get(name);
        YamlValue root = text == null ? null : YamlValue.read(name, text, problems);
        if (root == null || !reading.add(name)) {
            return;
        }
        Map<String, YamlValue> sections = root.members(SECTIONS);
        YamlValue base = sections.get("extends");
        if (base != null) {
            readBase(base);
        }
        YamlValue version = sections.get("policy");
        if (version == null || !version.text().matches("[A-Za-z0-9._-]{1,64}")) {
            problems.add(root, "a policy needs its id: policy: NAME-DATE");
        } else {
            parts.version = version.text();
        }
        section(sections, "optOutCookie", at -> parts.optOutCookie = at.text());
        section(sections, "phoneRegions", at -> {
            parts.phoneRegions.clear();
            parts.phoneRegions.addAll(at.texts());
        });
        section(sections, "clauses", at -> at.members().forEach(this::readClause));
        section(sections, "datasets", at -> at.members().forEach(this::readDataset));
        section(sections, "paths", this::readPaths);
        section(sections, "purposes", at -> at.members().forEach(this::readPurpose));
        section(sections, "routes", at -> at.members().forEach(this::readRoute));
        section(sections, "fields", at -> at.items().forEach(this::readField));
        section(sections, "freeText", at -> {
            parts.freeText.clear();
            at.texts().forEach(field -> parts.freeText.add(FieldPath.of(field)));
        });
    }

    private static void section(
            Map<String, YamlValue> sections, String name, java.util.function.Consumer<YamlValue> read) {
        YamlValue at = sections.get(name);
        if (at != null) {
            read.accept(at);
        }
    }

    private void readBase(YamlValue base) {
        String name = base.text() + ".yaml";
        if (!files.files().containsKey(name)) {
            problems.add(base, "there is no shipped policy " + base.text() + " to extend");
        } else {
            readFile(name);
        }
    }

    private void readClause(String id, YamlValue at) {
        Map<String, YamlValue> members = at.members(Set.of("says", "kept-by"));
        YamlValue says = members.get("says");
        YamlValue keptBy = members.get("kept-by");
        Optional<Clause.KeptBy> mechanism = keptBy == null ? Optional.empty() : Clause.KeptBy.byLabel(keptBy.text());
        if (mechanism.isEmpty()) {
            List<String> labels = Arrays.stream(Clause.KeptBy.values())
                    .map(Clause.KeptBy::label)
                    .toList();
            problems.addUnknown(
                    keptBy == null ? at : keptBy,
                    "kept-by is one of " + labels,
                    keptBy == null ? "" : keptBy.text(),
                    labels);
        }
        parts.clauses.put(id, new Clause(id, says == null ? "" : says.text(), mechanism.orElse(Clause.KeptBy.OPEN)));
    }

    private void readDataset(String name, YamlValue at) {
        Map<String, YamlValue> members = at.members(Set.of("hosts", "signals", "because"));
        YamlValue hosts = members.get("hosts");
        YamlValue signals = members.get("signals");
        String shown = signals == null ? "not-visible" : signals.text();
        Set<String> allowed = Set.of("visible", "not-visible", "not-collected");
        if (!allowed.contains(shown)) {
            problems.addUnknown(signals == null ? at : signals, "signals is one of " + allowed, shown, allowed);
        }
        if (shown.equals("not-collected") && !members.containsKey("because")) {
            problems.add(at, "signals: not-collected needs a because");
        }
        parts.datasets.put(
                name,
                new Dataset(
                        name,
                        hosts == null ? Set.of() : Set.copyOf(hosts.texts()),
                        !shown.equals("not-visible"),
                        new io.sluice.redaction.url.PathTemplates(List.of())));
    }

    private void readPaths(YamlValue at) {
        at.members().forEach((name, list) -> {
            Dataset dataset = parts.datasets.get(name);
            if (dataset == null) {
                problems.addUnknown(list, "unknown dataset " + name, name, parts.datasets.keySet());
                return;
            }
            new PathReader(problems)
                    .read(list)
                    .ifPresent(paths -> parts.datasets.put(
                            name, new Dataset(name, dataset.hosts(), dataset.visitorByDay(), paths)));
        });
    }

    private void readPurpose(String name, YamlValue at) {
        Map<String, YamlValue> members = at.members(Set.of("default", "closedIn", "closes"));
        YamlValue standard = members.get("default");
        String open = standard == null ? "closed" : standard.text();
        if (!open.equals("open") && !open.equals("closed")) {
            problems.add(standard == null ? at : standard, "default is open (until refused) or closed (until granted)");
        }
        ConsentDecision refused = ConsentDecision.OPEN;
        Map<Signal, ConsentDecision> signals = new EnumMap<>(Signal.class);
        if (members.containsKey("closes")) {
            for (Map.Entry<String, YamlValue> close :
                    members.get("closes").members().entrySet()) {
                ConsentDecision effect = effect(close.getValue());
                if (close.getKey().equals("product-choice")) {
                    refused = effect;
                } else {
                    readSignal(close.getKey(), close.getValue(), effect, signals);
                }
            }
        }
        Set<String> closedIn = members.containsKey("closedIn")
                ? Set.copyOf(members.get("closedIn").texts())
                : Set.of();
        Purpose purpose = new Purpose(name);
        parts.purposes.put(name, new ConsentRule(purpose, open.equals("open"), closedIn, refused, signals));
    }

    private void readSignal(String name, YamlValue at, ConsentDecision effect, Map<Signal, ConsentDecision> into) {
        List<String> labels = Arrays.stream(Signal.values()).map(Signal::label).collect(Collectors.toList());
        for (Signal signal : Signal.values()) {
            if (signal.label().equals(name)) {
                into.put(signal, effect);
                return;
            }
        }
        labels.add("product-choice");
        problems.addUnknown(at, "unknown signal " + name, name, labels);
    }

    private ConsentDecision effect(YamlValue at) {
        return switch (at.text()) {
            case "drop" -> ConsentDecision.CLOSED;
            case "anonymize" -> ConsentDecision.ANONYMIZED;
            default -> {
                problems.addUnknown(at, "the effect is drop or anonymize", at.text(), List.of("drop", "anonymize"));
                yield ConsentDecision.CLOSED;
            }
        };
    }

    private void readRoute(String name, YamlValue at) {
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
        forms.put(Form.ANONYMIZED, readForm(members.get("anonymized")));
        forms.put(Form.CLIENT, readForm(members.get("client")));
        parts.forms.put(name, forms);
    }

    private Map<FieldPath, Optional<Transform>> readForm(@org.jspecify.annotations.Nullable YamlValue at) {
        Map<FieldPath, Optional<Transform>> form = new LinkedHashMap<>();
        if (at != null) {
            at.members().forEach((field, treatment) -> {
                boolean same = treatment.isScalar() && treatment.text().equals("same");
                Optional<Transform> own = same ? Optional.empty() : transforms().read(treatment);
                if (same || own.isPresent()) {
                    form.put(FieldPath.of(field), own);
                }
            });
        }
        return form;
    }

    private TransformReader transforms() {
        return new TransformReader(
                problems,
                parts.datasets.values().stream()
                        .filter(Dataset::visitorByDay)
                        .map(Dataset::name)
                        .collect(Collectors.toSet()));
    }

    private void readField(YamlValue at) {
        Map<String, YamlValue> members =
                at.members(Set.of("field", "clause", "because", "owner", "category", "routes", "examples"));
        YamlValue field = members.get("field");
        YamlValue clause = members.get("clause");
        if (field == null || clause == null) {
            problems.add(at, "a field rule needs field and clause");
            return;
        }
        if (!parts.clauses.containsKey(clause.text())) {
            problems.addUnknown(clause, "unknown clause " + clause.text(), clause.text(), parts.clauses.keySet());
        }
        Map<String, Transform> routes = new LinkedHashMap<>();
        if (members.containsKey("routes")) {
            members.get("routes").members().forEach((route, treatment) -> {
                if (!parts.routes.containsKey(route)) {
                    problems.addUnknown(treatment, "unknown route " + route, route, parts.routes.keySet());
                }
                transforms().read(treatment).ifPresent(transform -> routes.put(route, transform));
            });
        }
        FieldPath path = FieldPath.of(field.text());
        List<RuleExample> examples = new ArrayList<>();
        if (members.containsKey("examples")) {
            ExampleReader reader = new ExampleReader(problems, parts);
            members.get("examples").items().forEach(example -> reader.read(example)
                    .ifPresent(examples::add));
        }
        FieldRule rule = new FieldRule(
                path,
                clause.text(),
                textOf(members.get("because")),
                textOf(members.get("owner")),
                category(members.get("category")),
                routes,
                examples,
                at.file() + ":" + at.line());
        FieldRule before = parts.fields.put(path, rule);
        if (before != null && before.place().startsWith(at.file() + ":")) {
            problems.add(field, path + " has a rule already, at " + before.place());
        }
    }

    private static String textOf(@org.jspecify.annotations.Nullable YamlValue at) {
        return at == null ? "" : at.text();
    }

    private @org.jspecify.annotations.Nullable DataCategory category(@org.jspecify.annotations.Nullable YamlValue at) {
        return at == null ? null : PathReader.category(at, problems);
    }
}
