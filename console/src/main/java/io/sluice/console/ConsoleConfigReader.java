package io.sluice.console;

import io.sluice.console.expiry.ExpirySettings;
import io.sluice.ingest.Setting;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import io.sluice.sinks.elasticsearch.Credentials;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.elasticsearch.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the server's configuration from YAML and finds all its problems at once.
 *
 * <pre>
 * server:
 *   host: 127.0.0.1          # the default
 *   port: 8480               # the default; 0 takes any free one
 *   behind-tls-proxy: false  # the default; true is needed for any other host than loopback
 *   zone: UTC                # the default; whose days the figures count
 *   accounts-file: accounts.json
 * keys: keys                 # folder of the key store
 * topics-prefix: ""          # the default
 * kafka:                     # client properties, as they are
 *   bootstrap.servers: 127.0.0.1:9092
 *   sasl.jaas.config: ${file:kafka-server.jaas}
 * elasticsearch:
 *   url: http://127.0.0.1:9200             # or a list
 *   user: sluice-server
 *   password: ${env:SLUICE_ES_PASSWORD}   # or api-key
 *   ca: ca.pem               # optional
 *   index-prefix: ""         # the default
 * expiry:                    # optional: what this server ends when its time is over
 *   vault: vault             # folder
 *   subject-index: subjects  # folder
 *   policy: policy.yaml      # says how long; the shipped one by default
 *   user: sluice-expiry      # at the same Elasticsearch, of the role that may list and drop indices
 *   password: ${file:expiry.password}     # or api-key
 * </pre>
 *
 * <p>{@code ${file:NAME}} is the text of a file without a last line end, {@code ${env:NAME}} a variable of the
 * environment. Relative paths lie beside the file. A secret is never repeated in a problem. Not thread-safe.
 */
final class ConsoleConfigReader {
    private static final int DEFAULT_PORT = 8480;
    private static final URI NOWHERE = URI.create("http://127.0.0.1");

    private final Path folder;
    private final Map<String, String> environment;
    private final Problems problems = new Problems();

    private ConsoleConfigReader(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * The configuration of a file.
     *
     * @throws ConfigRefused if it cannot be read, or says what the server does not understand
     */
    static ConsoleConfig read(Path file, Map<String, String> environment) throws ConfigRefused {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ConfigRefused("The configuration " + file + " cannot be read; look at its path and rights.", e);
        }
        Path parent = file.toAbsolutePath().getParent();
        ConsoleConfigReader reader = new ConsoleConfigReader(parent == null ? file : parent, environment);
        YamlValue root = YamlValue.read(file.toString(), text, reader.problems);
        ConsoleConfig config = root == null ? null : reader.config(root);
        if (config == null || !reader.problems.none()) {
            throw new ConfigRefused(reader.problems.all());
        }
        return config;
    }

    private @Nullable ConsoleConfig config(YamlValue root) {
        Map<String, YamlValue> parts =
                root.members(Set.of("server", "keys", "topics-prefix", "kafka", "elasticsearch", "expiry"));
        YamlValue server = needed(root, parts, "server");
        YamlValue keys = needed(root, parts, "keys");
        YamlValue kafka = needed(root, parts, "kafka");
        YamlValue elasticsearch = needed(root, parts, "elasticsearch");
        if (server == null || keys == null || kafka == null || elasticsearch == null) {
            return null;
        }
        Map<String, YamlValue> own =
                server.members(Set.of("host", "port", "behind-tls-proxy", "zone", "accounts-file"));
        YamlValue accounts = needed(server, own, "accounts-file");
        YamlValue proxy = own.get("behind-tls-proxy");
        ElasticsearchConnection events = elasticsearch(elasticsearch);
        YamlValue expiry = parts.get("expiry");
        ConsoleConfig config = new ConsoleConfig(
                text(own.get("host"), "127.0.0.1"),
                port(own.get("port")),
                proxy != null && proxy.flag(),
                zone(own.get("zone")),
                path(accounts),
                path(keys),
                text(parts.get("topics-prefix"), ""),
                properties(kafka),
                events,
                expiry == null ? null : expiry(expiry, events));
        if (!config.isLoopback() && !config.behindTlsProxy()) {
            problems.add(
                    own.getOrDefault("host", server),
                    "the server listens on loopback alone, unless a TLS proxy stands before it and behind-tls-proxy says so");
        }
        return config;
    }

