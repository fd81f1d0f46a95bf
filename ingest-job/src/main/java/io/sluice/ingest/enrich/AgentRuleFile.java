package io.sluice.ingest.enrich;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The rules of our own for user agents, as {@code user-agents.yaml} has them.
 *
 * @param browsers for browsers and other programs, tried in this order
 * @param systems for operating systems, tried in this order
 */
record AgentRuleFile(List<AgentRule> browsers, List<AgentRule> systems) {
    private static final String SHIPPED = "user-agents.yaml";
    private static final String EXAMPLES = "    examples:";
    private static final String INSIDE_EXAMPLES = "      ";
    private static final Set<String> KEYS =
            Set.of("name", "because", "signs", "version-of", "with", "without", "examples");

    /** The rules of this build, whose tests have run their examples: they are left out unread, a tenth of a second. */
    static AgentRuleFile shipped() {
        return parse(shippedText()
                .lines()
                .filter(line -> !line.startsWith(INSIDE_EXAMPLES) && !line.equals(EXAMPLES))
                .collect(Collectors.joining("\n")));
    }

    /** The file as it is written. */
    static String shippedText() {
        try (InputStream stream = AgentRuleFile.class.getResourceAsStream(SHIPPED)) {
            if (stream == null) {
                throw new IllegalStateException(SHIPPED + " is missing from the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException if it is not written as rules are, or a rule has no examples, naming the rule */
    static AgentRuleFile read(String yaml) {
        AgentRuleFile file = parse(yaml);
        Stream.concat(file.browsers.stream(), file.systems.stream()).forEach(rule -> {
            if (rule.found().isEmpty() || rule.left().isEmpty()) {
                throw new IllegalArgumentException(rule.name() + " needs examples under \"found\" and under \"left\"");
            }
        });
        return file;
    }

    private static AgentRuleFile parse(String yaml) {
        try {
            Map<String, @Nullable Object> file = mapping(
                    new Load(LoadSettings.builder().setLabel(SHIPPED).build()).loadFromString(yaml),
                    "a file of user agents",
                    Set.of("browsers", "systems"));
            return new AgentRuleFile(rules(file.get("browsers")), rules(file.get("systems")));
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("rules for user agents are no valid YAML: " + e.getMessage());
        }
    }

    private static List<AgentRule> rules(@Nullable Object list) {
        List<AgentRule> rules = new ArrayList<>();
        if (list instanceof List<?> entries) {
            entries.forEach(entry -> rules.add(rule(mapping(entry, "a rule for user agents", KEYS))));
        }
        return rules;
    }

    private static AgentRule rule(Map<String, @Nullable Object> keys) {
        String name = text(keys.get("name"), "a rule", "name");
        Map<String, @Nullable Object> examples = mapping(keys.get("examples"), name, Set.of("found", "left"));
        AgentRule rule = new AgentRule(
                name,
                text(keys.get("because"), name, "because"),
                texts(keys.get("signs"), name, "signs"),
                keys.containsKey("version-of") ? text(keys.get("version-of"), name, "version-of") : null,
                texts(keys.get("with"), name, "with"),
                texts(keys.get("without"), name, "without"),
                texts(examples.get("found"), name, "found"),
                texts(examples.get("left"), name, "left"));
        if (rule.signs().isEmpty()) {
            throw new IllegalArgumentException(name + " needs signs");
        }
        return rule;
    }

    private static Map<String, @Nullable Object> mapping(@Nullable Object node, String what, Set<String> known) {
        Map<String, @Nullable Object> members = new HashMap<>();
        if (node instanceof Map<?, ?> mapping) {
            mapping.forEach((key, value) -> members.put(String.valueOf(key), value));
        }
        for (String key : members.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(what + " has no key \"" + key + "\"");
            }
        }
        return members;
    }

    private static List<String> texts(@Nullable Object node, String name, String key) {
        if (node == null) {
            return List.of();
        }
        if (node instanceof List<?> list) {
            return list.stream().map(each -> text(each, name, key)).toList();
        }
        throw new IllegalArgumentException(name + " needs a list of texts under \"" + key + "\"");
    }

    private static String text(@Nullable Object node, String name, String key) {
        if (node instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException(name + " needs a text under \"" + key + "\"; put numbers in quotes");
    }
}
