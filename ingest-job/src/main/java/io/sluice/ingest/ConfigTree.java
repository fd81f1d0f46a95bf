package io.sluice.ingest;

import io.sluice.redaction.yaml.Problem;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a configuration file by their full names, with what the environment overrides.
 *
 * <p>The variable of a setting is {@code SLUICE_} and its name in capitals, everything but letters and digits as
 * {@code _}: {@code kafka.bootstrap.servers} is {@code SLUICE_KAFKA_BOOTSTRAP_SERVERS}. {@code sources} and
 * {@code own-hosts} cannot be overridden.
 */
final class ConfigTree {
    /** The parts of the file and the settings of each; those of {@code kafka} and {@code flink} are the makers' own. */
    private static final Map<String, Set<String>> PARTS = Map.ofEntries(
            Map.entry("job", Set.of()),
            Map.entry("parallelism", Set.of()),
            Map.entry("own-hosts", Set.of()),
            Map.entry("sources", Set.of()),
            Map.entry("kafka", Set.of()),
            Map.entry("flink", Set.of()),
            Map.entry("topics", Set.of("prefix")),
            Map.entry("keys", Set.of("path")),
            Map.entry("vault", Set.of("path")),
            Map.entry("subject-index", Set.of("path")),
            Map.entry("policy", Set.of("path")),
            Map.entry("checkpoints", Set.of("path", "interval-ms")),
            Map.entry("web", Set.of("port")),
            Map.entry("geo", Set.of("city", "asn", "unpack-into")),
            Map.entry(
                    "elasticsearch",
                    Set.of("urls", "ca", "user", "password", "api-key", "index-prefix", "install-templates")));

    private final YamlValue root;
    private final Problems problems;
    private final Map<String, YamlValue> values = new LinkedHashMap<>();
    private final Map<String, Setting> overrides = new HashMap<>();

    private ConfigTree(YamlValue root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    static ConfigTree of(YamlValue root, Map<String, String> environment, Problems problems) {
        ConfigTree tree = new ConfigTree(root, problems);
        root.members(PARTS.keySet()).forEach(tree::take);
        tree.override(environment);
        return tree;
    }

    private void take(String part, YamlValue value) {
        Set<String> own = PARTS.getOrDefault(part, Set.of());
        if (part.equals("kafka") || part.equals("flink")) {
            value.members().forEach((name, each) -> values.put(part + "." + name, each));
        } else if (own.isEmpty()) {
            values.put(part, value);
        } else {
            value.members(own).forEach((name, each) -> values.put(part + "." + name, each));
        }
    }

    private void override(Map<String, String> environment) {
        Map<String, String> names = new HashMap<>();
        for (String name : overridable()) {
            names.put(variable(name), name);
        }
        environment.forEach((variable, value) -> {
            String name = names.get(variable);
            if (name != null) {
                overrides.put(name, Setting.ofEnvironment(variable, value));
            } else if (isMeantForUs(variable)) {
                Setting.ofEnvironment(variable, value)
                        .complain(problems, "no setting has this variable", variable, names.keySet());
            }
        });
    }

    private static boolean isMeantForUs(String variable) {
        return PARTS.keySet().stream()
                .filter(part ->
                        !PARTS.getOrDefault(part, Set.of()).isEmpty() || part.equals("kafka") || part.equals("flink"))
                .anyMatch(part -> variable.startsWith(variable(part) + "_"));
    }

    private static Set<String> overridable() {
        Set<String> names = new TreeSet<>(List.of("job", "parallelism"));
        PARTS.forEach((part, own) -> own.forEach(name -> names.add(part + "." + name)));
        KafkaSettings.known().forEach(name -> names.add("kafka." + name));
        FlinkKeys.known().forEach(name -> names.add("flink." + name));
        return names;
    }

    private static String variable(String name) {
        return "SLUICE_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The setting of that full name, such as {@code checkpoints.path}, or null. */
    @Nullable
    Setting find(String name) {
        Setting override = overrides.get(name);
        YamlValue value = values.get(name);
        return override != null || value == null ? override : Setting.of(value);
    }

    /** The value as it stands in the file, for those that are no single setting. */
    @Nullable
    YamlValue value(String name) {
        return values.get(name);
    }

    /** The settings of a list; from the environment, separated by commas. */
    List<Setting> list(String name) {
        Setting override = overrides.get(name);
        YamlValue value = values.get(name);
        List<Setting> all = new ArrayList<>();
        if (override != null) {
            Arrays.stream(override.written().split(",", -1))
                    .map(each -> new Setting(override.file(), 1, 1, each.strip()))
                    .forEach(all::add);
        } else if (value != null) {
            value.items().stream().map(Setting::of).forEach(all::add);
        }
        return all;
    }

    /** All settings of a part, by their names within it. */
    Map<String, Setting> section(String part) {
        Map<String, Setting> section = new LinkedHashMap<>();
        String start = part + ".";
        values.forEach((name, value) -> {
            if (name.startsWith(start)) {
                section.put(name.substring(start.length()), Setting.of(value));
            }
        });
        overrides.forEach((name, setting) -> {
            if (name.startsWith(start)) {
                section.put(name.substring(start.length()), setting);
            }
        });
        return section;
    }

    void missing(String name) {
        problems.add(new Problem(root.file(), root.line(), root.column(), name + " is missing", null));
    }
}