    private ElasticsearchConnection elasticsearch(YamlValue at) {
        Map<String, YamlValue> own = at.members(Set.of("url", "user", "password", "api-key", "ca", "index-prefix"));
        List<URI> urls = new ArrayList<>();
        YamlValue url = needed(at, own, "url");
        if (url != null) {
            url.items().forEach(one -> urls.add(url(one)));
        }
        YamlValue ca = own.get("ca");
        try {
            return new ElasticsearchConnection(
                    urls.isEmpty() ? List.of(NOWHERE) : urls,
                    ca == null ? null : path(ca).toString(),
                    credentials(at, own),
                    text(own.get("index-prefix"), ""));
        } catch (IllegalArgumentException e) {
            problems.add(at, String.valueOf(e.getMessage()));
            return new ElasticsearchConnection(List.of(NOWHERE), null, new Credentials.Anonymous(), "");
        }
    }

    private @Nullable ExpirySettings expiry(YamlValue at, ElasticsearchConnection events) {
        Map<String, YamlValue> own =
                at.members(Set.of("vault", "subject-index", "policy", "user", "password", "api-key"));
        YamlValue vault = needed(at, own, "vault");
        YamlValue subjects = needed(at, own, "subject-index");
        Map<String, Duration> retentions = retentions(at, own.get("policy"));
        Credentials account = credentials(at, own);
        if (vault == null || subjects == null || retentions.isEmpty()) {
            return null;
        }
        ElasticsearchConnection connection =
                new ElasticsearchConnection(events.urls(), events.caCertificate(), account, events.prefix());
        return new ExpirySettings(path(vault), path(subjects), connection, retentions);
    }

    private Map<String, Duration> retentions(YamlValue at, @Nullable YamlValue file) {
        Map<String, Duration> retentions = new HashMap<>();
        try {
            PolicyFiles files =
                    file == null ? PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow() : PolicyFiles.of(path(file));
            PolicyReader.read(files)
                    .routes()
                    .values()
                    .forEach(route -> retentions.put(route.name(), route.retention()));
        } catch (PolicyException e) {
            problems.add(file == null ? at : file, "the policy does not load:\n" + e.getMessage());
        } catch (IOException e) {
            problems.add(file == null ? at : file, "the policy cannot be read; look at its path and rights");
        }
        return retentions;
    }

    private Credentials credentials(YamlValue at, Map<String, YamlValue> own) {
        YamlValue key = own.get("api-key");
        if (key != null) {
            if (own.containsKey("user") || own.containsKey("password")) {
                problems.add(key, "either user and password or api-key, not both");
            }
            return new Credentials.ApiKey(Secret.of(text(key, "").toCharArray()));
        }
        YamlValue user = needed(at, own, "user");
        YamlValue password = needed(at, own, "password");
        return new Credentials.User(text(user, ""), Secret.of(text(password, "").toCharArray()));
    }

    private Map<String, String> properties(YamlValue kafka) {
        Map<String, String> properties = new LinkedHashMap<>();
        kafka.members().forEach((name, value) -> properties.put(name, text(value, "")));
        if (!properties.containsKey("bootstrap.servers")) {
            problems.add(kafka, "bootstrap.servers is missing here");
        }
        return new HashMap<>(properties);
    }

    private @Nullable YamlValue needed(YamlValue at, Map<String, YamlValue> members, String name) {
        YamlValue value = members.get(name);
        if (value == null) {
            problems.add(at, name + " is missing here");
        }
        return value;
    }

    private int port(@Nullable YamlValue value) {
        long port = value == null ? DEFAULT_PORT : value.number(DEFAULT_PORT);
        if (value != null && (port < 0 || port > 65_535)) {
            problems.add(value, "a port lies between 0 and 65535");
        }
        return (int) port;
    }

    private ZoneId zone(@Nullable YamlValue value) {
        String name = text(value, "UTC");
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            if (value != null) {
                problems.add(value, "no such time zone; write one like America/Toronto");
            }
            return ZoneId.of("UTC");
        }
    }

    private URI url(YamlValue value) {
        try {
            return URI.create(text(value, ""));
        } catch (IllegalArgumentException e) {
            problems.add(value, "no address; write one like https://127.0.0.1:9200");
            return NOWHERE;
        }
    }

    private Path path(@Nullable YamlValue value) {
        return folder.resolve(text(value, ""));
    }

    private String text(@Nullable YamlValue value, String otherwise) {
        if (value == null) {
            return otherwise;
        }
        return Setting.of(value).resolve(folder, environment, problems);
    }
}
