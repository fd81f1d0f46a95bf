package io.sluice.tests.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.ingest.register.PolicyTopic;
import io.sluice.ingest.register.RegisterSettings;
import io.sluice.ingest.register.SharedRegister;
import io.sluice.ingest.source.Hold;
import io.sluice.redaction.consent.Choice;
import io.sluice.redaction.consent.GateKey;
import io.sluice.redaction.consent.Purpose;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.schema.ConsentChoice;
import io.sluice.schema.ConsentEntry;
import io.sluice.schema.ConsentState;
import io.sluice.schema.OwnTypes;
import io.sluice.schema.TaskPosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterIT {
    static {
        OwnTypes.trust();
    }

    private static final Purpose ANALYTICS = new Purpose("analytics");
    private static final PolicyFiles SHIPPED =
            PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow();

    @TempDir
    Path dir;

    @Test
    void opensOnlyWhenAllIsReadThenFollowsAndReportsAndClosesWithoutABroker() throws Exception {
        try (Brokers brokers = Brokers.start(dir.resolve("kafka"));
                KafkaProducer<byte[], byte[]> server = brokers.producer("server")) {
            int recorded = 50_000;
            Random random = new Random(11);
            GateKey last = new GateKey(0, 0);
            for (int i = 0; i < recorded; i++) {
                last = new GateKey(random.nextLong(), random.nextLong());
                server.send(refusal(last));
            }
            server.flush();
            GateKey newest = last;
            SharedRegister register = new SharedRegister(settings(brokers, "attempt-1", Brokers.TOPICS.consent()));
            try (SharedRegister.Lease lease = register.lease();
                    Hold first = register.hold(0, 2);
                    Hold second = register.hold(1, 2)) {
                assertFalse(first.isOpen());
                // No policy yet: read to its end, the register still holds back.
                Brokers.await("the refusals read", () -> lease.choices().find(newest, ANALYTICS) == Choice.REFUSED);
                assertFalse(first.isOpen());
                assertTrue(new PolicyTopic(settings(brokers, "x", Brokers.TOPICS.consent())).writeFirst(SHIPPED));
                assertFalse(new PolicyTopic(settings(brokers, "x", Brokers.TOPICS.consent())).writeFirst(SHIPPED));
                Brokers.await("the registers read", () -> first.isOpen() && second.isOpen());
                assertEquals(Choice.REFUSED, lease.choices().find(newest, ANALYTICS));
                assertNotNull(lease.policies().at(0));

                GateKey odd = new GateKey(1, 1);
                server.send(new ProducerRecord<>(
                        Brokers.TOPICS.consent(), odd.bytes(), "no entry".getBytes(StandardCharsets.UTF_8)));
                server.send(refusal(new GateKey(2, 2)));
                long offset = server.send(refusal(new GateKey(3, 3))).get().offset();
                Brokers.await("both subtasks in force", () -> inForce(brokers, "attempt-1", 2, offset));
                assertEquals(Choice.REFUSED, lease.choices().find(new GateKey(3, 3), ANALYTICS));
                assertEquals(Choice.REFUSED, lease.choices().find(odd, new Purpose("anything")));
                assertEquals(Map.of("consent-undecodable", 1L), lease.oddities());

                brokers.process().kill();
                Brokers.await("the hold closed without a broker", () -> !first.isOpen());
                assertFalse(first.whenOpen().isDone());
            }
        }
    }

    @Test
    void neverOpensOnARegisterOfTwoPartitions() throws Exception {
        try (Brokers brokers = Brokers.start(dir.resolve("kafka"));
                Admin admin = brokers.admin()) {
            admin.createTopics(List.of(new NewTopic("two", 2, (short) 1))).all().get();
            RegisterSettings settings = new RegisterSettings(
                    brokers.properties(BrokerProcess.ADMIN),
                    brokers.properties(BrokerProcess.ADMIN),
                    "two",
                    Brokers.TOPICS.policies(),
                    Brokers.TOPICS.taskPositions(),
                    "attempt-2");
            new PolicyTopic(settings).writeFirst(SHIPPED);
            RegisterSettings good = settings(brokers, "attempt-3", Brokers.TOPICS.consent());
            try (Hold two = new SharedRegister(settings).hold(0, 1);
                    Hold one = new SharedRegister(good).hold(0, 1)) {
                // The good one shows that there was time enough.
                Brokers.await("the good register read", one::isOpen);
                assertFalse(two.isOpen());
                assertTrue(reports(brokers).stream()
                        .noneMatch(each -> each.getAttempt().equals("attempt-2")));
            }
        }
    }

    private static boolean inForce(Brokers brokers, String attempt, int of, long offset) {
        return reports(brokers).stream()
                        .filter(each -> each.getAttempt().equals(attempt)
                                && each.getTopic().equals(Brokers.TOPICS.consent())
                                && each.getOf() == of
                                && each.getOffset() > offset)
                        .map(TaskPosition::getSubtask)
                        .distinct()
                        .count()
                == of;
    }

    private static List<TaskPosition> reports(Brokers brokers) {
        return brokers.read(Brokers.TOPICS.taskPositions()).stream()
                .map(record -> {
                    try {
                        return TaskPosition.fromByteBuffer(ByteBuffer.wrap(record.value()));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static RegisterSettings settings(Brokers brokers, String attempt, String consent) {
        Map<String, String> boundary = brokers.properties("boundary");
        return new RegisterSettings(
                boundary, boundary, consent, Brokers.TOPICS.policies(), Brokers.TOPICS.taskPositions(), attempt);
    }

    private static ProducerRecord<byte[], byte[]> refusal(GateKey key) throws IOException {
        ConsentEntry entry =
                new ConsentEntry(List.of(new ConsentChoice("analytics", ConsentState.REFUSED, Instant.EPOCH)));
        return new ProducerRecord<>(Brokers.TOPICS.consent(), key.bytes(), bytes(entry.toByteBuffer()));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
