package io.sluice.cli.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.infra.kafka.ScramLogin;
import io.sluice.infra.topics.Principal;
import io.sluice.ingest.Setting;
import io.sluice.redaction.yaml.Problem;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka to send to.
 *
 * @param topics its topics
 * @param client properties of a Kafka client, secrets among them
 */
public record SendTarget(Topics topics, Map<String, String> client) {
    /**
     * The one that {@code up} runs for a folder, as its user {@code sender}.
     *
     * @throws SendProblem if none runs there, or this user may not read its password
     */
    public static SendTarget ofFolder(Path dir) throws SendProblem {
        ObjectMapper json = new ObjectMapper();
        Path endpoints = dir.resolve("endpoints.json");
        if (!Files.exists(endpoints)) {
            throw new SendProblem(
                    "no Sluice runs in " + dir + ": start it with `sluice up`, or name a Kafka with" + " --config");
        }
        String user = Principal.SENDER.user();
        try {
            JsonNode address = json.readTree(Files.readAllBytes(endpoints)).path("kafka");
            JsonNode password = json.readTree(Files.readAllBytes(dir.resolve("passwords.json")))
                    .path("kafka")
                    .path(user);
            if (!address.isTextual() || !password.isTextual()) {
                throw new SendProblem("the files in " + dir + " name no Kafka yet: wait until `sluice up` has started");
            }
            return new SendTarget(
                    new Topics(""), ScramLogin.clientProperties(address.asText(), user, password.asText()));
        } catch (IOException e) {
            throw new SendProblem(
                    "cannot read endpoints.json and passwords.json in " + dir
                            + ": run as the user who runs `sluice up`, or name a Kafka with --config",
                    e);
        }
    }

    /**
     * The one of a configuration file, of which {@code kafka:} (properties of a client) and {@code topics: {prefix: …}}
     * are read as {@code run} reads them.
     *
     * @throws SendProblem naming file and line of every fault
     */
    public static SendTarget ofConfig(Path file, Map<String, String> environment) throws SendProblem {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new SendProblem("the configuration " + file + " cannot be read; look at its path and rights", e);
        }
        Problems problems = new Problems();
        Path parent = file.toAbsolutePath().getParent();
        Path folder = parent == null ? file : parent;
        YamlValue root = YamlValue.read(file.toString(), text, problems);
        SendTarget target =
                root == null ? null : read(root, problems, at -> Setting.of(at).resolve(folder, environment, problems));
        if (target == null || !problems.none()) {
            throw new SendProblem("the configuration is refused; correct and try again:\n"
                    + problems.all().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return target;
    }

    private static @Nullable SendTarget read(YamlValue root, Problems problems, Function<YamlValue, String> resolved) {
        Map<String, YamlValue> parts = root.members(Set.of("kafka", "topics"));
        YamlValue kafka = parts.get("kafka");
        YamlValue topics = parts.get("topics");
        YamlValue prefix =
                topics == null ? null : topics.members(Set.of("prefix")).get("prefix");
        Map<String, String> client = new HashMap<>();
        if (kafka != null) {
            kafka.members().forEach((name, value) -> client.put(name, resolved.apply(value)));
        }
        if (!client.containsKey("bootstrap.servers")) {
            problems.add(kafka == null ? root : kafka, "kafka needs bootstrap.servers");
            return null;
        }
        return new SendTarget(new Topics(prefix == null ? "" : resolved.apply(prefix)), client);
    }

    /** The address, for messages. */
    public String address() {
        return client.getOrDefault("bootstrap.servers", "");
    }

    @Override
    public String toString() {
        return "SendTarget[" + address() + "]";
    }
}
