package io.sluice.tests.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.infra.kafka.BrokerSettings;
import io.sluice.infra.kafka.ScramLogin;
import io.sluice.infra.process.ProcessMark;
import io.sluice.infra.process.StartFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessIT {
    private static final Map<String, String> PASSWORDS = Map.of("admin", "admin-p\"w", "sender", "sender-pw");

    @TempDir
    Path dir;

    @Test
    void keepsItsDataAndPortOverStopAndCrash() throws Exception {
        int port;
        try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.secured(dir, PASSWORDS))) {
            port = broker.port();
            createTopic(broker);
            send(broker.clientProperties("admin"), "one");
        }
        try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.secured(dir, PASSWORDS))) {
            assertEquals(port, broker.port());
            assertEquals(List.of("one"), read(broker));
            send(broker.clientProperties("admin"), "two");
            broker.kill();
        }
        try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.secured(dir, PASSWORDS))) {
            assertEquals(List.of("one", "two"), read(broker));
        }
    }

    @Test
    void refusesEverybodyWithoutPasswordOrRight() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.secured(dir, PASSWORDS))) {
            createTopic(broker);
            Map<String, String> wrong = ScramLogin.clientProperties(broker.bootstrapServers(), "admin", "guess");
            assertInstanceOf(SaslAuthenticationException.class, failure(wrong));
            assertInstanceOf(TopicAuthorizationException.class, failure(broker.clientProperties("sender")));
        }
    }

    @Test
    void hidesItsPasswordsAndLeavesNoProcess() throws Exception {
        ProcessMark mark;
        try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.secured(dir, PASSWORDS))) {
            mark = broker.process().mark();
            assertTrue(mark.find().isPresent());
            ProcessHandle handle = mark.find().orElseThrow();
            assertFalse(handle.info().commandLine().orElse("").contains("-pw"));
            try (Stream<Path> files = Files.list(dir)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    boolean secret = Files.readString(file).contains("admin-p");
                    assertTrue(
                            !secret
                                    || "rw-------"
                                            .equals(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))),
                            file.toString());
                }
            }
        }
        assertTrue(mark.find().isEmpty());
        assertFalse(Files.exists(dir.resolve("format.args")));
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BrokerSettings settings = new BrokerSettings(dir, taken.getLocalPort(), Map.of(), true);
            StartFailed failure = assertThrows(StartFailed.class, () -> BrokerProcess.start(settings));
            assertTrue(failure.getMessage().contains("port " + taken.getLocalPort()), failure.getMessage());
        }
    }

    @Test
    void runsWithoutUsersWhereATestWantsIt() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.plain(dir))) {
            createTopic(broker);
            send(broker.clientProperties("anybody"), "one");
            assertEquals(List.of("one"), read(broker));
        }
    }

    @Test
    void anOldMarkEndsNoOtherProcess() throws IOException {
        ProcessMark self = ProcessMark.of("self", ProcessHandle.current());
        assertTrue(self.find().isPresent());
        ProcessMark earlier =
                new ProcessMark("self", self.pid(), self.startedAt().minusSeconds(3600));
        assertFalse(earlier.end(Duration.ofSeconds(1)));
    }

    private static void createTopic(BrokerProcess broker) throws Exception {
        try (Admin admin = Admin.create(new HashMap<String, Object>(broker.clientProperties("admin")))) {
            admin.createTopics(List.of(new NewTopic("letters", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void send(Map<String, String> login, String text) throws Exception {
        Map<String, Object> properties = new HashMap<>(login);
        properties.put("acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("letters", text)).get();
        }
    }

    private static Throwable failure(Map<String, String> login) {
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> send(login, "x"));
        return thrown.getCause();
    }

    private static List<String> read(BrokerProcess broker) {
        Map<String, Object> properties = new HashMap<>(broker.clientProperties("admin"));
        TopicPartition letters = new TopicPartition("letters", 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(letters));
            consumer.seekToBeginning(List.of(letters));
            long end = consumer.endOffsets(List.of(letters)).get(letters);
            List<String> values = new java.util.ArrayList<>();
            while (consumer.position(letters) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(each -> values.add(each.value()));
            }
            return values;
        }
    }
}
