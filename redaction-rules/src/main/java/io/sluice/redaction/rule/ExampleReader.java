package io.sluice.redaction.rule;

import io.sluice.redaction.event.Value;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the examples of a rule. */
final class ExampleReader {
    private final Problems problems;
    private final PolicyParts parts;

    ExampleReader(Problems problems, PolicyParts parts) {
        this.problems = problems;
        this.parts = parts;
    }

    Optional<RuleExample> read(YamlValue at) {
        Set<String> allowed = new HashSet<>(parts.routes.keySet());
        allowed.addAll(Set.of("value", "number", "time", "dataset", "with"));
        Map<String, YamlValue> members = at.members(allowed);
        YamlValue dataset = members.remove("dataset");
        YamlValue with = members.remove("with");
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
        return Optional.of(new RuleExample(value, label, others, expected, at.file() + ":" + at.line()));
    }

    private Value value(YamlValue at, Map<String, YamlValue> members) {
        YamlValue text = members.remove("value");
        YamlValue number = members.remove("number");
        YamlValue time = members.remove("time");
        if (number != null) {
            return new Value.Whole(number.number(0));
        }
        if (time != null) {
            try {
                return new Value.Moment(java.time.Instant.parse(time.text()).toEpochMilli());
            } catch (java.time.format.DateTimeParseException e) {
                problems.add(time, "a time such as 2024-01-10T12:00:00Z is needed here");
            }
        }
        if (text == null) {
            if (time == null) {
                problems.add(at, "an example needs a value, a number or a time");
            }
            return new Value.Text("?");
        }
        return new Value.Text(text.text());
    }
}
