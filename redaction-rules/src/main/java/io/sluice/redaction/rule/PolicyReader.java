package io.sluice.redaction.rule;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.sluice.redaction.detect.Detector;
import io.sluice.redaction.detect.Detectors;
import io.sluice.redaction.detect.PatternDetector;
import io.sluice.redaction.detect.PatternReader;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.url.PathTemplates;
import io.sluice.redaction.yaml.Problem;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads a policy; reports all of its problems at once, each with file, line and column.
 *
 * <p>A policy with any problem does not load; an example that does not hold is one. Not thread-safe: one reader reads
 * one policy.
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
            "phoneRegions",
            "detectors");

    private static final Set<String> SIGNALS =
            Arrays.stream(SignalsShown.values()).map(SignalsShown::label).collect(Collectors.toUnmodifiableSet());

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
        return read(files, List.of());
    }

    /**
     * The policy.
     *
     * @param beside other policies that somebody may confuse it with: none may have its id and other content
     * @throws PolicyException with all its problems
     */
    public static RedactionPolicy read(PolicyFiles files, Collection<PolicyFiles> beside) throws PolicyException {
        PolicyReader reader = new PolicyReader(files);
        reader.readFile(files.main());
        reader.parts.settleVisitors();
        reader.refuseTwins(beside);
        if (reader.reading.contains(files.main())) {
            new PolicyLaws(reader.parts, reader.problems).check(files.main());
        }
        if (reader.problems.none()) {
            RedactionPolicy policy = new RedactionPolicy(reader.parts, files.hash());
            // The build has run the examples of what is shipped.
            if (!files.isShipped()) {
                RuleExamples.withThrowawayKeys(policy).failures().forEach(reader.problems::add);
            }
            if (reader.problems.none()) {
                return policy;
            }
        }
        throw new PolicyException(reader.problems.all());
    }

    private void readFile(String name) {
        String text = files.files().get(name);
        if (text == null) {
            problems.add(new Problem(files.main(), 1, 1, "the file " + name + " is missing", null));
        }
        YamlValue root = text == null ? null : YamlValue.read(name, text, problems);
        if (root == null || !reading.add(name)) {
            return;
        }
        Map<String, YamlValue> sections = root.members(SECTIONS);
        section(sections, "extends", this::readBase);
        YamlValue version = sections.get("policy");
        if (version == null || !version.text().matches("[A-Za-z0-9._-]{1,64}")) {
            problems.add(version == null ? root : version, "a policy needs its id: policy: NAME-DATE");
        } else {
            parts.version = version.text();
            parts.place(version, "policy");
        }
        section(sections, "optOutCookie", at -> parts.optOutCookie = at.text());
        section(sections, "phoneRegions", this::readPhoneRegions);
        section(sections, "clauses", at -> at.members().forEach(this::readClause));
        section(sections, "datasets", at -> at.members().forEach(this::readDataset));
        section(sections, "paths", this::readPaths);
        ConsentReader consent = new ConsentReader(problems, parts);
        section(sections, "purposes", at -> at.members().forEach(consent::readPurpose));
        FieldReader fields = new FieldReader(problems, parts);
        section(sections, "routes", at -> at.members().forEach(fields::readRoute));
        section(sections, "fields", at -> at.items().forEach(fields::readField));
        section(sections, "freeText", at -> at.items().forEach(this::readFreeText));
        section(sections, "detectors", at -> at.items().forEach(this::readDetectors));
    }

    private static void section(Map<String, YamlValue> sections, String name, Consumer<YamlValue> read) {
        YamlValue at = sections.get(name);
        if (at != null) {
            read.accept(at);
        }
    }

    private void readBase(YamlValue base) {
        String name = base.text() + ".yaml";
        if (files.files().containsKey(name)) {
            readFile(name);
        } else {
            problems.addUnknown(
                    base, "there is no shipped policy " + base.text() + " to extend", base.text(), PolicyFiles.SHIPPED);
        }
    }

    private void refuseTwins(Collection<PolicyFiles> beside) {
        PolicyFiles own = files.named(parts.version);
        YamlValue at = parts.places.get("policy");
        if (at == null) {
            return;
        }
        for (PolicyFiles other : beside) {
            boolean twin = other.id().filter(parts.version::equals).isPresent()
                    && !other.named(parts.version).hash().equals(own.hash());
            if (twin) {
                problems.add(
                        at,
                        "the policy " + parts.version + " exists already, with other content, in " + other.main()
                                + "; give this one an id of its own");
            }
        }
    }

    private void readPhoneRegions(YamlValue at) {
        parts.phoneRegions.clear();
        Set<String> known = PhoneNumberUtil.getInstance().getSupportedRegions();
        for (YamlValue item : at.items()) {
            if (!known.contains(item.text())) {
                problems.addUnknown(item, "unknown region " + item.text() + ", for one such as CA", item.text(), known);
            }
            parts.phoneRegions.add(item.text());
        }
    }

    private void readFreeText(YamlValue at) {
        String wrong = FieldPattern.problem(at.text());
        if (wrong != null) {
            problems.add(at, wrong);
        } else {
            parts.freeText.add(FieldPath.of(at.text()));
        }
    }

    private void readDetectors(YamlValue at) {
        String text = files.files().get(at.text());
        if (text == null) {
            problems.add(at, "there is no file " + at.text() + " beside the policy, or below its folder");
            return;
        }
        PatternReader reader = new PatternReader().read(at.text(), text);
        reader.problems()
                .forEach(problem -> problems.add(
                        new Problem(problem.file(), problem.line(), problem.column(), problem.message(), null)));
        Set<String> shipped = Detectors.shipped().stream().map(Detector::name).collect(Collectors.toSet());
        for (PatternDetector detector : reader.detectors()) {
            boolean taken = shipped.contains(detector.name())
                    || parts.detectors.stream().anyMatch(other -> other.name().equals(detector.name()));
            if (taken) {
                problems.add(new Problem(
                        detector.definition().file(),
                        detector.definition().line(),
                        1,
                        "there is a detector " + detector.name() + " already; choose another name",
                        null));
            }
            parts.detectors.add(detector);
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
        parts.place(at, "clauses", id);
    }

    private void readDataset(String name, YamlValue at) {
        Map<String, YamlValue> members = at.members(Set.of("hosts", "signals", "because"));
        YamlValue hosts = members.get("hosts");
        YamlValue signals = members.get("signals");
        String shown = signals == null ? SignalsShown.NOT_VISIBLE.label() : signals.text();
        Optional<SignalsShown> known = SignalsShown.of(shown);
        if (known.isEmpty()) {
            problems.addUnknown(
                    signals == null ? at : signals,
                    "signals is one of " + SIGNALS.stream().sorted().toList(),
                    shown,
                    SIGNALS);
        }
        YamlValue because = members.get("because");
        if (shown.equals(SignalsShown.NOT_COLLECTED.label()) && because == null) {
            problems.add(at, "signals: not-collected needs a because");
        }
        Dataset before = parts.datasets.get(name);
        parts.datasets.put(
                name,
                new Dataset(
                        name,
                        hosts == null ? Set.of() : Set.copyOf(hosts.texts()),
                        known.orElse(SignalsShown.NOT_VISIBLE),
                        because == null ? "" : because.text(),
                        before == null ? new PathTemplates(List.of()) : before.paths()));
    }

    /** The paths of a policy that extends another stand beside those of that one; the same template is replaced. */
    private void readPaths(YamlValue at) {
        at.members().forEach((name, list) -> {
            Dataset dataset = parts.datasets.get(name);
            if (dataset == null) {
                problems.addUnknown(list, "unknown dataset " + name, name, parts.datasets.keySet());
                return;
            }
            PathReader reader = new PathReader(problems, parts, name);
            reader.read(list, parts.paths.computeIfAbsent(name, unused -> new LinkedHashMap<>()))
                    .ifPresent(paths -> parts.datasets.put(
                            name, new Dataset(name, dataset.hosts(), dataset.signals(), dataset.because(), paths)));
        });
    }
}
