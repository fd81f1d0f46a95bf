package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.Main;
import io.sluice.infra.Installation;
import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.infra.kafka.BrokerSettings;
import io.sluice.infra.process.ChildProcess;
import io.sluice.infra.process.Command;
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
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code send --follow}, a process of its own, against a real broker: killed, rotated under, and without a Kafka. */
class FollowIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TOPIC = "raw.access-logs";
    /** All lines are of one length, so that a place tells how many stand before it. */
    private static final int LINE = 80;

    @TempDir
    Path folder;

    private BrokerProcess broker;
    private Path log;
    private int written;

    @BeforeEach
    void start() throws Exception {
        log = folder.resolve("access.log");
        broker = BrokerProcess.start(BrokerSettings.plain(folder.resolve("kafka")));
        try (Admin admin = Admin.create(new HashMap<String, Object>(broker.clientProperties("anybody")))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
        }
        Files.writeString(
                folder.resolve("producer.yaml"), "kafka: {bootstrap.servers: '" + broker.bootstrapServers() + "'}\n");
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    private ChildProcess follow() throws IOException {
        return ChildProcess.start(Command.of(
                "send",
                List.of(
                        Installation.java().toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "send",
                        "--follow",
                        "--json",
                        "--format",
                        "combined",
                        "--config",
                        "producer.yaml",
                        "--state",
                        "state.json",
                        "access.log"),
                folder,
                folder.resolve("send.log")));
    }

    private static String line(int number) {
        String text = "192.0.2.1 - - [10/Jan/2024:12:00:00 +0000] \"GET /" + number + " HTTP/1.1\" 200 1";
        return text + " ".repeat(LINE - 1 - text.length()) + "\n";
    }

    private void write(Path file, int lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(line(written++));
        }
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** How often each line arrived, by its number. */
    private Map<Integer, Integer> arrived() {
        Map<Integer, Integer> times = new TreeMap<>();
        Map<String, Object> properties = new HashMap<>(broker.clientProperties("anybody"));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(TOPIC, 0), new TopicPartition(TOPIC, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(record -> new String(record.value(), StandardCharsets.UTF_8)
                                .lines()
                                .forEach(line -> times.merge(number(line), 1, Integer::sum)));
            }
        }
        return times;
    }

    private static int number(String line) {
        assertEquals(LINE - 1, line.length(), "a whole line");
        int from = line.indexOf("GET /") + 5;
        return Integer.parseInt(line.substring(from, line.indexOf(' ', from)));
    }

    /** How many lines the state knows as acknowledged, in all files of the path. */
    private List<Long> places() throws IOException {
        List<Long> places = new ArrayList<>();
        Path state = folder.resolve("state.json");
        if (Files.exists(state)) {
            new ObjectMapper()
                    .readTree(Files.readString(state))
                    .path("places")
                    .forEach(place -> places.add(place.path("offset").asLong() / LINE));
        }
        return places;
    }

    @Test
    void aKillAndARotationLoseNothingAndRepeatOnlyWhatWasNotAcknowledged() throws Exception {
        write(log, 1_000);
        List<Long> known;
        try (ChildProcess send = follow()) {
            send.awaitReady(() -> places().equals(List.of(1_000L)), PATIENCE);
            // Written to without a pause, so that some lines are on their way whenever the kill comes.
            send.awaitReady(
                    () -> {
                        write(log, 2_000);
                        return written > 60_000;
                    },
                    PATIENCE);
            send.kill();
            known = places();
        }
        assertEquals(1, known.size());
        assertTrue(known.get(0) > 1_000, known.toString());
        int before = written;
        write(log, 500);
        Files.move(log, folder.resolve("access.log.1"));
        write(log, 500);
        try (ChildProcess send = follow()) {
            send.awaitReady(() -> arrived().size() == written, PATIENCE);
            write(folder.resolve("access.log.1"), 1);
            write(log, 1);
            send.awaitReady(() -> arrived().size() == written, PATIENCE);
            send.stop(Duration.ofSeconds(30));
            assertEquals(143, send.onExit().join());
        }
        Map<Integer, Integer> times = arrived();
        assertEquals(written, times.size());
        times.forEach((line, count) -> assertTrue(
                count == 1 || count == 2 && line >= known.get(0) && line < before,
                () -> line + " came " + count + " times, known were " + known));
        assertEquals(List.of(before + 501L, 501L), places());
        String said = Files.readString(folder.resolve("send.log"));
        assertTrue(said.contains("Following 1 file into " + TOPIC), said);
        assertTrue(said.contains("{\"topic\":\"" + TOPIC + "\",\"lines\":"), said);
    }

    @Test
    void aStoppedKafkaIsWaitedForAndASecondFollowerRefused() throws Exception {
        write(log, 10);
        try (ChildProcess send = follow()) {
            send.awaitReady(() -> places().equals(List.of(10L)), PATIENCE);
            try (ChildProcess second = follow()) {
                assertEquals(1, second.onExit().join());
            }
            String said = Files.readString(folder.resolve("send.log"));
            assertTrue(said.contains("another `send --follow` keeps its places in"), said);
            broker.close();
            write(log, 10);
            send.awaitReady(
                    () -> Files.readString(folder.resolve("send.log")).contains("Kafka does not answer"), PATIENCE);
            broker = BrokerProcess.start(BrokerSettings.plain(folder.resolve("kafka")));
            send.awaitReady(() -> places().equals(List.of(20L)), PATIENCE);
            broker.close();
            write(log, 10);
            send.awaitReady(
                    () -> Files.readString(folder.resolve("send.log")).split("Kafka does not answer", -1).length == 3,
                    PATIENCE);
            // What was handed over and not acknowledged is not written down as sent.
            send.kill();
            assertEquals(List.of(20L), places());
        }
        broker = BrokerProcess.start(BrokerSettings.plain(folder.resolve("kafka")));
        try (ChildProcess send = follow()) {
            send.awaitReady(() -> places().equals(List.of(30L)), PATIENCE);
        }
        assertFalse(arrived().values().stream().anyMatch(times -> times > 1));
        assertEquals(30, arrived().size());
    }
}
