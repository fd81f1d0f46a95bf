package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.infra.kafka.BrokerSettings;
import io.sluice.infra.kafka.ScramLogin;
import io.sluice.infra.topics.AccessPlan;
import io.sluice.infra.topics.Principal;
import io.sluice.infra.topics.TopicInstaller;
import io.sluice.infra.topics.TopicPlan;
import io.sluice.sinks.topics.Topics;
import io.sluice.tests.command.Sluice.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code send} against a real, secured broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendIT {
    private static final Topics TOPICS = new Topics("");
    private static final Map<String, String> PASSWORDS =
            Principal.users().stream().collect(Collectors.toMap(user -> user, user -> user + "-pw"));

    @TempDir
    Path folder;

    private BrokerProcess broker;

    @BeforeAll
    void start(@TempDir Path dir) throws Exception {
        broker = BrokerProcess.start(BrokerSettings.secured(dir, Map.of("admin", "admin-pw")));
        try (Admin admin = Admin.create(new HashMap<String, Object>(broker.clientProperties("admin")))) {
            TopicInstaller installer = new TopicInstaller(admin);
            installer.installUsers(PASSWORDS);
            installer.installTopics(TopicPlan.ofOneBroker(TOPICS).specs());
            installer.installRights(new AccessPlan(TOPICS).rules());
        }
    }

    @AfterAll
    void stop() throws Exception {
        broker.close();
    }

    /** The folder as {@code up} leaves it for clients. */
    private Sluice sluice(String senderPassword) throws IOException {
        Path dir = Files.createDirectories(folder.resolve(".sluice"));
        Files.writeString(dir.resolve("endpoints.json"), "{\"kafka\":\"" + broker.bootstrapServers() + "\"}");
        Files.writeString(dir.resolve("passwords.json"), "{\"kafka\":{\"sender\":\"" + senderPassword + "\"}}");
        return new Sluice(folder);
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        Map<String, Object> properties = new HashMap<>(broker.clientProperties("admin"));
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    @Test
    void whatIsSentIsTheFileInPiecesWithItsOptions() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1_700; i++) {
            text.append("line ").append(i).append(i % 7 == 0 ? "\r\n" : "\n");
        }
        text.append("last without end");
        Run run = sluice("sender-pw")
                .file("a.log", text.toString())
                .run("send", "--json", "--format", "combined", "--dataset", "marketing-site", "a.log");
        assertEquals(0, run.code(), run.err());
        assertEquals("raw.access-logs", run.objects().get(0).path("topic").asText());
        assertEquals(1_701, run.objects().get(0).path("lines").asLong());

        List<ConsumerRecord<byte[], byte[]>> records = records(TOPICS.rawAccessLogs());
        assertEquals(run.objects().get(0).path("records").asLong(), records.size());
        records.sort(Comparator.comparingInt(record -> first(record.value())));
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            joined.write(record.value());
            assertEquals(null, record.key());
            assertEquals(Map.of("sluice-dataset", "marketing-site", "sluice-format", "combined"), headers(record));
        }
        assertArrayEquals(text.toString().getBytes(StandardCharsets.UTF_8), joined.toByteArray());
    }

    /** The number in the first line of a piece. */
    private static int first(byte[] piece) {
        String text = new String(piece, StandardCharsets.UTF_8);
        return Integer.parseInt(text.substring(5, text.indexOf('\n')).strip());
    }

    @Test
    void theTopicFollowsFromTheFormatOrIsNamed() throws Exception {
        sluice("sender-pw").file("e.jsonl", "{\"type\":\"view\"}\n").file("app.log", "x\n");
        assertTrue(new Sluice(folder)
                .run("send", "--format", "usage", "e.jsonl")
                .err()
                .contains("to raw.usage-events."));
        assertTrue(new Sluice(folder)
                .run("send", "--format", "avro-usage", "e.jsonl")
                .err()
                .contains("in 1 records to raw.usage-events."));
        assertTrue(new Sluice(folder)
                .run("send", "app.log")
                .err()
                .contains("Sent 1 lines (2 bytes) in 1 records to raw.app-logs."));
        assertTrue(new Sluice(folder)
                .run("send", "--topic", "raw.usage-events", "app.log")
                .err()
                .contains("to raw.usage-events."));
        Run wrong = new Sluice(folder).run("send", "--topic", "raw.usage-event", "app.log");
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("did you mean raw.usage-events?"), wrong.err());
    }

    @Test
    void aMissingFileIsSaidAndTheOthersAreSent() throws Exception {
        Run run = sluice("sender-pw").file("b.log", "x\ny\n").run("send", "missing.log", "b.log");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("cannot read missing.log"), run.err());
        assertTrue(run.err().contains("Sent 2 lines"), run.err());
    }

    @Test
    void aLineAboveTheLimitIsSentCutShortAndSaid() throws Exception {
        Run run = sluice("sender-pw")
                .file("huge.log", "x".repeat(3 << 20) + "\nnext\n")
                .run("send", "huge.log");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("1 of them are above 1 MiB"), run.err());
        assertTrue(run.err().contains("Sent 2 lines"), run.err());
    }

    @Test
    void aWrongPasswordAndAMissingRightAreSaid() throws Exception {
        Run wrong = sluice("guess").file("c.log", "x\n").run("send", "c.log");
        assertEquals(1, wrong.code());
        assertTrue(wrong.err().contains("refuses the login; look at user and password"), wrong.err());

        Map<String, String> index = ScramLogin.clientProperties(broker.bootstrapServers(), "index", "index-pw");
        StringBuilder yaml = new StringBuilder("kafka:\n");
        index.forEach((name, value) ->
                yaml.append("  ").append(name).append(": '").append(value).append("'\n"));
        Run other =
                sluice("sender-pw").file("index.yaml", yaml.toString()).run("send", "--config", "index.yaml", "c.log");
        assertEquals(1, other.code());
        assertTrue(other.err().contains("does not allow writing to raw.app-logs"), other.err());
    }
}
