package io.sluice.sinks.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.schema.IdentifierHash;
import io.sluice.schema.SubjectEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectIndexTest {
    private static final LocalDate DAY = LocalDate.of(2024, 1, 10);

    @TempDir
    Path dir;

    @Test
    void findsWhatAMapFinds() throws IOException {
        Random random = new Random(1);
        Map<Integer, TreeSet<EventPlace>> expected = new HashMap<>();
        SubjectIndexWriter writer = writer();
        int rows = 1_000_000;
        int subjects = 50_000;
        for (int i = 0; i < rows; i++) {
            int subject = random.nextInt(subjects);
            EventPlace place = new EventPlace("topic" + random.nextInt(3), random.nextInt(8), i, random.nextInt(3));
            writer.write(entry(DAY, hash(subject), place));
            expected.computeIfAbsent(subject, s -> new TreeSet<>()).add(place);
            if (random.nextInt(30_000) == 0) {
                writer.flush(false);
            }
        }
        writer.flush(false);
        assertTrue(files().size() < 2 * DayFolder.FAN_IN, files().size() + " files");
        SubjectIndex index = SubjectIndex.open(dir);
        for (int subject = 0; subject < subjects; subject += 97) {
            assertEquals(List.copyOf(expected.getOrDefault(subject, new TreeSet<>())), index.find(DAY, hash(subject)));
        }
        assertEquals(List.of(), index.find(DAY, hash(subjects + 1)));
        assertEquals(List.of(), index.find(DAY.plusDays(1), hash(0)));
    }

    @Test
    void tellsHashesApartThatDifferInAnyByteAsUnsigned() throws IOException {
        SubjectIndexWriter writer = writer();
        List<byte[]> hashes = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            for (int value : new int[] {0, 1, 127, 128, 255}) {
                byte[] hash = new byte[16];
                hash[i] = (byte) value;
                hash[(i + 1) % 16] = 3;
                hashes.add(hash);
            }
        }
        for (int i = 0; i < hashes.size(); i++) {
            writer.write(entry(DAY, hashes.get(i), new EventPlace("topic", 0, i, 0)));
        }
        writer.flush(false);
        for (int i = 0; i < hashes.size(); i++) {
            byte[] hash = hashes.get(i);
            List<Long> expected = new ArrayList<>();
            for (int j = 0; j < hashes.size(); j++) {
                if (java.util.Arrays.equals(hash, hashes.get(j))) {
                    expected.add((long) j);
                }
            }
            assertEquals(
                    expected,
                    SubjectIndex.open(dir).find(DAY, hash).stream()
                            .map(EventPlace::offset)
                            .toList());
        }
    }

    @Test
    void aReplayRepeatsRowsAndALookUpDoesNot() throws IOException {
        for (int attempt = 0; attempt < 40; attempt++) {
            SubjectIndexWriter writer = writer();
            for (int i = 0; i < 100; i++) {
                writer.write(entry(i % 10, i));
            }
            writer.flush(false);
        }
        assertEquals(10, SubjectIndex.open(dir).find(DAY, hash(3)).size());
        long rows = 0;
        for (String name : files()) {
            try (RowFile file = RowFile.open(dir.resolve(DAY.toString()).resolve(name))) {
                rows += file.rows();
            }
        }
        assertTrue(rows < 2000, "merging leaves a repeated row out: " + rows);
    }

    @Test
    void inFlinksOperatorRowsAreThereAtTheBarrier() throws Exception {
        try (OneInputStreamOperatorTestHarness<SubjectEntry, ?> operator = new OneInputStreamOperatorTestHarness<>(
                new SinkWriterOperatorFactory<SubjectEntry, Object>(new SubjectIndexSink(dir)))) {
            operator.open();
            operator.processElement(new StreamRecord<>(entry(1, 7)));
            assertEquals(List.of(), SubjectIndex.open(dir).find(DAY, hash(1)));
            operator.prepareSnapshotPreBarrier(1);
            operator.snapshot(1, 1);
            operator.processElement(new StreamRecord<>(entry(1, 8)));
        }
        List<EventPlace> found = SubjectIndex.open(dir).find(DAY, hash(1));
        assertEquals(List.of(new EventPlace("topic", 0, 7, 0)), found, "what no checkpoint covers comes again");
    }

    @Test
    void aProcessKilledAtAnyMomentLosesNoFlushedRow() throws Exception {
        for (int kill : new int[] {1, 40}) {
            Path folder = dir.resolve("kill" + kill);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            SubjectIndexProcess.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            int flushed = -1;
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                while (flushed < kill) {
                    String line = output.readLine();
                    assertTrue(line != null, "the writing process ended by itself");
                    flushed = Integer.parseInt(line);
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            for (int flush = 0; flush <= flushed; flush++) {
                assertEquals(
                        10, SubjectIndex.open(folder).find(DAY, hash(flush)).size(), "flush " + flush);
            }
            SubjectIndexWriter next = new SubjectIndexSink(folder).writer(0, 1);
            next.write(entry(flushed, 1_000_000));
            next.flush(false);
            assertEquals(11, SubjectIndex.open(folder).find(DAY, hash(flushed)).size());
        }
    }

    @Test
    void aFileThatWasNotRenamedCountsForNothingAndIsSwept() throws IOException {
        SubjectIndexWriter writer = writer();
        writer.write(entry(1, 1));
        writer.flush(false);
        Path day = dir.resolve(DAY.toString());
        // As if it had been killed between the two: everything written, not renamed.
        Files.copy(day.resolve(files().get(0)), day.resolve(".new-123"));
        Files.writeString(day.resolve(".new-124"), "half");
        assertEquals(1, SubjectIndex.open(dir).find(DAY, hash(1)).size());
        writer();
        assertTrue(Files.exists(day.resolve(".new-123")), "it may belong to one who lives");
        new SubjectIndexSink(dir, Clock.offset(Clock.systemUTC(), Duration.ofHours(2))).writer(0, 1);
        assertFalse(Files.exists(day.resolve(".new-123")));
        assertFalse(Files.exists(day.resolve(".new-124")));
        assertEquals(1, SubjectIndex.open(dir).find(DAY, hash(1)).size());
    }

    @Test
    void aMergeCutShortLosesNothing() throws IOException {
        SubjectIndexWriter writer = writer();
        Path day = dir.resolve(DAY.toString());
        for (int i = 0; i < DayFolder.FAN_IN - 1; i++) {
            writer.write(entry(1, i));
            writer.flush(false);
        }
        List<byte[]> before = new ArrayList<>();
        for (String name : files()) {
            before.add(Files.readAllBytes(day.resolve(name)));
        }
        writer.write(entry(1, 99));
        writer.flush(false);
        assertEquals(1, files().size());
        // As if it had been killed when the merged file was there and the others not yet gone.
        for (int i = 0; i < before.size(); i++) {
            Files.write(day.resolve("0-" + i + ".rows"), before.get(i));
        }
        assertEquals(DayFolder.FAN_IN, SubjectIndex.open(dir).find(DAY, hash(1)).size());
        for (int i = 0; i < DayFolder.FAN_IN - 1; i++) {
            writer.write(entry(1, i));
            writer.flush(false);
        }
        assertEquals(DayFolder.FAN_IN, SubjectIndex.open(dir).find(DAY, hash(1)).size());
    }

    @Test
    void aLookUpDuringMergesSeesEveryRow() throws Exception {
        SubjectIndexWriter first = new SubjectIndexSink(dir).writer(0, 2);
        SubjectIndexWriter second = new SubjectIndexSink(dir).writer(1, 2);
        AtomicInteger flushed = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (SubjectIndexWriter writer : List.of(first, second)) {
                writers.add(pool.submit(() -> {
                    for (int i = 0; i < 150; i++) {
                        synchronized (flushed) {
                            writer.write(entry(1, flushed.get()));
                            writer.flush(false);
                            flushed.incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            SubjectIndex index = SubjectIndex.open(dir);
            int looks = 0;
            while (flushed.get() < 300) {
                int least = flushed.get();
                assertTrue(index.find(DAY, hash(1)).size() >= least, "after " + least);
                looks++;
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertTrue(looks > 0);
            assertEquals(300, index.find(DAY, hash(1)).size());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void daysExpire() throws IOException {
        SubjectIndexWriter writer = writer();
        for (int day = 0; day < 4; day++) {
            writer.write(entry(DAY.plusDays(day), hash(1), new EventPlace("topic", 0, day, 0)));
        }
        writer.flush(true);
        Files.writeString(dir.resolve("notes.txt"), "not a day");
        SubjectIndex index = SubjectIndex.open(dir);
        assertEquals(4, index.days().size());
        assertEquals(List.of(DAY, DAY.plusDays(1)), index.expireBefore(DAY.plusDays(2)));
        assertEquals(List.of(), index.expireBefore(DAY.plusDays(2)));
        assertEquals(List.of(DAY.plusDays(2), DAY.plusDays(3)), index.days());
        assertEquals(List.of(), index.find(DAY, hash(1)));
        assertEquals(1, index.find(DAY.plusDays(2), hash(1)).size());
        assertEquals(List.of(), SubjectIndex.open(dir.resolve("missing")).days());
    }

    @Test
    void refusesADamagedFile() throws IOException {
        SubjectIndexWriter writer = writer();
        writer.write(entry(1, 1));
        writer.flush(false);
        Path file = dir.resolve(DAY.toString()).resolve(files().get(0));
        byte[] good = Files.readAllBytes(file);
        for (int length = 0; length < good.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(good, length));
            assertThrows(IOException.class, () -> SubjectIndex.open(dir).find(DAY, hash(1)), "cut at " + length);
        }
        Files.write(file, good);
        assertEquals(1, SubjectIndex.open(dir).find(DAY, hash(1)).size());
    }

    @Test
    void modesLetTheOwnerAloneIn() throws IOException {
        SubjectIndexWriter writer = writer();
        writer.write(entry(1, 1));
        writer.flush(false);
        Path day = dir.resolve(DAY.toString());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(day)));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(day.resolve(files().get(0)))));
    }

    private SubjectIndexWriter writer() throws IOException {
        return new SubjectIndexSink(dir).writer(0, 1);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(dir.resolve(DAY.toString()))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".rows"))
                    .toList();
        }
    }

    static SubjectEntry entry(int subject, long offset) {
        return entry(DAY, hash(subject), new EventPlace("topic", 0, offset, 0));
    }

    private static SubjectEntry entry(LocalDate day, byte[] hash, EventPlace place) {
        return SubjectEntry.newBuilder()
                .setReceiveDay(day)
                .setIdentifier(new IdentifierHash(hash))
                .setTopicId(place.topicId())
                .setPartition(place.partition())
                .setOffset(place.offset())
                .setPosition(place.position())
                .build();
    }

    /** Spread as a keyed hash is. */
    private static byte[] hash(int subject) {
        Random random = new Random(subject);
        return ByteBuffer.allocate(16)
                .putLong(random.nextLong())
                .putLong(random.nextLong())
                .array();
    }
}
