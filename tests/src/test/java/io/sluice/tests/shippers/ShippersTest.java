package io.sluice.tests.shippers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.ingest.source.SourceOption;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import io.sluice.sinks.topics.Topics;
import io.sluice.tests.command.Sluice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What can be seen of the shippers' configurations without these programs, which Debian does not have: topics,
 * acknowledgements, secrets, and that the parsers understand what would be sent.
 */
class ShippersTest {
    private static final Path SHIPPERS = Path.of("../infra/shippers");
    private static final Topics TOPICS = new Topics("");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECORD = "2024-01-10 12:00:01.000 ERROR [main] com.example.Start : broken \"twice\"\n"
            + "java.lang.IllegalStateException: x\n\tat com.example.Start.main(Start.java:1)";

    @TempDir
    Path folder;

    private static String text(String file) throws IOException {
        return Files.readString(SHIPPERS.resolve(file));
    }

    private static YamlValue yaml(String file) throws IOException {
        Problems problems = new Problems();
        YamlValue root = YamlValue.read(file, text(file), problems);
        assertTrue(problems.none(), () -> problems.all().toString());
        return root;
    }

    private static YamlValue at(YamlValue from, String... names) {
        YamlValue value = from;
        for (String name : names) {
            value = value.members().get(name);
            assertNotNull(value, name);
        }
        return value;
    }

    private static String textAt(YamlValue from, String... names) {
        return at(from, names).text();
    }

    @Test
    void vectorWritesBothTopicsAcknowledgedByAllReplicas() throws IOException {
        YamlValue root = yaml("vector.yaml");
        Map<String, YamlValue> sinks = at(root, "sinks").members();
        Set<String> topics = new TreeSet<>();
        for (YamlValue sink : sinks.values()) {
            topics.add(textAt(sink, "topic"));
            assertEquals("all", textAt(sink, "librdkafka_options", "acks"));
            assertEquals("true", textAt(sink, "acknowledgements", "enabled"));
            assertEquals("disk", textAt(sink, "buffer", "type"));
            assertEquals("block", textAt(sink, "buffer", "when_full"));
            assertEquals("SCRAM-SHA-512", textAt(sink, "sasl", "mechanism"));
            assertEquals("true", textAt(sink, "tls", "enabled"));
            String input = at(sink, "inputs").texts().get(0);
            String headers = textAt(root, "transforms", input, "source");
            Matcher names = Pattern.compile("\"(sluice-[a-z-]+)\":").matcher(headers);
            assertTrue(names.find());
            do {
                assertTrue(SourceOption.byHeader(names.group(1)).isPresent(), names.group(1));
            } while (names.find());
        }
        assertEquals(Set.of(TOPICS.rawAccessLogs(), TOPICS.rawAppLogs()), topics);
    }

    @Test
    void filebeatWritesBothTopicsAcknowledgedByAllReplicas() throws IOException {
        YamlValue root = yaml("filebeat.yml");
        Set<String> topics = new TreeSet<>();
        for (YamlValue input : at(root, "filebeat.inputs").items()) {
            topics.add(textAt(input, "fields", "sluice_topic"));
        }
        assertEquals(Set.of(TOPICS.rawAccessLogs(), TOPICS.rawAppLogs()), topics);
        YamlValue output = at(root, "output.kafka");
        assertEquals("%{[fields.sluice_topic]}", textAt(output, "topic"));
        assertEquals("%{[message]}", textAt(output, "codec.format.string"));
        assertEquals("-1", textAt(output, "required_acks"));
        assertEquals("SCRAM-SHA-512", textAt(output, "sasl.mechanism"));
        assertEquals("full", textAt(output, "ssl", "verification_mode"));
        for (YamlValue header : at(output, "headers").items()) {
            assertTrue(SourceOption.byHeader(textAt(header, "key")).isPresent(), textAt(header, "key"));
        }
    }

    @Test
    void fluentBitWritesBothTopicsAcknowledgedByAllReplicas() throws IOException {
        YamlValue pipeline = at(yaml("fluent-bit.yaml"), "pipeline");
        Set<String> tags = new TreeSet<>();
        for (YamlValue input : at(pipeline, "inputs").items()) {
            tags.add(textAt(input, "tag"));
            assertEquals("filesystem", textAt(input, "storage.type"));
        }
        Set<String> topics = new TreeSet<>();
        for (YamlValue output : at(pipeline, "outputs").items()) {
            topics.add(textAt(output, "topics"));
            assertTrue(tags.contains(textAt(output, "match")));
            assertEquals("all", textAt(output, "rdkafka.acks"));
            assertEquals("SASL_SSL", textAt(output, "rdkafka.security.protocol"));
            assertEquals("SCRAM-SHA-512", textAt(output, "rdkafka.sasl.mechanism"));
            assertEquals("no_limits", textAt(output, "retry_limit"));
        }
        assertEquals(Set.of(TOPICS.rawAccessLogs(), TOPICS.rawAppLogs()), topics);
    }

