package io.sluice.sinks.vault;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.keys.Bucket;
import io.sluice.keys.FileKeyStore;
import io.sluice.keys.ServerKeyStore;
import io.sluice.schema.SealedBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink's contract, in Flink's own operators. */
class VaultSinkTest {
    private static final Instant NOON = Instant.parse("2024-01-10T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC);
    private static final LocalDate DAY = LocalDate.ofInstant(NOON, ZoneOffset.UTC);

    @TempDir
    Path dir;

    private Path vault;
    private ServerKeyStore server;
    private FileKeyStore ingest;

    /** Everything that ever came out of a sealer: where a nonce twice under one key would show. */
    private final List<SealedBlock> sealed = new ArrayList<>();

    @BeforeEach
    void keys() {
        vault = dir.resolve("vault");
        server = ServerKeyStore.open(dir.resolve("keys"), CLOCK, new SecureRandom());
        server.make(DAY, DAY);
        ingest = FileKeyStore.open(dir.resolve("keys"), CLOCK, new SecureRandom());
    }

    @Test
    void publishesWhatACompletedCheckpointHolds() throws Exception {
        try (VaultJob job = VaultJob.start(vault);
                BlockSealer sealer = sealer(job)) {
            add(sealer, 0, 10);
            sealer.endBlocks();
            assertEquals(List.of(), offsets(), "nothing before a checkpoint");
            VaultJob.Checkpoint first = job.checkpoint(1);
            assertEquals(List.of(), offsets(), "nothing before it has completed");
            add(sealer, 10, 20);
            sealer.endBlocks();
            job.complete(first);
            assertEquals(range(0, 10), offsets(), "what came behind its barrier is not in it");
            job.complete(job.checkpoint(2));
            assertEquals(range(0, 20), offsets());
        }
        assertEquals(1, files().size(), "one file across checkpoints");
    }

    @Test
    void killedBetweenABlocksEndAndTheCheckpoint() throws Exception {
        VaultJob.Checkpoint first;
        try (VaultJob job = VaultJob.start(vault);
                BlockSealer sealer = sealer(job)) {
            add(sealer, 0, 10);
            sealer.endBlocks();
            first = job.checkpoint(1);
            job.complete(first);
            add(sealer, 10, 20);
            sealer.endBlocks();
            job.barrier(2);
        }
        long published = files().get(0).length();
        assertTrue(Files.size(container()) > published, "there is something to cut off");
        try (VaultJob job = VaultJob.restore(vault, first);
                BlockSealer sealer = sealer(job)) {
            assertEquals(published, Files.size(container()), "cut off what no checkpoint holds");
            assertEquals(range(0, 10), offsets());
            add(sealer, 10, 20);
            sealer.endBlocks();
            job.complete(job.checkpoint(2));
            assertEquals(range(0, 20), offsets());
        }
        assertEquals(2, files().size(), "a new file after a restore");
        assertNoNonceTwice();
        assertNothingBeyondPublished();
    }

    @Test
    void killedBetweenTheStateAndItsCompletion() throws Exception {
        VaultJob.Checkpoint first;
        try (VaultJob job = VaultJob.start(vault);
                BlockSealer sealer = sealer(job)) {
            add(sealer, 0, 10);
            sealer.endBlocks();
            first = job.checkpoint(1);
            job.complete(first);
            add(sealer, 10, 20);
            sealer.endBlocks();
            // Its state is taken, but the checkpoint fails elsewhere: the job is restored from the one before.
            job.checkpoint(2);
        }
        try (VaultJob job = VaultJob.restore(vault, first);
                BlockSealer sealer = sealer(job)) {
            assertEquals(range(0, 10), offsets());
            add(sealer, 10, 20);
            sealer.endBlocks();
            job.complete(job.checkpoint(3));
        }
        assertEquals(range(0, 20), offsets());
        assertNoNonceTwice();
        assertNothingBeyondPublished();
    }

    @Test
    void killedBetweenCompletionAndItsNotice() throws Exception {
        VaultJob.Checkpoint second;
        try (VaultJob job = VaultJob.start(vault);
                BlockSealer sealer = sealer(job)) {
            add(sealer, 0, 10);
            sealer.endBlocks();
            job.checkpoint(1);
            add(sealer, 10, 20);
            sealer.endBlocks();
            second = job.checkpoint(2);
        }
        assertEquals(List.of(), offsets());
        try (VaultJob job = VaultJob.restore(vault, second);
                BlockSealer sealer = sealer(job)) {
            assertEquals(range(0, 20), offsets(), "committed again at the restore");
            add(sealer, 20, 30);
            sealer.endBlocks();
            job.complete(job.checkpoint(3));
        }
        assertEquals(range(0, 30), offsets());
        assertNothingBeyondPublished();
    }

    @Test
    void committingAgainChangesNothing() throws Exception {
        VaultJob.Checkpoint first;
        VaultJob.Checkpoint second;
        try (VaultJob job = VaultJob.start(vault);
                BlockSealer sealer = sealer(job)) {
            add(sealer, 0, 10);
            sealer.endBlocks();
            first = job.checkpoint(1);
            job.complete(first);
            add(sealer, 10, 20);
            sealer.endBlocks();
            second = job.checkpoint(2);
            job.complete(second);
        }
        for (int i = 0; i < 3; i++) {
            VaultJob.restore(vault, second).close();
            assertEquals(range(0, 20), offsets());
        }
        VaultJob.restore(vault, first).close();
        assertEquals(range(0, 20), offsets(), "what is published stays, also when an older checkpoint is restored");
    }

    @Test
    void aFileThatEndedIsClosedWithASortedIndex() throws Exception {
        SettableClock clock = new SettableClock(CLOCK.instant());
        try (VaultJob job = VaultJob.start(vault);
                BlockSealer sealer = new BlockSealer(ingest, new SecureRandom(), clock, "w0", out(job))) {
            add(sealer, 0, 10);
            sealer.endBlocks();
            job.complete(job.checkpoint(1));
            assertFalse(files().get(0).closed());
            clock.set(clock.instant().plusSeconds(3600));
            add(sealer, 10, 20);
            sealer.endBlocks();
            job.complete(job.checkpoint(2));
            assertTrue(files().get(0).closed());
            add(sealer, 20, 30);
            sealer.endBlocks();
            job.complete(job.checkpoint(3));
        }
        assertEquals(2, files().size());
        assertEquals(range(0, 30), offsets());
        assertNoNonceTwice();
    }

    @Test
    void aFileThatEndedUnseenSurvivesLaterCheckpoints() throws Exception {
        // Flink gives notice of a checkpoint at best: the next one's commits both.
        SettableClock clock = new SettableClock(CLOCK.instant());
        VaultJob.Checkpoint third;
        try (VaultJob job = VaultJob.start(vault);
                BlockSealer sealer = new BlockSealer(ingest, new SecureRandom(), clock, "w0", out(job))) {
            add(sealer, 0, 10);
            clock.set(clock.instant().plusSeconds(3600));
            sealer.endBlocks();
            job.checkpoint(1);
            add(sealer, 10, 20);
            sealer.endBlocks();
            job.checkpoint(2);
            third = job.checkpoint(3);
        }
        assertEquals(List.of(), offsets());
        VaultJob.restore(vault, third).close();
        assertEquals(range(0, 20), offsets());
    }

    /** Flink ends the whole task manager if a failed task fails again while it is cleaned up. */
    @Test
    void aVaultThatWentAwayIsNoFaultOfClosing() throws Exception {
        VaultJob job = VaultJob.start(vault);
        job.checkpoint(1);
        Path away = vault.resolveSibling("away");
        Files.move(vault, away);
        Files.writeString(vault, "in the place of the folder");
        assertDoesNotThrow(job::close);
        Files.delete(vault);
        Files.move(away, vault);
        VaultJob.start(vault).close();
    }

    @Test
    void theEndOfTheInputClosesAllFiles() throws Exception {
        try (VaultJob job = VaultJob.start(vault);
                BlockSealer sealer = sealer(job)) {
            add(sealer, 0, 10);
            sealer.endBlocks();
            job.endInput();
            job.complete(job.checkpoint(1));
        }
        assertEquals(range(0, 10), offsets());
        assertTrue(files().get(0).closed());
        assertEquals(List.of(), filesUnder(vault.resolve(".open")));
    }

    @Test
    void removesFilesThatNoCheckpointHolds() throws Exception {
        VaultJob.Checkpoint first;
        try (VaultJob job = VaultJob.start(vault)) {
            first = job.checkpoint(1);
            job.complete(first);
            BlockSealer sealer = sealer(job);
            add(sealer, 0, 10);
            sealer.endBlocks();
            job.checkpoint(2);
            add(sealer, 3600, 3610, NOON.plusSeconds(3600).toEpochMilli(), true);
            sealer.endBlocks();
            job.barrier(3);
        }
        assertEquals(
                2,
                filesUnder(vault.resolve(".open")).stream()
                        .filter(name -> name.endsWith(".avro"))
                        .count());
        try (VaultJob job = VaultJob.restore(vault, first)) {
            assertEquals(
                    List.of(),
                    filesUnder(vault.resolve(".open")).stream()
                            .filter(name -> name.endsWith(".avro"))
                            .toList());
        }
    }

    @Test
    void leavesTheFilesOfLivingWritersAlone() throws Exception {
        VaultJob.Checkpoint empty;
        try (VaultJob job = VaultJob.start(vault)) {
            empty = job.checkpoint(1);
        }
        try (VaultJob living = VaultJob.restore(vault, empty, 2, 0);
                BlockSealer sealer = sealer(living)) {
            add(sealer, 0, 10);
            sealer.endBlocks();
            living.barrier(2);
            VaultJob.restore(vault, empty, 2, 1).close();
            living.complete(living.checkpoint(3));
        }
        assertEquals(range(0, 10), offsets());
    }

    @Test
    void aJobThatBeginsAnewLeavesWhatACheckpointOnceHeld() throws Exception {
        VaultJob.Checkpoint first;
        try (VaultJob job = VaultJob.start(vault);
                BlockSealer sealer = sealer(job)) {
            add(sealer, 0, 10);
            sealer.endBlocks();
            first = job.checkpoint(1);
        }
        VaultJob.start(vault).close();
        VaultJob.restore(vault, first).close();
        assertEquals(range(0, 10), offsets());
    }

    @Test
    void everyCrashPointOfARandomRunKeepsTheContract() throws Exception {
        for (int seed = 0; seed < 6; seed++) {
            randomRun(new java.util.Random(seed), vault.resolve("run" + seed), seed);
        }
        assertNoNonceTwice();
    }

    private void randomRun(java.util.Random random, Path folder, int seed) throws Exception {
        VaultJob job = VaultJob.start(folder);
        BlockSealer sealer = sealer(job);
        VaultJob.Checkpoint restorable = null;
        long held = 0;
        long next = 0;
        long id = 1;
        for (int step = 0; step < 25; step++) {
            long end = next + random.nextInt(5);
            add(sealer, next, end);
            next = end;
            sealer.endBlocks();
            int fate = random.nextInt(6);
            if (fate > 0) {
                VaultJob.Checkpoint taken = job.checkpoint(id++);
                if (fate > 1) {
                    restorable = taken;
                    held = next;
                }
                if (fate > 2) {
                    job.complete(taken);
                    assertEquals(range(0, held), offsets(folder), "seed " + seed + " step " + step);
                }
            }
            if (fate < 4) {
                sealer.close();
                job.close();
                job = restorable == null ? VaultJob.start(folder) : VaultJob.restore(folder, restorable);
                sealer = sealer(job);
                next = held;
                assertEquals(range(0, held), offsets(folder), "seed " + seed + " step " + step);
            }
        }
        sealer.endBlocks();
        job.endInput();
        job.complete(job.checkpoint(id));
        sealer.close();
        job.close();
        assertEquals(range(0, next), offsets(folder), "seed " + seed);
    }

    @Test
    void findsTheBlocksOfATermInOpenAndClosedFiles() throws Exception {
        SettableClock clock = new SettableClock(CLOCK.instant());
        byte[] wanted = term(4);
        try (VaultJob job = VaultJob.start(vault);
                BlockSealer sealer = new BlockSealer(ingest, new SecureRandom(), clock, "w0", out(job))) {
            for (int checkpoint = 1; checkpoint <= 20; checkpoint++) {
                long from = checkpoint * 10L;
                add(sealer, from, from + 10);
                sealer.endBlocks();
                job.complete(job.checkpoint(checkpoint));
            }
            VaultFile open = files().get(0);
            assertFalse(open.closed());
            Set<Long> inOpen = new HashSet<>();
            reader().find(open, wanted, record -> inOpen.add(record.offset()));
            assertEquals(withTerm(4), inOpen);
            clock.set(clock.instant().plusSeconds(3600));
            sealer.endBlocks();
            job.complete(job.checkpoint(21));
        }
        VaultFile closed = files().get(0);
        assertTrue(closed.closed());
        Set<Long> inClosed = new HashSet<>();
        reader().find(closed, wanted, record -> inClosed.add(record.offset()));
        assertEquals(withTerm(4), inClosed);
        List<Long> none = new ArrayList<>();
        reader().find(closed, term(99), record -> none.add(record.offset()));
        assertEquals(List.of(), none);
    }

    /** The offsets that share a block of ten with one whose term that is; see {@link #add}. */
    private static Set<Long> withTerm(int number) {
        Set<Long> offsets = new HashSet<>();
        for (long block = 10; block < 210; block += 10) {
            if ((block / 10) % 7 == number) {
                offsets.addAll(range(block, block + 10));
            }
        }
        return offsets;
    }

    @Test
    void anUnwritableFolderFailsWithASentence() throws Exception {
        Files.createDirectories(vault);
        Files.writeString(vault.resolve(".open"), "in the way");
        assertThrows(
                IOException.class, () -> VaultWriter.open(vault, CLOCK, List.of(), java.util.OptionalLong.empty()));
    }

    @Test
    void aFileThatIsMissingIsNotPassedOver() throws Exception {
        VaultJob.Checkpoint first;
        try (VaultJob job = VaultJob.start(vault);
                BlockSealer sealer = sealer(job)) {
            add(sealer, 0, 10);
            sealer.endBlocks();
            first = job.checkpoint(1);
            job.complete(first);
        }
        Files.delete(container());
        assertThrows(Exception.class, () -> VaultJob.restore(vault, first));
    }

    @Test
    void expiryDestroysTheKeyFirstAndTheFilesSecond() throws Exception {
        long old = NOON.minusSeconds(3600).toEpochMilli();
        try (VaultJob job = VaultJob.start(vault);
                BlockSealer sealer = sealer(job)) {
            server.make(DAY.minusDays(1), DAY);
            add(sealer, 0, 10, old, false);
            add(sealer, 10, 20, old, true);
            add(sealer, 20, 30);
            sealer.endBlocks();
            job.complete(job.checkpoint(1));
        }
        assertEquals(range(0, 30), offsets());
        VaultExpiry expiry = new VaultExpiry(vault, server);
        Bucket quarantine = Bucket.of(Instant.ofEpochMilli(old), true);
        Bucket plain = Bucket.of(Instant.ofEpochMilli(old), false);
        assertEquals(List.of(), expiry.expire(quarantine.end().plusSeconds(14 * 86400 - 1)));
        assertEquals(List.of(quarantine.name()), expiry.expire(quarantine.end().plusSeconds(14 * 86400)));
        assertTrue(server.isGone(quarantine));
        assertFalse(Files.exists(vault.resolve(quarantine.name())));
        List<Long> left = new ArrayList<>(range(0, 10));
        left.addAll(range(20, 30));
        assertEquals(left, offsets());
        // As if it had been killed between the key and the files.
        server.destroyBuckets(List.of(plain));
        assertThrows(io.sluice.keys.KeyUnavailable.class, this::offsets, "the key alone makes it unreadable");
        assertEquals(List.of(plain.name()), expiry.expire(plain.end().plusSeconds(30 * 86400)));
        assertEquals(List.of(), expiry.expire(plain.end().plusSeconds(30 * 86400)));
        assertEquals(range(20, 30), offsets());
    }

    private BlockSealer sealer(VaultJob job) {
        return new BlockSealer(ingest, new SecureRandom(), CLOCK, "w0", out(job));
    }

    private Consumer<SealedBlock> out(VaultJob job) {
        return block -> {
            sealed.add(block);
            job.accept(block);
        };
    }

    private static void add(BlockSealer sealer, long from, long to) {
        add(sealer, from, to, NOON.toEpochMilli(), false);
    }

    private static void add(BlockSealer sealer, long from, long to, long receivedAt, boolean quarantined) {
        for (long offset = from; offset < to; offset++) {
            byte[] record = ("record " + offset).getBytes(StandardCharsets.UTF_8);
            List<byte[]> terms = List.of(term((int) (offset / 10) % 7));
            sealer.add("topic", 0, offset, 0, receivedAt, record, 0, record.length, quarantined, terms);
        }
    }

    private static byte[] term(int number) {
        return ByteBuffer.allocate(16).putLong(-number).putLong(number).array();
    }

    private VaultReader reader() {
        return new VaultReader(vault, server);
    }

    private List<VaultFile> files() throws IOException {
        return reader().files();
    }

    private List<Long> offsets() throws IOException {
        return offsets(vault);
    }

    /** The offset of each readable record, each checked against its bytes. */
    private List<Long> offsets(Path folder) throws IOException {
        VaultReader reader = new VaultReader(folder, server);
        List<Long> offsets = new ArrayList<>();
        for (VaultFile file : reader.files()) {
            reader.read(file, record -> {
                assertEquals("record " + record.offset(), new String(record.bytes(), StandardCharsets.UTF_8));
                offsets.add(record.offset());
            });
        }
        Collections.sort(offsets);
        return offsets;
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private Path container() throws IOException {
        VaultFile file = files().get(0);
        return vault.resolve(file.bucket()).resolve(file.name() + ".avro");
    }

    private static List<String> filesUnder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }

    /** Over all that was ever sealed, published or not, by the data keys themselves. */
    private void assertNoNonceTwice() throws GeneralSecurityException {
        Map<ByteBuffer, ByteBuffer> keyOfWrapped = new HashMap<>();
        Map<ByteBuffer, Set<ByteBuffer>> nonces = new HashMap<>();
        Map<String, ByteBuffer> keyOfFile = new HashMap<>();
        for (SealedBlock block : sealed) {
            if (!block.getEndsFile()) {
                ByteBuffer key = keyOfWrapped.get(block.getWrappedKey());
                if (key == null) {
                    byte[] wrapped = block.getWrappedKey().array();
                    byte[] context = BlockFormat.keyContext(block.getBucket(), block.getFile());
                    key = ByteBuffer.wrap(server.unwrap(block.getBucket(), wrapped, context));
                    keyOfWrapped.put(block.getWrappedKey(), key);
                }
                assertTrue(
                        nonces.computeIfAbsent(key, k -> new HashSet<>()).add(block.getNonce()),
                        "a nonce twice under one key");
                ByteBuffer before = keyOfFile.putIfAbsent(block.getFile(), key);
                assertTrue(before == null || before.equals(key), "a file has one key");
            }
        }
        assertEquals(keyOfFile.size(), nonces.size(), "a key is used for one file");
    }

    /** With Avro alone, as who has the disk reads it: what is there is what is published. */
    private void assertNothingBeyondPublished() throws IOException {
        for (VaultFile file : files()) {
            Path path = vault.resolve(file.bucket()).resolve(file.name() + ".avro");
            assertEquals(file.length(), Files.size(path));
            try (DataFileReader<SealedBlock> avro =
                    new DataFileReader<>(path.toFile(), new SpecificDatumReader<>(SealedBlock.class))) {
                while (avro.hasNext()) {
                    assertTrue(avro.next().getTerms().isEmpty());
                }
            }
        }
    }

    /** A clock that stands until it is set. */
    private static final class SettableClock extends Clock {
        private Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        void set(Instant to) {
            now = to;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException("a zone means nothing here");
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
