package io.sluice.ingest;

import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.source.SourceOption;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import io.sluice.sinks.elasticsearch.Credentials;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.elasticsearch.Secret;
import io.sluice.sinks.topics.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads an {@link IngestConfig} and finds all problems at once. Not thread-safe. */
final class ConfigReader {
    private final Path folder;
    private final Map<String, String> environment;
    private final Problems problems;

    ConfigReader(Path folder, Map<String, String> environment, Problems problems) {
        this.folder = folder;
        this.environment = environment;
        this.problems = problems;
    }

    /** The configuration; null or half filled if there were problems. */
    @Nullable
    IngestConfig read(YamlValue root) {
        ConfigTree tree = ConfigTree.of(root, environment, problems);
        JobKind job = job(tree);
        Topics topics = new Topics(prefix(tree));
        Path checkpoints = neededPath(tree, "checkpoints.path");
        IngestConfig.Stores stores = new IngestConfig.Stores(
                checkpoints == null ? folder : checkpoints,
                job == JobKind.BOUNDARY ? neededPath(tree, "keys.path") : path(tree, "keys.path"),
                job == JobKind.BOUNDARY ? neededPath(tree, "vault.path") : path(tree, "vault.path"),
                job == JobKind.INDEX ? neededPath(tree, "subject-index.path") : path(tree, "subject-index.path"),
                path(tree, "policy.path"));
        IngestConfig config = new IngestConfig(
                job == null ? JobKind.BOUNDARY : job,
                topics,
                (int) number(tree, "parallelism", 1, 1, 1024),
                kafka(tree),
                stores,
                sources(tree, topics),
                geo(tree),
                elasticsearch(tree, job),
                flag(tree, "elasticsearch.install-templates", true),
                Duration.ofMillis(number(tree, "checkpoints.interval-ms", 1000, 100, 600_000)),
                (int) number(tree, "web.port", 0, 0, 65_535),
                flink(tree));
        return config;
    }

    private @Nullable JobKind job(ConfigTree tree) {
        Setting setting = needed(tree, "job");
        if (setting == null) {
            return null;
        }
        String label = text(setting);
        JobKind job = JobKind.byLabel(label).orElse(null);
        if (job == null) {
            setting.complain(problems, "job is boundary or index, not " + label, label, JobKind.labels());
        }
        return job;
    }

    private String prefix(ConfigTree tree) {
        Setting setting = tree.find("topics.prefix");
        String prefix = setting == null ? "" : text(setting);
        if (setting != null && !prefix.matches("[A-Za-z0-9._-]{0,100}")) {
            setting.complain(problems, "a prefix of topics has letters, digits, '.', '_' and '-' only");
        }
        return prefix;
    }

    private KafkaSettings kafka(ConfigTree tree) {
        Map<String, String> properties = new HashMap<>();
        tree.section("kafka").forEach((name, setting) -> {
            if (KafkaSettings.OWN.containsKey(name)) {
                setting.complain(problems, "kafka." + name + " is set by the job: " + KafkaSettings.OWN.get(name));
            } else if (!KafkaSettings.known().contains(name)) {
                setting.complain(problems, "no client of Kafka has a property " + name, name, KafkaSettings.known());
            } else {
                properties.put(name, text(setting));
            }
        });
        if (!properties.containsKey("bootstrap.servers")) {
            tree.missing("kafka.bootstrap.servers");
        }
        Setting timeout = tree.find("kafka.transaction.timeout.ms");
        if (timeout != null && !text(timeout).matches("[0-9]{1,9}")) {
            timeout.complain(problems, "transaction.timeout.ms is a number of milliseconds, at most 999999999");
            properties.remove("transaction.timeout.ms");
        }
        return new KafkaSettings(properties);
    }

    private Map<String, String> flink(ConfigTree tree) {
        Map<String, String> settings = new LinkedHashMap<>();
        tree.section("flink").forEach((name, setting) -> {
            if (FlinkKeys.OWN.containsKey(name)) {
                setting.complain(problems, "flink." + name + " cannot be set: " + FlinkKeys.OWN.get(name));
            } else if (!FlinkKeys.isFree(name) && !FlinkKeys.known().contains(name)) {
                setting.complain(problems, "Flink has no setting " + name, name, FlinkKeys.known());
            } else {
                settings.put(name, text(setting));
            }
        });
        return settings;
    }