    @Test
    void rsyslogWritesBothTopicsAcknowledgedByAllReplicas() throws IOException {
        String text = text("rsyslog.conf");
        List<String> topics = Pattern.compile("topic=\"([^\"]+)\"")
                .matcher(text)
                .results()
                .map(m -> m.group(1))
                .toList();
        assertEquals(List.of(TOPICS.rawAccessLogs(), TOPICS.rawAppLogs()), topics);
        assertEquals(2, Pattern.compile("\"acks=all\"").matcher(text).results().count());
        assertEquals(
                2,
                Pattern.compile("keepFailedMessages=\"on\"")
                        .matcher(text)
                        .results()
                        .count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsyslog.conf", "fluent-bit.yaml", "filebeat.yml", "vector.yaml"})
    void secretsAndPlacesAreOfTheEnvironment(String file) throws IOException {
        String text = text(file);
        for (String line : text.lines().toList()) {
            boolean secret = !line.strip().startsWith("#") && line.contains("password");
            assertFalse(
                    secret && !line.contains("$SLUICE_KAFKA_PASSWORD") && !line.contains("${SLUICE_KAFKA_PASSWORD"),
                    line);
        }
        for (String name : List.of(
                "KAFKA_BROKERS", "KAFKA_USER", "KAFKA_PASSWORD", "KAFKA_CA", "ACCESS_LOG", "APP_LOG", "SPOOL")) {
            assertTrue(Pattern.compile("\\$\\{?SLUICE_" + name).matcher(text).find(), name);
        }
    }

    @Test
    void whatVectorWouldSendIsUnderstoodAsTheRecordItself() throws IOException {
        ObjectNode sent = JSON.createObjectNode();
        Map<String, String> event = Map.of(
                "message", RECORD, "source_type", "file", "timestamp", "2024-01-10T12:00:05.123Z", "host", "web-1");
        for (String name : at(yaml("vector.yaml"), "sinks", "app-to-kafka", "encoding", "only_fields")
                .texts()) {
            sent.put(name, event.get(name));
        }
        assertEquals(parsed(RECORD), parsed(JSON.writeValueAsString(sent)));
    }

    @Test
    void whatFluentBitWouldSendIsUnderstoodAsTheRecordItself() throws IOException {
        YamlValue output =
                at(yaml("fluent-bit.yaml"), "pipeline", "outputs").items().get(1);
        assertEquals("json", textAt(output, "format"));
        assertEquals("double", textAt(output, "timestamp_format"));
        ObjectNode sent = JSON.createObjectNode()
                .put(textAt(output, "timestamp_key"), 1704888005.123)
                .put("log", RECORD);
        assertEquals(parsed(RECORD), parsed(JSON.writeValueAsString(sent)));
    }

    /** The one event that the parsers make of a Kafka record, without what an envelope says beside the line. */
    private JsonNode parsed(String value) throws IOException {
        Files.writeString(folder.resolve("value"), value);
        List<JsonNode> events = new Sluice(folder)
                .run("parse", "--received-at", "2024-01-10T12:00:00Z", "value")
                .objects();
        assertEquals(1, events.size(), events::toString);
        ObjectNode event = events.get(0).deepCopy();
        List<String> names = new ArrayList<>();
        event.fieldNames().forEachRemaining(names::add);
        event.remove(names.stream().filter(name -> name.startsWith("extra.")).toList());
        assertEquals("2024-01-10T12:00:01.000Z", event.path("@timestamp").asText(), event::toString);
        return event;
    }

    @Test
    void linesAreJoinedAsSendJoinsThem() throws IOException {
        YamlValue multiline = at(
                        at(yaml("filebeat.yml"), "filebeat.inputs").items().get(1), "parsers")
                .items()
                .get(0);
        Pattern filebeat =
                Pattern.compile(textAt(multiline, "multiline", "pattern").replace("[[:space:]]", "\\s"));
        Pattern vector = Pattern.compile(textAt(yaml("vector.yaml"), "sources", "app", "multiline", "condition_pattern")
                .replace("$$", "$"));
        for (Pattern pattern : List.of(filebeat, vector)) {
            for (String line : List.of(
                    "\tat com.example.Start.main(Start.java:1)",
                    "  indented",
                    "Caused by: java.io.IOException: x",
                    "... 3 more",
                    "java.lang.IllegalStateException: x",
                    "com.example.Outer$InnerException",
                    "Traceback (most recent call last):")) {
                assertTrue(pattern.matcher(line).find(), pattern + " for " + line);
            }
            for (String line : List.of(
                    "2024-01-10 12:00:00 INFO one",
                    "{\"a\":1}",
                    "[main] x",
                    "An Exception: not by its name",
                    "192.0.2.1 - - [10/Jan/2024:12:00:00 +0000] \"GET / HTTP/1.1\" 200 1")) {
                assertFalse(pattern.matcher(line).find(), pattern + " for " + line);
            }
        }
    }
}
