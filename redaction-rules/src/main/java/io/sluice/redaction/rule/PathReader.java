package io.sluice.redaction.rule;

import io.sluice.redaction.detect.DataCategory;
import io.sluice.redaction.url.ParameterRule;
import io.sluice.redaction.url.PathRule;
import io.sluice.redaction.url.PathTemplates;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the declared paths of a dataset. */
final class PathReader {
    private final Problems problems;
    private final PolicyParts parts;
    private final String dataset;

    PathReader(Problems problems, PolicyParts parts, String dataset) {
        this.problems = problems;
        this.parts = parts;
        this.dataset = dataset;
    }

    /**
     * The paths of a list beside those known before.
     *
     * @param rules by template; those of the list are put in
     */
    Optional<PathTemplates> read(YamlValue list, Map<String, PathRule> rules) {
        Set<String> here = new HashSet<>();
        for (YamlValue item : list.items()) {
            Optional<PathRule> read = item.isScalar()
                    ? Optional.of(new PathRule(item.text(), Map.of(), Map.of(), false, true))
                    : rule(item);
            read.ifPresent(rule -> {
                if (!rule.template().startsWith("/")) {
                    problems.add(item, "a path template begins with a slash, not as " + rule.template());
                }
                if (!here.add(rule.template())) {
                    problems.add(item, rule.template() + " stands here twice");
                }
                parts.place(item, "paths", dataset, rule.template());
                rules.put(rule.template(), rule);
            });
        }
        try {
            return Optional.of(new PathTemplates(new ArrayList<>(rules.values())));
        } catch (IllegalArgumentException e) {
            problems.add(list, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<PathRule> rule(YamlValue at) {
        Map<String, YamlValue> members = at.members(Set.of("path", "holds", "query", "audience", "page"));
        YamlValue template = members.get("path");
        if (template == null) {
            problems.add(at, "a path needs path: /its/:template");
            return Optional.empty();
        }
        Map<String, DataCategory> parameters = new LinkedHashMap<>();
        if (members.containsKey("holds")) {
            members.get("holds").members().forEach((name, value) -> {
                DataCategory category = category(value, problems);
                if (!List.of(template.text().split("/")).contains(":" + name)) {
                    problems.add(value, template.text() + " has no :" + name);
                } else if (category != null) {
                    parameters.put(name, category);
                }
            });
        }
        Map<String, ParameterRule> query = new LinkedHashMap<>();
        if (members.containsKey("query")) {
            members.get("query").members().forEach((name, value) -> query.put(name, parameter(value)));
        }
        YamlValue audience = members.get("audience");
        if (audience != null && !audience.text().equals("client")) {
            problems.addUnknown(audience, "the audience is client", audience.text(), List.of("client"));
        }
        YamlValue page = members.get("page");
        return Optional.of(
                new PathRule(template.text(), parameters, query, audience != null, page == null || page.flag()));
    }

    private static ParameterRule parameter(YamlValue at) {
        return at.isScalar() && at.text().equals("number")
                ? new ParameterRule.Number()
                : new ParameterRule.Listed(at.texts());
    }

    static @Nullable DataCategory category(YamlValue at, Problems problems) {
        DataCategory category = DataCategory.of(at.text());
        if (category == null) {
            List<String> labels = Arrays.stream(DataCategory.values())
                    .map(DataCategory::label)
                    .toList();
            problems.addUnknown(at, "unknown category " + at.text(), at.text(), labels);
        }
        return category;
    }
}
