package io.sluice.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.crypto.tink.AccessesPartialKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeyStoreTest {
    private static final LocalDate DAY = LocalDate.of(2024, 1, 10);
    private static final Instant NOON = Instant.parse("2024-01-10T12:00:00Z");

    @TempDir
    Path dir;

    private final SettableClock clock = new SettableClock("2024-01-10T12:00:00Z");

    @Test
    void givesTheSameKeysAfterARestart() {
        String first = KeyStoreProcess.fingerprint(open(), clock);
        assertEquals(first, KeyStoreProcess.fingerprint(open(), clock));
        assertEquals(7, new HashSet<>(List.of(first.split(" "))).size(), "every purpose has a key of its own");
    }

    @Test
    void twoStoresShareNoKey() {
        String first = KeyStoreProcess.fingerprint(open(), clock);
        String other =
                KeyStoreProcess.fingerprint(FileKeyStore.open(dir.resolve("other"), clock, new SecureRandom()), clock);
        Set<String> both = new HashSet<>(List.of(first.split(" ")));
        both.addAll(List.of(other.split(" ")));
        assertEquals(14, both.size());
    }

    @Test
    void manyThreadsOnAnEmptyFolderAgree() throws Exception {
        int threads = 16;
        for (int round = 0; round < 5; round++) {
            Path fresh = dir.resolve("round" + round);
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Future<String>> prints = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    prints.add(pool.submit(() -> {
                        start.await();
                        return KeyStoreProcess.fingerprint(FileKeyStore.open(fresh, clock, new SecureRandom()), clock);
                    }));
                }
                Set<String> different = new HashSet<>();
                for (Future<String> print : prints) {
                    different.add(print.get());
                }
                assertEquals(1, different.size());
            } finally {
                pool.shutdownNow();
            }
        }
    }

    @Test
    void aFreshProcessOpensAUsedFolder() throws Exception {
        String first = KeyStoreProcess.fingerprint(open(), clock);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KeyStoreProcess.class.getName(),
                        dir.toString(),
                        clock.instant().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                OutputStream input = process.getOutputStream()) {
            assertEquals("ready", output.readLine());
            input.write('\n');
            input.flush();
            assertEquals(first, output.readLine());
        } finally {
            process.destroy();
        }
    }

    @Test
    void severalProcessesOnAnEmptyFolderAgree() throws Exception {
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                processes.add(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                                KeyStoreProcess.class.getName(),
                                dir.toString(),
                                clock.instant().toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
            }
            List<BufferedReader> outputs = new ArrayList<>();
            for (Process process : processes) {
                BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                assertEquals("ready", output.readLine());
                outputs.add(output);
            }
            for (Process process : processes) {
                OutputStream input = process.getOutputStream();
                input.write('\n');
                input.flush();
            }
            Set<String> different = new HashSet<>();
            for (BufferedReader output : outputs) {
                different.add(String.valueOf(output.readLine()));
            }
            assertEquals(Set.of(KeyStoreProcess.fingerprint(open(), clock)), different);
        } finally {
            for (Process process : processes) {
                process.destroy();
                process.waitFor();
            }
        }
    }

    @Test
    void answersTheSameQuestionWithTheSameObject() {
        FileKeyStore store = open();
        assertSame(store.gate(), store.gate());
        assertSame(store.eventIds("security"), store.eventIds("security"));
        assertSame(store.tokens("analytics", NOON), store.tokens("analytics", NOON.plusSeconds(1)));
        assertSame(store.visitorDay(DAY), store.visitorDay(DAY));
        assertSame(store.subjectDay(DAY), store.subjectDay(DAY));
        assertSame(store.encryption("operations"), store.encryption("operations"));
    }

    @Test
    void aVisitorDayEndsFortyEightHoursBehindItsDay() {
        FileKeyStore store = open();
        assertTrue(store.visitorDay(DAY).isPresent());
        clock.set("2024-01-12T23:59:59.999Z");
        assertTrue(store.visitorDay(DAY).isPresent());
        clock.set("2024-01-13T00:00:00Z");
        assertTrue(store.visitorDay(DAY).isEmpty(), "held in memory or not, its time is over");
        assertTrue(open().visitorDay(DAY).isEmpty(), "nor is it read again");
        assertTrue(store.visitorDay(LocalDate.of(2024, 1, 9)).isEmpty(), "a day that is over gets no key");
        assertFalse(Files.exists(dir.resolve("keysets/visitor-day.2024-01-09")));
    }

    @Test
    void anEpochEndsTwoDaysBehindItsQuarter() {
        FileKeyStore store = open();
        assertEquals("2024q1", store.tokens("analytics", NOON).orElseThrow().epoch());
        clock.set("2024-04-02T23:59:59Z");
        assertTrue(store.tokens("analytics", NOON).isPresent());
        assertEquals(
                "2024q2",
                store.tokens("analytics", clock.instant()).orElseThrow().epoch());
        assertTrue(store.tokens("analytics", NOON).isPresent());
        clock.set("2024-04-03T00:00:00Z");
        assertTrue(store.tokens("analytics", NOON).isEmpty());
        assertTrue(store.tokens("analytics", clock.instant()).isPresent());
    }

    @Test
    void aSubjectDayLivesAsLongAsTheLongestCopy() {
        FileKeyStore store = open();
        assertTrue(store.subjectDay(DAY).isPresent());
        clock.set("2024-04-09T23:59:59Z");
        assertTrue(store.subjectDay(DAY).isPresent());
        clock.set("2024-04-10T00:00:00Z");
        assertTrue(store.subjectDay(DAY).isEmpty());
    }

    @Test
    void aDestroyedKeyNeverComesBackUnderItsName() {
        byte[] before = open().visitorDay(DAY).orElseThrow().hash("x");
        byte[] token = open().tokens("analytics", NOON).orElseThrow().key().hash("x");
        clock.set("2024-04-03T00:00:00Z");
        try (ServerKeyStore server = ServerKeyStore.open(dir, clock, new SecureRandom())) {
            List<String> destroyed = server.expire();
            assertTrue(destroyed.contains("visitor-day.2024-01-10"), destroyed.toString());
            assertTrue(destroyed.contains("tokens.analytics.2024q1"), destroyed.toString());
            assertEquals(List.of(), server.expire());
        }
        clock.set("2024-01-10T12:00:00Z");
        assertTrue(open().visitorDay(DAY).isEmpty(), "also when the clock is set back");
        assertTrue(open().tokens("analytics", NOON).isEmpty());
        assertEquals(32, before.length);
        assertEquals(32, token.length);
    }

    @Test
    void modesLetTheOwnerAloneIn() throws IOException {
        KeyStoreProcess.fingerprint(open(), clock);
        try (ServerKeyStore server = ServerKeyStore.open(dir, clock, new SecureRandom())) {
            server.make(DAY, DAY);
        }
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path path : all.filter(p -> !p.equals(dir)).toList()) {
                assertEquals(
                        Files.isDirectory(path) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                        path.toString());
            }
        }
    }

    @Test
    void leavesNoTemporaryFiles() throws IOException {
        KeyStoreProcess.fingerprint(open(), clock);
        try (Stream<Path> all = Files.walk(dir)) {
            assertEquals(
                    List.of(),
                    all.filter(p -> p.getFileName().toString().startsWith(".")).toList());
        }
    }

    @Test
    void refusesAKeyEncryptionKeyThatOthersMayRead() throws IOException {
        open();
        Files.setPosixFilePermissions(dir.resolve("kek"), PosixFilePermissions.fromString("rw-r-----"));
        KeyStoreFailure failure = assertThrows(KeyStoreFailure.class, this::open);
        assertTrue(failure.toString().contains("chmod 600"), failure.toString());
    }

    @Test
    void doesNotReplaceALostKeyEncryptionKey() throws IOException {
        open().gate();
        Files.delete(dir.resolve("kek"));
        KeyStoreFailure failure = assertThrows(KeyStoreFailure.class, this::open);
        assertTrue(failure.toString().contains("restore it from a backup"), failure.toString());
        assertFalse(Files.exists(dir.resolve("kek")));
    }

    @Test
    void refusesKeysOfAnotherKeyEncryptionKey() throws IOException {
        open().gate();
        FileKeyStore.open(dir.resolve("other"), clock, new SecureRandom());
        Files.delete(dir.resolve("kek"));
        Files.move(dir.resolve("other/kek"), dir.resolve("kek"));
        assertThrows(KeyStoreFailure.class, () -> open().gate());
    }

    @Test
    void refusesAKeyUnderAnotherName() throws IOException {
        open().gate();
        String line = Files.readString(dir.resolve("keysets/gate"));
        Files.writeString(dir.resolve("keysets/blind-index"), line.replace("gate ", "blind-index "));
        assertThrows(KeyStoreFailure.class, () -> open().blindIndex());
    }

    @Test
    void refusesADamagedKeyAndNeverMakesAnotherInItsPlace() throws IOException {
        byte[] before = open().gate().hash("x");
        byte[] good = Files.readAllBytes(dir.resolve("keysets/gate"));
        for (String bad : List.of("", "gate", "gate 2024-01-10T12:00:00Z active AAAA\n", "\0\0\0")) {
            Files.writeString(dir.resolve("keysets/gate"), bad);
            assertThrows(KeyStoreFailure.class, () -> open().gate(), bad);
            assertEquals(bad, Files.readString(dir.resolve("keysets/gate")));
        }
        Files.write(dir.resolve("keysets/gate"), good);
        assertArrayEquals(before, open().gate().hash("x"));
    }

    @Test
    void refusesNamesThatLeaveTheFolder() {
        FileKeyStore store = open();
        for (String bad : List.of("", "..", "../x", "a/b", "a.b", "A", "x y", "-a")) {
            assertThrows(IllegalArgumentException.class, () -> store.eventIds(bad), bad);
            assertThrows(IllegalArgumentException.class, () -> store.encryption(bad), bad);
            assertThrows(IllegalArgumentException.class, () -> store.tokens(bad, NOON), bad);
        }
    }

    @Test
    @AccessesPartialKey
    void noFileHoldsAKeyInTheClear() throws IOException {
        open().gate();
        byte[] hash = open().gate().hash("x");
        KeysetFolder plain = open().keysets();
        byte[] key = ((com.google.crypto.tink.mac.HmacKey) plain.obtain("gate", NOON, () -> {
                            throw new IllegalStateException("it is there");
                        })
                        .orElseThrow()
                        .getPrimary()
                        .getKey())
                .getKeyBytes()
                .toByteArray(com.google.crypto.tink.InsecureSecretKeyAccess.get());
        assertArrayEquals(hash, new KeyedHash(key).hash("x"), "this is the key that is looked for");
        String latin = new String(Files.readAllBytes(dir.resolve("keysets/gate")), StandardCharsets.ISO_8859_1);
        byte[] stored = StoredKey.parse(latin.getBytes(StandardCharsets.ISO_8859_1))
                .orElseThrow()
                .keyset();
        assertFalse(
                new String(stored, StandardCharsets.ISO_8859_1).contains(new String(key, StandardCharsets.ISO_8859_1)));
    }

    @Test
    void aBucketWithoutAPublicHalfIsAskedForAgain() {
        FileKeyStore store = open();
        KeyUnavailable early = assertThrows(KeyUnavailable.class, () -> store.bucket("2024-01-10T12"));
        assertEquals(KeyUnavailable.Why.NOT_MADE, early.why());
        try (ServerKeyStore server = ServerKeyStore.open(dir, clock, new SecureRandom())) {
            server.make(DAY, DAY);
            assertSame(store.bucket("2024-01-10T12"), store.bucket("2024-01-10T12"));
            server.destroyBuckets(List.of(Bucket.parse("2024-01-10T13-quarantine")));
        }
        KeyUnavailable late = assertThrows(KeyUnavailable.class, () -> store.bucket("2024-01-10T13-quarantine"));
        assertEquals(KeyUnavailable.Why.DESTROYED, late.why());
        assertThrows(IllegalArgumentException.class, () -> store.bucket("../kek"));
    }

    @Test
    void anotherScheduleIsObeyed() {
        KeySchedule shorter = new KeySchedule(
                Duration.ZERO, Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1), Duration.ofHours(1));
        FileKeyStore store = FileKeyStore.open(dir, shorter, clock, new SecureRandom());
        assertTrue(store.visitorDay(DAY).isPresent());
        clock.set("2024-01-11T00:00:00Z");
        assertTrue(store.visitorDay(DAY).isEmpty());
        assertTrue(store.subjectDay(DAY).isPresent());
    }

    @Test
    void closingWipesTheKeys() {
        FileKeyStore store = open();
        KeyedHash gate = store.gate();
        KeyedHash day = store.visitorDay(DAY).orElseThrow();
        KeyedHash token = store.tokens("analytics", NOON).orElseThrow().key();
        store.close();
        for (KeyedHash key : List.of(gate, day, token)) {
            assertThrows(IllegalStateException.class, () -> key.hash("x"));
        }
    }

    @Test
    void forksMayBeUsedInOtherThreads() throws Exception {
        KeyedHash gate = open().gate();
        byte[] expected = gate.hash("x");
        assertNotEquals(gate, gate.fork());
        assertArrayEquals(expected, gate.fork().hash("x"));
    }

    private FileKeyStore open() {
        return FileKeyStore.open(dir, clock, new SecureRandom());
    }
}
