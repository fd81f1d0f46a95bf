package io.sluice.tests.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.IngestConfig;
import io.sluice.ingest.JobFailed;
import io.sluice.ingest.JobRun;
import io.sluice.keys.FileKeyStore;
import io.sluice.keys.ServerKeyStore;
import io.sluice.redaction.consent.Identifier;
import io.sluice.schema.CleanEvent;
import io.sluice.schema.ConsentChoice;
import io.sluice.schema.ConsentEntry;
import io.sluice.schema.ConsentState;
import io.sluice.schema.OwnTypes;
import io.sluice.sinks.vault.VaultFile;
import io.sluice.sinks.vault.VaultReader;
import io.sluice.tests.stack.Account;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole boundary job against a real broker with real rights, killed and started again. */
class BoundaryJobIT {
    static {
        OwnTypes.trust();
    }

    private static final List<String> ROUTES = List.of("analytics", "security", "operations");
    private static final String OPTED_OUT = "u-opted-out";
    private static final int RECORDS = 3_000;
    private static final int KILLS = 3;

    @TempDir
    Path dir;

    @Test
    void losesAndRepeatsNothingHoweverOftenItIsKilled() throws Exception {
        Path keys = dir.resolve("keys");
        try (Brokers brokers = Brokers.start(dir.resolve("kafka"));
                ServerKeyStore server = ServerKeyStore.open(keys, Clock.systemUTC(), new SecureRandom());
                KafkaProducer<byte[], byte[]> sender = brokers.producer("sender")) {
            server.makeAhead();
            optOut(brokers, keys);
            Path config = Files.writeString(
                    Files.createDirectories(dir.resolve("job")).resolve("boundary.yaml"), config(brokers, keys));
            Random random = new Random(5);
            int sent = 0;
            for (int life = 0; life <= KILLS; life++) {
                try (JobProcess job = JobProcess.start(config)) {
                    int until = RECORDS * (life + 1) / (KILLS + 1);
                    long before = accounted(brokers);
                    int share = sent;
                    while (sent < until) {
                        send(sender, sent++);
                    }
                    sender.flush();
                    if (life == KILLS) {
                        Brokers.await("every record accounted for", () -> accounted(brokers) >= RECORDS);
                        assertFalse(job.log().contains(OPTED_OUT), "a log names a person");
                    } else {
                        // Somewhere in the middle of this life's share, so that checkpoints lie on both sides.
                        long some = before + random.nextInt(Math.max(1, (until - share) / 2)) + 1;
                        Brokers.await("some of it accounted for", () -> accounted(brokers) >= some);
                        job.kill();
                    }
                }
            }
            check(brokers);
            checkVault(server);
        }
    }

    @Test
    void saysWhichPortOfItsPagesIsTaken() throws Exception {
        Path keys = dir.resolve("keys");
        try (Brokers brokers = Brokers.start(dir.resolve("kafka"));
                ServerKeyStore server = ServerKeyStore.open(keys, Clock.systemUTC(), new SecureRandom());
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.makeAhead();
            Path config = Files.writeString(
                    dir.resolve("boundary.yaml"),
                    config(brokers, keys) + "web: {port: " + taken.getLocalPort() + "}\n");
            IngestConfig read = IngestConfig.read(config, Map.of());
            JobFailed failure = assertThrows(JobFailed.class, () -> JobRun.start(read));
            assertEquals(
                    "the boundary job does not start: its pages cannot listen on port " + taken.getLocalPort()
                            + " (address already in use): stop the program that listens there, or choose another in"
                            + " web.port",
                    failure.getMessage());
        }
    }

    private void check(Brokers brokers) throws Exception {
        Account account = account(brokers).complete();
        assertEquals(0, account.lost());
        assertEquals(RECORDS, account.kafkaRecords());
        assertEquals(RECORDS, account.sealed());
        for (String route : ROUTES) {
            assertEquals(RECORDS, account.route(route).in());
            Set<String> ids = new HashSet<>();
            for (ConsumerRecord<byte[], byte[]> record : brokers.read(Brokers.TOPICS.clean(route))) {
                CleanEvent event = CleanEvent.fromByteBuffer(ByteBuffer.wrap(record.value()));
                assertTrue(ids.add(event.getEventId()), "released twice");
                assertEquals(record.timestamp(), event.getEventIngested().toEpochMilli());
            }
            assertEquals(account.route(route).released(), ids.size(), "released on " + route);
        }
        assertEquals(RECORDS / 10, account.route("analytics").suppressed());
        assertEquals(0, account.route("security").suppressed());
        assertTrue(brokers.read(Brokers.TOPICS.subjectEntries()).size() >= RECORDS);
    }

    private void checkVault(ServerKeyStore server) throws Exception {
        VaultReader vault = new VaultReader(dir.resolve("vault"), server);
        Set<String> places = new HashSet<>();
        List<String> twice = new ArrayList<>();
        for (VaultFile file : vault.files()) {
            vault.read(file, record -> {
                String place =
                        record.topicId() + "-" + record.partition() + "@" + record.offset() + "." + record.position();
                if (!places.add(place)) {
                    twice.add(place);
                }
            });
        }
        assertEquals(List.of(), twice);
        assertEquals(RECORDS, places.size());
    }

    private static long accounted(Brokers brokers) {
        return account(brokers).kafkaRecords();
    }

    private static Account account(Brokers brokers) {
        Account account = new Account();
        brokers.read(Brokers.TOPICS.balance()).forEach(account::add);
        return account;
    }

    private static void send(KafkaProducer<byte[], byte[]> sender, int number) {
        String user = number % 10 == 0 ? OPTED_OUT : "u-" + number;
        String event = "{\"type\":\"page_view\",\"timestamp\":\"2024-01-10T12:00:00Z\",\"user\":{\"id\":\"" + user
                + "\"},\"page\":{\"url\":\"https://app.example.com/invoices\"}}";
        sender.send(new ProducerRecord<>(
                Brokers.TOPICS.rawUsageEvents(), number % 2, null, event.getBytes(StandardCharsets.UTF_8)));
    }

    private static void optOut(Brokers brokers, Path keys) throws Exception {
        try (FileKeyStore store = FileKeyStore.open(keys, Clock.systemUTC(), new SecureRandom());
                KafkaProducer<byte[], byte[]> server = brokers.producer("server")) {
            byte[] key = Identifier.of(Identifier.Kind.USER, OPTED_OUT)
                    .gateKey(store.gate())
                    .bytes();
            ByteBuffer value = new ConsentEntry(
                            List.of(new ConsentChoice("analytics", ConsentState.REFUSED, Instant.EPOCH)))
                    .toByteBuffer();
            byte[] bytes = new byte[value.remaining()];
            value.get(bytes);
            server.send(new ProducerRecord<>(Brokers.TOPICS.consent(), key, bytes))
                    .get();
        }
    }

    private String config(Brokers brokers, Path keys) {
        return "job: boundary\nparallelism: 2\ntopics: {prefix: t-}\n"
                + brokers.yaml("boundary")
                + "keys: {path: '" + keys + "'}\n"
                + "vault: {path: '" + dir.resolve("vault") + "'}\n"
                + "checkpoints: {path: '" + dir.resolve("checkpoints") + "', interval-ms: 500}\n"
                + "sources: {raw.usage-events: {format: usage}}\n"
                + "geo: {unpack-into: '" + dir.resolve("geo") + "'}\n";
    }
}
