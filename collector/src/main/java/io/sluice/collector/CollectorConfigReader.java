package io.sluice.collector;

import io.sluice.collector.request.Addresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the collector's configuration:
 *
 * <pre>
 * listen: {host: 127.0.0.1, port: 8483}     # the default; port 0 takes a free one
 * topic: raw.usage-events                   # the default; with its prefix, if topics have one
 * dataset: application                      # the default
 * kafka:                                    # client properties, as they are
 *   bootstrap.servers: 127.0.0.1:9092
 *   sasl.jaas.config: ${file:kafka-collector.jaas}
 * opt-out-cookie: analytics_opt_out         # the default
 * trusted-proxies: [192.0.2.0/24]           # default none: the peer is the client
 * origins: ['https://www.example.com']      # default: any
 * limits: {body-bytes: 1048576, requests-per-second: 200}   # the defaults; the latter of one client network
 * gpc-last-update: 2024-01-10               # the default; what gpc.json says
 * </pre>
 *
 * <p>{@code ${file:NAME}} is the text of a file without a last line end, {@code ${env:NAME}} a variable of the
 * environment. Relative paths lie beside the file. Not thread-safe.
 */
final class CollectorConfigReader {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)}");
    private static final List<String> NAMES = List.of(
            "listen",
            "topic",
            "dataset",
            "kafka",
            "opt-out-cookie",
            "trusted-proxies",
            "origins",
            "limits",
            "gpc-last-update");
    private static final int MOST_BYTES = 1024 * 1024;

    private final Path folder;
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    private CollectorConfigReader(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    static CollectorConfig read(Path file, Map<String, String> environment) throws ConfigRefused {
        Object root;
        try {
            root = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        } catch (IOException e) {
            throw new ConfigRefused("The configuration " + file + " cannot be read; look at its path and rights.", e);
        } catch (YamlEngineException e) {
            throw new ConfigRefused("The configuration " + file + " is no YAML; look at its indents and quotes.", e);
        }
        Path parent = file.toAbsolutePath().getParent();
        CollectorConfigReader reader = new CollectorConfigReader(parent == null ? file : parent, environment);
        CollectorConfig config = reader.config(reader.members("", root, NAMES));
        if (!reader.problems.isEmpty()) {
            throw new ConfigRefused(file + ": " + String.join("\n" + file + ": ", reader.problems));
        }
        return config;
    }

    private CollectorConfig config(Map<String, Object> root) {
        Map<String, Object> listen = members("listen", root.get("listen"), List.of("host", "port"));
        Map<String, Object> limits =
                members("limits", root.get("limits"), List.of("body-bytes", "requests-per-second"));
        Map<String, String> kafka = new LinkedHashMap<>();
        members("kafka", root.get("kafka"), null).forEach((name, value) -> kafka.put(name, text(value, "")));
        if (!kafka.containsKey("bootstrap.servers")) {
            problems.add("kafka.bootstrap.servers is missing");
        }
        List<String> proxies = texts(root.get("trusted-proxies"), List.of());
        for (String proxy : proxies) {
            try {
                Addresses.Network.of(proxy);
            } catch (IllegalArgumentException e) {
                problems.add("trusted-proxies holds " + e.getMessage());
            }
        }
        return new CollectorConfig(
                text(listen.get("host"), "127.0.0.1"),
                number("listen.port", listen.get("port"), 8483, 0, 65_535),
                text(root.get("topic"), "raw.usage-events"),
                text(root.get("dataset"), "application"),
                Map.copyOf(kafka),
                text(root.get("opt-out-cookie"), "analytics_opt_out"),
                proxies,
                texts(root.get("origins"), List.of("*")),
                number("limits.body-bytes", limits.get("body-bytes"), MOST_BYTES, 1, MOST_BYTES),
                number("limits.requests-per-second", limits.get("requests-per-second"), 200, 1, 1_000_000),
                date(text(root.get("gpc-last-update"), "2024-01-10")));
    }

    private Map<String, Object> members(String at, @Nullable Object value, @Nullable List<String> known) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> {
                if (known != null && !known.contains(String.valueOf(name))) {
                    problems.add((at.isEmpty() ? "" : at + ".") + name + " is not known; known are "
                            + String.join(", ", known));
                } else if (member != null) {
                    members.put(String.valueOf(name), member);
                }
            });
        } else if (value != null) {
            problems.add((at.isEmpty() ? "the file" : at) + " is no map of names to values");
        }
        return members;
    }

    private int number(String at, @Nullable Object value, int otherwise, int least, int most) {
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer number && number >= least && number <= most) {
            return number;
        }
        problems.add(at + " is a number from " + least + " to " + most);
        return otherwise;
    }

    private String date(String text) {
        try {
            return LocalDate.parse(text).toString();
        } catch (DateTimeException e) {
            problems.add("gpc-last-update is a day like 2024-01-10");
            return text;
        }
    }

    private List<String> texts(@Nullable Object value, List<String> otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> text(item, "")).toList();
        }
        return List.of(text(value, ""));
    }

    private String text(@Nullable Object value, String otherwise) {
        if (value == null) {
            return otherwise;
        }
        Matcher matcher = REFERENCE.matcher(String.valueOf(value));
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String named = matcher.group(1).equals("env") ? variable(matcher.group(2)) : contents(matcher.group(2));
            matcher.appendReplacement(text, Matcher.quoteReplacement(named));
        }
        return matcher.appendTail(text).toString();
    }

    private String variable(String name) {
        String value = environment.get(name);
        if (value == null) {
            problems.add("the environment has no variable " + name);
            return "";
        }
        return value;
    }

    private String contents(String name) {
        try {
            return Files.readString(folder.resolve(name)).stripTrailing();
        } catch (IOException e) {
            problems.add("the file " + folder.resolve(name) + " cannot be read");
            return "";
        }
    }
}