    private Map<String, Map<SourceOption, String>> sources(ConfigTree tree, Topics topics) {
        Map<String, Map<SourceOption, String>> sources = new HashMap<>();
        Map<String, SourceOption> options =
                Arrays.stream(SourceOption.values()).collect(Collectors.toMap(SourceOption::label, o -> o));
        YamlValue all = tree.value("sources");
        if (all == null) {
            return sources;
        }
        List<String> names = topics.raw().stream()
                .map(name -> name.substring(topics.prefix().length()))
                .toList();
        all.members().forEach((topic, own) -> {
            if (!names.contains(topic)) {
                problems.addUnknown(own, "no raw topic is called " + topic, topic, names);
                return;
            }
            Map<SourceOption, String> pinned = new EnumMap<>(SourceOption.class);
            own.members(options.keySet()).forEach((name, value) -> {
                String text = value.isList() ? String.join(",", value.texts()) : text(Setting.of(value));
                SourceOption option = options.get(name);
                if (option != null && isUnderstood(option, text, value)) {
                    pinned.put(option, text);
                }
            });
            sources.put(topics.prefix() + topic, pinned);
        });
        return sources;
    }

    private boolean isUnderstood(SourceOption option, String text, YamlValue at) {
        try {
            option.set(SourceOptions.DEFAULT, text);
            return true;
        } catch (IllegalArgumentException e) {
            problems.add(at, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private IngestConfig.Geo geo(ConfigTree tree) {
        YamlValue hosts = tree.value("own-hosts");
        return new IngestConfig.Geo(
                path(tree, "geo.city"),
                path(tree, "geo.asn"),
                path(tree, "geo.unpack-into"),
                hosts == null ? List.of() : hosts.texts());
    }

    private @Nullable ElasticsearchConnection elasticsearch(ConfigTree tree, @Nullable JobKind job) {
        List<Setting> urls = tree.list("elasticsearch.urls");
        if (urls.isEmpty()) {
            if (job == JobKind.INDEX) {
                tree.missing("elasticsearch.urls");
            }
            return null;
        }
        Path ca = path(tree, "elasticsearch.ca");
        Setting prefix = tree.find("elasticsearch.index-prefix");
        try {
            return new ElasticsearchConnection(
                    urls.stream().map(url -> URI.create(text(url))).toList(),
                    ca == null ? null : ca.toString(),
                    credentials(tree),
                    prefix == null ? "" : text(prefix));
        } catch (IllegalArgumentException e) {
            // The connection's own sentences hold no secret; those of URI name the text, which is an address.
            urls.get(0).complain(problems, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private Credentials credentials(ConfigTree tree) {
        Setting key = tree.find("elasticsearch.api-key");
        Setting user = tree.find("elasticsearch.user");
        Setting password = tree.find("elasticsearch.password");
        if (key != null) {
            if (user != null || password != null) {
                key.complain(problems, "give either user and password or api-key, not both");
            }
            return new Credentials.ApiKey(secret(key));
        }
        if (user == null && password == null) {
            return new Credentials.Anonymous();
        }
        if (user == null || password == null) {
            tree.missing(user == null ? "elasticsearch.user" : "elasticsearch.password");
            return new Credentials.Anonymous();
        }
        return new Credentials.User(text(user), secret(password));
    }

    /** A place and not a value: this one goes into the job graph. */
    private Secret secret(Setting setting) {
        Setting.Reference reference = setting.reference();
        if (reference == null) {
            setting.complain(
                    problems, "this secret is given by its place: ${file:PATH} or ${env:NAME}, and nothing else");
            return Secret.ofEnvironment("");
        }
        text(setting);
        return reference.kind().equals("env")
                ? Secret.ofEnvironment(reference.name())
                : Secret.ofFile(folder.resolve(reference.name()));
    }

    private String text(Setting setting) {
        return setting.resolve(folder, environment, problems);
    }

    private @Nullable Setting needed(ConfigTree tree, String key) {
        Setting setting = tree.find(key);
        if (setting == null) {
            tree.missing(key);
        }
        return setting;
    }

    private @Nullable Path path(ConfigTree tree, String key) {
        Setting setting = tree.find(key);
        if (setting == null) {
            return null;
        }
        String text = text(setting);
        if (text.isBlank()) {
            setting.complain(problems, key + " is empty");
            return null;
        }
        return folder.resolve(text).normalize();
    }

    private @Nullable Path neededPath(ConfigTree tree, String key) {
        if (tree.find(key) == null) {
            tree.missing(key);
            return null;
        }
        return path(tree, key);
    }

    private long number(ConfigTree tree, String key, long otherwise, long least, long most) {
        Setting setting = tree.find(key);
        if (setting == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text(setting));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        setting.complain(problems, key + " is a whole number from " + least + " to " + most);
        return otherwise;
    }

    private boolean flag(ConfigTree tree, String key, boolean otherwise) {
        Setting setting = tree.find(key);
        if (setting == null) {
            return otherwise;
        }
        String text = text(setting);
        if (!text.equals("true") && !text.equals("false")) {
            setting.complain(problems, key + " is true or false");
        }
        return text.equals("true");
    }
}
