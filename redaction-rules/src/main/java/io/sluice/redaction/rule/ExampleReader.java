package io.sluice.redaction.rule;

import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the examples of a rule. */
final class ExampleReader {
    private final Problems problems;
    private final PolicyParts parts;

    ExampleReader(Problems problems, PolicyParts parts) {
        this.problems = problems;
        this.parts = parts;
    }

    /** @param rule what the rule is for, or null if that is not known */
    Optional<RuleExample> read(YamlValue at, @Nullable FieldPattern rule) {
        Set<String> allowed = new HashSet<>(parts.routes.keySet());
        allowed.addAll(Set.of("value", "number", "time", "flag", "field", "dataset", "with"));
        Map<String, YamlValue> members = at.members(allowed);
        YamlValue dataset = members.remove("dataset");
        YamlValue with = members.remove("with");
        FieldPath field = field(at, members.remove("field"), rule);
        Value value = value(at, members);
        Map<String, String> others = new LinkedHashMap<>();
        if (with != null) {
            with.members().forEach((name, text) -> others.put(name, text.text()));
        }
        Map<String, String> expected = new LinkedHashMap<>();
        members.forEach((route, text) -> expected.put(route, text.text()));
        String label = dataset == null ? "application" : dataset.text();
        if (dataset != null && !parts.datasets.containsKey(label)) {
            problems.addUnknown(dataset, "unknown dataset " + label, label, parts.datasets.keySet());
        }
        return Optional.of(new RuleExample(value, field, label, others, expected, at.place()));
    }

    /** An example of a rule that is for many fields says which one it is about. */
    private @Nullable FieldPath field(YamlValue at, @Nullable YamlValue named, @Nullable FieldPattern rule) {
        boolean needed = rule != null && !rule.isExact();
        if (named == null) {
            if (needed) {
                problems.add(at, "an example of a rule with asterisks needs field: one that the rule is for");
            }
            return null;
        }
        if (rule != null && !rule.matches(named.text())) {
            problems.add(named, "the rule is not for the field " + named.text());
        }
        return FieldPath.of(named.text());
    }

    private Value value(YamlValue at, Map<String, YamlValue> members) {
        YamlValue text = members.remove("value");
        YamlValue number = members.remove("number");
        YamlValue time = members.remove("time");
        YamlValue flag = members.remove("flag");
        if (flag != null) {
            return new Value.Flag(flag.flag());
        }
        if (number != null) {
            return new Value.Whole(number.number(0));
        }
        if (time != null) {
            try {
                return new Value.Moment(Instant.parse(time.text()).toEpochMilli());
            } catch (DateTimeParseException e) {
                problems.add(time, "a time such as 2024-01-10T12:00:00Z is needed here");
            }
        }
        if (text == null) {
            if (time == null) {
                problems.add(at, "an example needs a value, a number, a time or a flag");
            }
            return new Value.Text("?");
        }
        return new Value.Text(text.text());
    }
}
