package io.sluice.tests.shippers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.infra.kafka.ScramLogin;
import io.sluice.infra.process.ChildProcess;
import io.sluice.infra.process.Command;
import io.sluice.infra.process.Ports;
import io.sluice.tests.command.Sluice;
import io.sluice.tests.jobs.Certificates;
import io.sluice.tests.jobs.TlsBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped {@code rsyslog.conf}, as it stands, in a real rsyslog, with a broker that asks for TLS and a password. */
@Tag("rsyslog")
class RsyslogIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path CONFIGURATION =
            Path.of("../infra/shippers/rsyslog.conf").toAbsolutePath().normalize();
    private static final String ACCESS = "raw.access-logs";
    private static final String APPLICATION = "raw.app-logs";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Certificates certificates;
    private Path kafka;
    private int port;
    private ChildProcess broker;
    private Path access;
    private Path application;

    @BeforeEach
    void start() throws Exception {
        certificates = new Certificates(Files.createDirectory(folder.resolve("certificates")));
        certificates.make("broker");
        kafka = Files.createDirectory(folder.resolve("kafka"));
        port = Ports.free();
        startBroker();
        try (Admin admin = Admin.create(client())) {
            admin.createTopics(List.of(new NewTopic(ACCESS, 2, (short) 1), new NewTopic(APPLICATION, 2, (short) 1)))
                    .all()
                    .get();
        }
        Files.createDirectory(folder.resolve("spool"));
        access = Files.createFile(folder.resolve("access.log"));
        application = Files.createFile(folder.resolve("app.log"));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private void startBroker() throws Exception {
        broker = TlsBroker.start(kafka, port, certificates, List.of());
        broker.awaitReady(this::answers, PATIENCE);
    }

    private boolean answers() throws InterruptedException {
        try (Admin admin = Admin.create(client())) {
            return !admin.describeCluster().nodes().get(6, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private Map<String, Object> client() {
        Map<String, Object> properties =
                new HashMap<>(ScramLogin.clientProperties("127.0.0.1:" + port, "boundary", TlsBroker.PASSWORD));
        properties.put("security.protocol", "SASL_SSL");
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.location", certificates.pem("broker").toString());
        return properties;
    }

    private ChildProcess rsyslog() throws IOException {
        String program = ChildProcess.findProgram("rsyslogd").orElseThrow().toString();
        Command command = Command.of(
                        "rsyslogd",
                        List.of(
                                program,
                                "-n",
                                "-f",
                                CONFIGURATION.toString(),
                                "-i",
                                folder.resolve("pid").toString()),
                        folder,
                        folder.resolve("rsyslog.log"))
                .with("SLUICE_KAFKA_BROKERS", "127.0.0.1:" + port)
                .with("SLUICE_KAFKA_USER", "boundary")
                // Debian 12 has a librdkafka whose SCRAM Kafka refuses; see the README of the shippers.
                .with("SLUICE_KAFKA_MECHANISM", "PLAIN")
                .with("SLUICE_KAFKA_PASSWORD", TlsBroker.PASSWORD)
                .with("SLUICE_KAFKA_CA", certificates.pem("broker").toString())
                .with("SLUICE_ACCESS_LOG", access.toString())
                .with("SLUICE_APP_LOG", application.toString())
                .with("SLUICE_SPOOL", folder.resolve("spool").toString());
        return ChildProcess.start(command);
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private static String line(int number) {
        return "192.0.2." + number % 256 + " - jane [10/Jan/2024:12:00:00 +0000] \"GET /clients/" + number
                + "?email=jane%40example.com HTTP/1.1\" 200 512 \"https://example.com/\" \"Mozilla/5.0 \\\"x\\\"\"\n";
    }

    private List<String> values(String topic) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    assertEquals(null, record.key());
                    values.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return values;
    }

    @Test
    void whatArrivesIsUnderstoodAsTheLinesThemselves() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            lines.append(line(i));
        }
        String records =
                """
                2024-01-10 12:00:00.000 INFO  [main] com.example.Start : begun by jane@example.com
                2024-01-10 12:00:01.000 ERROR [main] com.example.Start : broken "twice" \\ and a tab\there
                java.lang.IllegalStateException: not for jane@example.com
                \tat com.example.Start.main(Start.java:1)
                Caused by: java.io.IOException: é, 日本語
                \tat com.example.Start.read(Start.java:2)
                2024-01-10 12:00:02.000 WARN  [main] com.example.Start : %d { "a": 1 }
                {"timestamp":"2024-01-10T12:00:03Z","level":"info","message":"an object"}
                """;
        try (ChildProcess rsyslog = rsyslog()) {
            write(access, lines.toString());
            write(application, records);
            rsyslog.awaitReady(
                    () -> values(ACCESS).size() == 200 && values(APPLICATION).size() == 4, PATIENCE);
        }
        assertEquals(new TreeSet<>(lines.toString().lines().toList()), withoutEnds(values(ACCESS)));
        assertEquals(events(lines.toString(), "combined"), events(String.join("", values(ACCESS)), "combined"));
        List<String> enveloped = events(String.join("", values(APPLICATION)), "auto");
        assertEquals(events(records, "auto"), enveloped);
        assertEquals(4, enveloped.size());
    }

    private static TreeSet<String> withoutEnds(List<String> values) {
        TreeSet<String> lines = new TreeSet<>();
        // What rsyslog kept in a file for what failed comes without its end.
        values.forEach(value -> lines.add(value.stripTrailing()));
        return lines;
    }

    /** The events that the parsers make of it, without what an envelope says beside the line, sorted. */
    private List<String> events(String text, String format) throws IOException {
        Files.writeString(folder.resolve("records"), text);
        List<String> events = new ArrayList<>();
        for (JsonNode event : new Sluice(folder)
                .run("parse", "--format", format, "--received-at", "2024-01-10T12:00:00Z", "records")
                .objects()) {
            assertTrue(!event.has("outcome"), event::toString);
            ObjectNode copy = event.deepCopy();
            List<String> names = new ArrayList<>();
            copy.fieldNames().forEachRemaining(names::add);
            copy.remove(names.stream().filter(name -> name.startsWith("extra.")).toList());
            events.add(JSON.writeValueAsString(copy));
        }
        events.sort(null);
        return events;
    }
}
