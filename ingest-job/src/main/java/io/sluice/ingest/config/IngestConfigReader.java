package io.sluice.ingest.config;

import io.sluice.ingest.source.SourceOption;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.References;
import io.sluice.redaction.yaml.YamlValue;
import io.sluice.sinks.elasticsearch.Credentials;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.elasticsearch.Secret;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a job's configuration from YAML and finds all its problems at once.
 *
 * <pre>
 * job: boundary              # or index
 * topics-prefix: ""          # the default
 * kafka:                     # client properties, as they are: TLS, SASL, client certificates
 *   bootstrap.servers: broker-1:9092
 *   sasl.jaas.config: ${file:boundary.jaas}
 * keys: keys                 # folder of the key store (boundary)
 * vault: vault               # folder of the vault (boundary)
 * subject-index: subjects    # folder of the subject index (index)
 * elasticsearch:             # (index)
 *   urls: [https://es-1:9200]
 *   user: sluice-index
 *   password: ${env:ES_PASSWORD}   # or api-key; a file or the environment, never the text itself
 *   ca: ca.pem               # optional
 *   index-prefix: ""         # the default
 * policy: ottomatiq-2024-01-10   # a shipped one, or a file; the default
 * sources:                   # what senders may not change
 *   raw.access-logs: {format: combined, dataset: marketing-site, trusted-proxies: "10.0.0.0/8"}
 * geo: {places: city.mmdb, networks: asn.mmdb, unpack-into: geo}
 * checkpoints: checkpoints
 * parallelism: 2             # the default: 1
 * web-port: 0                # the default: any free one
 * flink: {taskmanager.memory.network.fraction: "0.1"}
 * </pre>
 *
 * <p>Relative paths lie beside the file. The environment overrides a key: {@code SLUICE_VAULT}, {@code SLUICE_WEB_PORT},
 * {@code SLUICE_ELASTICSEARCH_URLS}; of the sections {@code kafka} and {@code flink} an underscore stands for a dot and
 * two for a hyphen: {@code SLUICE_KAFKA_BOOTSTRAP_SERVERS}. Not thread-safe.
 */
public final class IngestConfigReader {
    private static final Set<String> KEYS = Set.of(
            "job", "topics-prefix", "kafka", "keys", "vault", "subject-index", "elasticsearch", "policy", "sources", "geo",
            "checkpoints", "parallelism", "web-port", "flink");
    private static final Pattern SECRET = Pattern.compile("\\$\\{(file|env):([^}]+)}");

    private final Path folder;
    private final Map<String, String> environment;
    private final Problems problems = new Problems();
    private final References references;

    private IngestConfigReader(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
        this.references = new References(folder, environment, problems);
    }

    /**
     * The configuration of a file.
     *
     * @throws ConfigRefused if it cannot be read, or says what the job does not understand
     */
    public static IngestConfig read(Path file, Map<String, String> environment) throws ConfigRefused {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ConfigRefused("The configuration " + file + " cannot be read; look at its path and rights.");
        }
        Path parent = file.toAbsolutePath().getParent();
        IngestConfigReader reader = new IngestConfigReader(parent == null ? file : parent, environment);
        YamlValue root = YamlValue.read(file.toString(), text, reader.problems);
        IngestConfig config = root == null ? null : reader.config(root);
        if (config == null || !reader.problems.none()) {
            throw new ConfigRefused(reader.problems.all());
        }
        return config;
    }

    private @Nullable IngestConfig config(YamlValue root) {
        Map<String, YamlValue> parts = root.members(KEYS);
        Optional<IngestConfig.Job> job = job(root, parts.get("job"));
        PolicyFiles policy = policy(root, parts.get("policy"));
        Map<String, String> kafka = properties("KAFKA", parts.get("kafka"));
        if (!kafka.containsKey("bootstrap.servers")) {
            problems.add(parts.getOrDefault("kafka", root), "kafka needs bootstrap.servers");
        }
        Path checkpoints = path("checkpoints", parts.get("checkpoints"));
        if (checkpoints == null) {
            problems.add(root, "checkpoints is missing: the folder from which a job goes on after a stop");
        }
        if (job.isEmpty() || policy == null || checkpoints == null) {
            return null;
        }
        IngestConfig config = new IngestConfig(
                job.get(),
                new Topics(text("topics-prefix", parts.get("topics-prefix"), "")),
                kafka,
                elasticsearch(parts.get("elasticsearch")),
                path("vault", parts.get("vault")),
                path("subject-index", parts.get("subject-index")),
                path("keys", parts.get("keys")),
                policy,
                sources(parts.get("sources")),
                geo(parts.get("geo")),
                checkpoints,
                number("parallelism", parts.get("parallelism"), 1, 1, 32_768),
                number("web-port", parts.get("web-port"), 0, 0, 65_535),
                properties("FLINK", parts.get("flink")));
        complete(root, config);
        return config;
    }

    private void complete(YamlValue root, IngestConfig config) {
        Map<String, @Nullable Object> needed = new HashMap<>();
        if (config.job() == IngestConfig.Job.BOUNDARY) {
            needed.put("keys", config.keys());
            needed.put("vault", config.vault());
        } else {
            needed.put("elasticsearch", config.elasticsearch());
            needed.put("subject-index", config.subjectIndex());
        }
        needed.forEach((name, value) -> {
            if (value == null) {
                problems.add(root, name + " is missing, and this job needs it");
            }
        });
    }

    private Optional<IngestConfig.Job> job(YamlValue root, @Nullable YamlValue at) {
        String name = text("job", at, "");
        for (IngestConfig.Job job : IngestConfig.Job.values()) {
            if (job.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(job);
            }
        }
        problems.addUnknown(at == null ? root : at, "job is boundary or index", name, List.of("boundary", "index"));
        return Optional.empty();
    }

    private @Nullable PolicyFiles policy(YamlValue root, @Nullable YamlValue at) {
        String name = text("policy", at, PolicyFiles.DEFAULT);
        Optional<PolicyFiles> shipped = PolicyFiles.shipped(name);
        if (shipped.isPresent()) {
            return shipped.get();
        }
        try {
            return PolicyFiles.of(folder.resolve(name));
        } catch (IOException e) {
            problems.add(at == null ? root : at, "there is neither a shipped policy nor a file " + name);
            return null;
        }
    }

    private @Nullable ElasticsearchConnection elasticsearch(@Nullable YamlValue at) {
        if (at == null) {
            return null;
        }
        Map<String, YamlValue> own = at.members(Set.of("urls", "user", "password", "api-key", "ca", "index-prefix"));
        List<URI> urls = urls(at, own.get("urls"));
        Credentials credentials = credentials(at, own);
        Path ca = path("elasticsearch-ca", own.get("ca"));
        try {
            return new ElasticsearchConnection(
                    urls,
                    ca == null ? null : ca.toString(),
                    credentials,
                    text("elasticsearch-index-prefix", own.get("index-prefix"), ""));
        } catch (IllegalArgumentException e) {
            problems.add(at, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private List<URI> urls(YamlValue at, @Nullable YamlValue list) {
        String override = environment.get("SLUICE_ELASTICSEARCH_URLS");
        List<String> texts = override != null
                ? Arrays.asList(override.split(",", -1))
                : list == null ? List.of() : list.texts();
        List<URI> urls = new ArrayList<>();
        for (String text : texts) {
            try {
                urls.add(URI.create(text.strip()));
            } catch (IllegalArgumentException e) {
                problems.add(list == null ? at : list, "no address; write one like https://127.0.0.1:9200");
            }
        }
        return urls;
    }

    private Credentials credentials(YamlValue at, Map<String, YamlValue> own) {
        YamlValue key = own.get("api-key");
        YamlValue user = own.get("user");
        YamlValue password = own.get("password");
        if (key != null && (user != null || password != null)) {
            problems.add(key, "either user and password or api-key, not both");
        }
        if (key != null) {
            return secret(key).<Credentials>map(Credentials.ApiKey::new).orElseGet(Credentials.Anonymous::new);
        }
        if (user == null && password == null) {
            return new Credentials.Anonymous();
        }
        if (user == null || password == null) {
            problems.add(at, "elasticsearch needs both user and password");
            return new Credentials.Anonymous();
        }
        return secret(password)
                .<Credentials>map(secret -> new Credentials.User(text("elasticsearch-user", user, ""), secret))
                .orElseGet(Credentials.Anonymous::new);
    }

    /** A secret by its place: so neither the job graph nor a checkpoint holds it. */
    private Optional<Secret> secret(YamlValue at) {
        Matcher reference = SECRET.matcher(at.text());
        if (!reference.matches()) {
            problems.add(at, "a secret stands in a file or the environment: ${file:NAME} or ${env:NAME}");
            return Optional.empty();
        }
        references.text(at);
        return Optional.of(
                reference.group(1).equals("env")
                        ? Secret.ofEnvironment(reference.group(2))
                        : Secret.ofFile(folder.resolve(reference.group(2))));
    }

    private Map<String, Map<String, String>> sources(@Nullable YamlValue at) {
        Map<String, Map<String, String>> sources = new HashMap<>();
        if (at == null) {
            return sources;
        }
        List<String> labels =
                Arrays.stream(SourceOption.values()).map(SourceOption::label).toList();
        at.members(Set.copyOf(new Topics("").raw())).forEach((topic, options) -> {
            Map<String, String> pinned = new HashMap<>();
            options.members(Set.copyOf(labels)).forEach((name, value) -> {
                String text = value.isList() ? String.join(",", value.texts()) : value.text();
                pinned.put(name, text);
                check(name, text, value);
            });
            sources.put(topic, pinned);
        });
        return sources;
    }

    private void check(String option, String text, YamlValue at) {
        for (SourceOption known : SourceOption.values()) {
            if (known.label().equals(option)) {
                try {
                    known.set(io.sluice.ingest.parse.SourceOptions.DEFAULT, text);
                } catch (IllegalArgumentException e) {
                    problems.add(at, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private IngestConfig.Geo geo(@Nullable YamlValue at) {
        if (at == null) {
            return new IngestConfig.Geo(null, null, null);
        }
        Map<String, YamlValue> own = at.members(Set.of("places", "networks", "unpack-into"));
        return new IngestConfig.Geo(
                path("geo-places", own.get("places")),
                path("geo-networks", own.get("networks")),
                path("geo-unpack-into", own.get("unpack-into")));
    }

    private Map<String, String> properties(String section, @Nullable YamlValue at) {
        Map<String, String> properties = new HashMap<>();
        if (at != null) {
            at.members().forEach((name, value) -> properties.put(name, references.text(value)));
        }
        String prefix = "SLUICE_" + section + "_";
        environment.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                String key = name.substring(prefix.length()).toLowerCase(Locale.ROOT);
                properties.put(key.replace("__", "-").replace('_', '.'), value);
            }
        });
        return properties;
    }

    private int number(String key, @Nullable YamlValue at, int otherwise, int least, int most) {
        String override = environment.get(variable(key));
        if (at == null && override == null) {
            return otherwise;
        }
        long number;
        try {
            number = override != null ? Long.parseLong(override) : at == null ? otherwise : at.number(otherwise);
        } catch (NumberFormatException e) {
            number = least - 1L;
        }
        if ((number < least || number > most) && at != null) {
            problems.add(at, key + " lies between " + least + " and " + most);
        }
        return (int) Math.max(least, Math.min(most, number));
    }

    private @Nullable Path path(String key, @Nullable YamlValue at) {
        String text = text(key, at, "");
        return text.isEmpty() ? null : folder.resolve(text);
    }

    private String text(String key, @Nullable YamlValue at, String otherwise) {
        String override = environment.get(variable(key));
        if (override != null) {
            return override;
        }
        return at == null ? otherwise : references.text(at);
    }

    private static String variable(String key) {
        return "SLUICE_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
