package io.sluice.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerKeyStoreTest {
    private static final LocalDate DAY = LocalDate.of(2024, 1, 10);
    private static final String BUCKET = "2024-01-10T12";
    private static final byte[] DATA_KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTEXT = "file".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path dir;

    private final SettableClock clock = new SettableClock("2024-01-10T12:00:00Z");

    @Test
    void opensWhatIngestWrapped() throws GeneralSecurityException {
        ServerKeyStore server = open();
        server.make(DAY, DAY);
        byte[] wrapped = ingest().bucket(BUCKET).wrap(DATA_KEY, CONTEXT);
        assertArrayEquals(DATA_KEY, server.unwrap(BUCKET, wrapped, CONTEXT));
        assertArrayEquals(DATA_KEY, open().unwrap(BUCKET, wrapped, CONTEXT), "after a restart too");
    }

    @Test
    void refusesAnotherBucketAnotherContextAndAnyChangedByte() throws GeneralSecurityException {
        ServerKeyStore server = open();
        server.make(DAY, DAY);
        byte[] wrapped = ingest().bucket(BUCKET).wrap(DATA_KEY, CONTEXT);
        assertThrows(GeneralSecurityException.class, () -> server.unwrap(BUCKET + "-quarantine", wrapped, CONTEXT));
        assertThrows(GeneralSecurityException.class, () -> server.unwrap("2024-01-10T13", wrapped, CONTEXT));
        assertThrows(GeneralSecurityException.class, () -> server.unwrap(BUCKET, wrapped, DATA_KEY));
        for (int i = 0; i < wrapped.length; i++) {
            byte[] changed = wrapped.clone();
            changed[i] ^= 1;
            assertThrows(GeneralSecurityException.class, () -> server.unwrap(BUCKET, changed, CONTEXT), "byte " + i);
        }
    }

    @Test
    void ingestSealsWithoutTheServersPartAndHasNothingToOpenWith() throws IOException {
        open().make(DAY, DAY);
        Path elsewhere = dir.resolve("ingest");
        copyWithoutServer(dir, elsewhere);
        FileKeyStore ingest = FileKeyStore.open(elsewhere, clock, new SecureRandom());
        byte[] wrapped = ingest.bucket(BUCKET).wrap(DATA_KEY, CONTEXT);
        ServerKeyStore intruder = ServerKeyStore.open(elsewhere, clock, new SecureRandom());
        intruder.makeAhead();
        assertThrows(GeneralSecurityException.class, () -> intruder.unwrap(BUCKET, wrapped, CONTEXT));
    }

    @Test
    void aPublicHalfThatWasNotWrittenIsMadeFromThePrivateOne() throws Exception {
        ServerKeyStore server = open();
        server.make(DAY, DAY);
        byte[] wrapped = ingest().bucket(BUCKET).wrap(DATA_KEY, CONTEXT);
        Files.delete(dir.resolve("public/2024-01-10"));
        open().make(DAY, DAY);
        assertArrayEquals(DATA_KEY, open().unwrap(BUCKET, wrapped, CONTEXT));
        byte[] again = ingest().bucket(BUCKET).wrap(DATA_KEY, CONTEXT);
        assertArrayEquals(DATA_KEY, open().unwrap(BUCKET, again, CONTEXT));
    }

    @Test
    void makesBucketsAndDaysAhead() {
        ingest().tokens("analytics", clock.instant());
        clock.set("2024-03-25T12:00:00Z");
        open().makeAhead();
        FileKeyStore ingest = ingest();
        LocalDate oldest = LocalDate.of(2024, 2, 24);
        for (LocalDate day = oldest.plusDays(1); day.isBefore(LocalDate.of(2024, 4, 9)); day = day.plusDays(1)) {
            for (int hour = 0; hour < 24; hour++) {
                ingest.bucket(new Bucket(day, hour, false).name());
                Bucket quarantine = new Bucket(day, hour, true);
                if (day.isAfter(LocalDate.of(2024, 3, 11))) {
                    ingest.bucket(quarantine.name());
                } else if (day.isBefore(LocalDate.of(2024, 3, 11))) {
                    assertEquals(KeyUnavailable.Why.DESTROYED, why(ingest, quarantine.name()), "its 14 days are over");
                }
            }
        }
        ingest.bucket(oldest + "T12");
        assertEquals(KeyUnavailable.Why.DESTROYED, why(ingest, oldest + "T11"), "its 30 days are over");
        assertEquals(KeyUnavailable.Why.DESTROYED, why(ingest, "2023-01-01T10"), "it was never made and never will be");
        assertEquals(KeyUnavailable.Why.NOT_MADE, why(ingest, "2024-04-09T00"));
        Set<String> names = names();
        assertTrue(names.contains("tokens.analytics.2024q2"), "the next epoch is there before it begins");
        assertTrue(names.contains("visitor-day.2024-04-08"));
        assertTrue(names.contains("subject-day.2024-04-08"));
    }

    private static KeyUnavailable.Why why(FileKeyStore ingest, String bucket) {
        return assertThrows(KeyUnavailable.class, () -> ingest.bucket(bucket)).why();
    }

    @Test
    void bucketsEndOnScheduleQuarantineFirst() throws GeneralSecurityException {
        ServerKeyStore server = open();
        server.make(DAY, DAY);
        FileKeyStore ingest = ingest();
        byte[] plain = ingest.bucket(BUCKET).wrap(DATA_KEY, CONTEXT);
        byte[] quarantined = ingest.bucket(BUCKET + "-quarantine").wrap(DATA_KEY, CONTEXT);

        clock.set("2024-01-24T12:59:59Z");
        assertArrayEquals(DATA_KEY, server.unwrap(BUCKET + "-quarantine", quarantined, CONTEXT));
        clock.set("2024-01-24T13:00:00Z");
        assertThrows(KeyUnavailable.class, () -> server.unwrap(BUCKET + "-quarantine", quarantined, CONTEXT));
        List<String> destroyed = server.expire();
        assertTrue(destroyed.contains("bucket.2024-01-10T12-quarantine"), destroyed.toString());
        assertFalse(destroyed.contains("bucket.2024-01-10T13-quarantine"), destroyed.toString());
        assertTrue(server.isGone(Bucket.parse(BUCKET + "-quarantine")));
        assertFalse(server.isGone(Bucket.parse(BUCKET)));
        assertArrayEquals(DATA_KEY, server.unwrap(BUCKET, plain, CONTEXT));

        clock.set("2024-02-09T13:00:00Z");
        assertTrue(server.expire().contains("bucket.2024-01-10T12"));
        assertEquals(List.of(), server.expire());
        clock.set("2024-01-10T12:00:00Z");
        server.make(DAY, DAY);
        assertThrows(KeyUnavailable.class, () -> open().unwrap(BUCKET, plain, CONTEXT), "also with the clock set back");
        assertThrows(KeyUnavailable.class, () -> ingest().bucket(BUCKET));
    }

    @Test
    void whatTheServerDestroysIsNotInItsFilesAnyMore() throws IOException {
        ServerKeyStore server = open();
        server.make(DAY, DAY);
        String keyset = Files.readAllLines(dir.resolve("server/buckets/2024-01-10")).stream()
                .filter(line -> line.startsWith(BUCKET + " "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
        assertTrue(keyset.length() > 100);
        server.destroyBuckets(List.of(Bucket.parse(BUCKET)));
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains(keyset), file.toString());
            }
        }
    }

    @Test
    void aKeyDestroyedHalfwayIsFinishedByTheNextRun() throws Exception {
        ServerKeyStore server = open();
        server.make(DAY, DAY);
        byte[] before = Files.readAllBytes(dir.resolve("server/buckets/2024-01-10"));
        server.destroyBuckets(List.of(Bucket.parse(BUCKET)));
        // As if the process had died when the public half was gone and the private one not yet.
        Files.write(dir.resolve("server/buckets/2024-01-10"), before);
        clock.set("2024-02-09T13:00:00Z");
        assertTrue(server.expire().contains("bucket.2024-01-10T12"));
        assertTrue(open().isGone(Bucket.parse(BUCKET)));
    }

    @Test
    void serversAtOnceMakeOnePairAndLoseNoTombstone() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<byte[]>> wrapped = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int hour = i;
                wrapped.add(pool.submit(() -> {
                    ServerKeyStore server = open();
                    start.await();
                    server.make(DAY, DAY);
                    byte[] sealed = ingest().bucket(BUCKET).wrap(DATA_KEY, CONTEXT);
                    start.await();
                    for (int later = 0; later < 24; later += threads) {
                        server.destroyBuckets(List.of(new Bucket(DAY, hour + later, true)));
                    }
                    return sealed;
                }));
            }
            ServerKeyStore server = open();
            for (Future<byte[]> sealed : wrapped) {
                assertArrayEquals(DATA_KEY, server.unwrap(BUCKET, sealed.get(), CONTEXT));
            }
            for (int hour = 0; hour < 24; hour++) {
                assertTrue(server.isGone(new Bucket(DAY, hour, true)), "hour " + hour);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void doesNotReplaceTheServersLostKeyEncryptionKey() throws IOException {
        open().make(DAY, DAY);
        Files.delete(dir.resolve("server/kek"));
        assertThrows(KeyStoreFailure.class, this::open);
    }

    @Test
    void foreignFilesDoNotStopTheExpiry() throws IOException {
        ServerKeyStore server = open();
        server.make(DAY, DAY);
        ingest().visitorDay(DAY);
        Files.writeString(dir.resolve("server/buckets/2024-01-10~"), "x");
        Files.writeString(dir.resolve("keysets/visitor-day.2024-01-10~"), "x");
        Files.writeString(dir.resolve("keysets/tokens"), "x");
        clock.set("2024-06-01T00:00:00Z");
        assertTrue(server.expire().contains("visitor-day.2024-01-10"));
        assertTrue(server.isGone(Bucket.parse(BUCKET)));
    }

    @Test
    void theRegisterSaysWhatIsNeededByWhatUntilWhen() {
        FileKeyStore ingest = ingest();
        KeyStoreProcess.fingerprint(ingest, clock);
        ServerKeyStore server = open();
        server.make(DAY, DAY);
        KeyRegister.Entry day = entry("visitor-day.2024-01-10");
        assertEquals(KeyKind.VISITOR_DAY, day.kind());
        assertEquals(Instant.parse("2024-01-10T12:00:00Z"), day.created());
        assertEquals(Instant.parse("2024-01-13T00:00:00Z"), day.ends().orElseThrow());
        assertTrue(day.destroyed().isEmpty());
        assertEquals(
                Instant.parse("2024-02-09T13:00:00Z"),
                entry("bucket.2024-01-10T12").ends().orElseThrow());
        assertTrue(entry("gate").ends().isEmpty());
        clock.set("2024-01-13T01:00:00Z");
        server.expire();
        assertEquals(
                clock.instant(), entry("visitor-day.2024-01-10").destroyed().orElseThrow());
        assertEquals(
                7 + 48, KeyRegister.read(dir, KeySchedule.SHIPPED).entries().size());
        assertEquals(
                "visitor-day.2024-01-10 destroyed 2024-01-13T01:00:00Z",
                entry("visitor-day.2024-01-10").toString());
    }

    @Test
    void namesBuckets() {
        Bucket bucket = Bucket.of(Instant.parse("2024-01-10T09:59:59.999Z"), true);
        assertEquals("2024-01-10T09-quarantine", bucket.name());
        assertEquals(bucket, Bucket.parse(bucket.name()));
        assertEquals(Instant.parse("2024-01-10T10:00:00Z"), bucket.end());
        for (String bad : List.of("", "2024-01-10", "2024-01-10T24", "2024-01-10T1x", "2024-13-10T01", "../x")) {
            assertThrows(IllegalArgumentException.class, () -> Bucket.parse(bad), bad);
        }
    }

    private KeyRegister.Entry entry(String name) {
        return KeyRegister.read(dir, KeySchedule.SHIPPED).entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Set<String> names() {
        return KeyRegister.read(dir, KeySchedule.SHIPPED).entries().stream()
                .map(KeyRegister.Entry::name)
                .collect(Collectors.toSet());
    }

    private ServerKeyStore open() {
        return ServerKeyStore.open(dir, clock, new SecureRandom());
    }

    private FileKeyStore ingest() {
        return FileKeyStore.open(dir, clock, new SecureRandom());
    }

    private static void copyWithoutServer(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(from.resolve("server")))
                    .toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
