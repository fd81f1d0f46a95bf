package io.sluice.sinks.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.keys.Bucket;
import io.sluice.keys.FileKeyStore;
import io.sluice.keys.KeyUnavailable;
import io.sluice.keys.ServerKeyStore;
import io.sluice.schema.SealedBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sealer makes opens to the same records, in its own place and unchanged, and no other way. */
class BlockSealerTest {
    private static final Instant NOON = Instant.parse("2024-01-10T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    @TempDir
    Path dir;

    private ServerKeyStore server;
    private FileKeyStore ingest;
    private final List<SealedBlock> blocks = new ArrayList<>();

    @BeforeEach
    void keys() {
        server = ServerKeyStore.open(dir.resolve("keys"), CLOCK, new SecureRandom());
        server.make(LocalDate.of(2024, 1, 10), LocalDate.of(2024, 1, 10));
        ingest = FileKeyStore.open(dir.resolve("keys"), CLOCK, new SecureRandom());
    }

    @Test
    void anyRecordsComeBackAsTheyWere() throws IOException {
        Random random = new Random(1);
        List<VaultRecord> expected = new ArrayList<>();
        try (BlockSealer sealer = sealer()) {
            for (int i = 0; i < 3000; i++) {
                byte[] array = new byte[random.nextInt(50) == 0 ? random.nextInt(200_000) : random.nextInt(300)];
                random.nextBytes(array);
                int from = array.length == 0 ? 0 : random.nextInt(array.length);
                long receivedAt = NOON.toEpochMilli() + random.nextInt(2 * 3600_000);
                VaultRecord record = new VaultRecord(
                        "topic" + random.nextInt(2),
                        random.nextInt(3),
                        i,
                        random.nextInt(4),
                        receivedAt,
                        Arrays.copyOfRange(array, from, array.length));
                expected.add(record);
                add(sealer, record, array, from, random.nextInt(10) == 0);
                if (random.nextInt(200) == 0) {
                    sealer.endBlocks();
                }
            }
            sealer.endBlocks();
        }
        List<VaultRecord> read = new ArrayList<>(readAll());
        read.sort((one, other) -> Long.compare(one.offset(), other.offset()));
        assertEquals(expected.size(), read.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(fields(expected.get(i)), fields(read.get(i)));
            assertArrayEquals(expected.get(i).bytes(), read.get(i).bytes());
        }
        for (SealedBlock block : blocks) {
            assertTrue(block.getPlainBytes() <= BlockSealer.BLOCK_BYTES || block.getRecords() == 1);
        }
    }

    @Test
    void aBlockHoldsOnePartitionAndOneBucket() {
        try (BlockSealer sealer = sealer()) {
            for (int i = 0; i < 40; i++) {
                byte[] bytes = {(byte) i};
                long receivedAt = NOON.toEpochMilli() + (i % 2) * 3600_000L;
                VaultRecord record = new VaultRecord("topic", i % 3, i, 0, receivedAt, bytes);
                add(sealer, record, bytes, 0, i % 5 == 0);
            }
            sealer.endBlocks();
        }
        Set<String> kinds = new HashSet<>();
        blocks.forEach(block -> kinds.add(block.getPartition() + " " + block.getBucket()));
        assertEquals(12, blocks.size());
        assertEquals(12, kinds.size());
        assertTrue(kinds.contains("2 2024-01-10T13-quarantine"));
        blocks.forEach(block -> assertTrue(block.getFile().startsWith(block.getBucket() + ".w0.")));
        assertEquals(4, blocks.stream().map(SealedBlock::getFile).distinct().count());
    }

    @Test
    void termsStandOnceInABlock() {
        try (BlockSealer sealer = sealer()) {
            byte[] bytes = {1};
            byte[] term = new byte[16];
            term[15] = 7;
            for (int i = 0; i < 5; i++) {
                sealer.add("topic", 0, i, 0, NOON.toEpochMilli(), bytes, 0, 1, false, List.of(term, term.clone()));
            }
            sealer.endBlocks();
        }
        assertEquals(1, blocks.get(0).getTerms().size());
        assertEquals(7, blocks.get(0).getTerms().get(0).bytes()[15]);
    }

    @Test
    void noChangedByteOfAFileGoesUnnoticed() throws IOException {
        try (BlockSealer sealer = sealer()) {
            for (int i = 0; i < 6; i++) {
                byte[] bytes = ("record " + i).getBytes(StandardCharsets.UTF_8);
                add(sealer, new VaultRecord("topic", 0, i, 0, NOON.toEpochMilli(), bytes), bytes, 0, false);
                if (i % 2 == 1) {
                    sealer.endBlocks();
                }
            }
        }
        VaultFile file = write(blocks).get(0);
        Path path = dir.resolve("vault").resolve(file.bucket()).resolve(file.name() + ".avro");
        byte[] good = Files.readAllBytes(path);
        List<String> expected = texts(file);
        assertEquals(6, expected.size());
        int header;
        try (DataFileReader<SealedBlock> avro =
                new DataFileReader<>(path.toFile(), new SpecificDatumReader<>(SealedBlock.class))) {
            header = (int) avro.previousSync();
        }
        int unnoticed = 0;
        // Of the container's header (schema and its comments) a part; of the blocks every byte.
        for (int i = 0; i < good.length; i += i < header ? 9 : 1) {
            byte[] changed = good.clone();
            changed[i] ^= (byte) (1 << (i % 8));
            Files.write(path, changed);
            try {
                assertEquals(expected, texts(file), "byte " + i);
                unnoticed += i < header ? 0 : 1;
            } catch (IOException e) {
                assertFalse(String.valueOf(e.getMessage()).contains("record 1"), "byte " + i);
            }
        }
        assertTrue(unnoticed <= blocks.size(), unnoticed + " bytes changed unnoticed, one a block (ends_file) at most");
        Files.write(path, good);
        assertEquals(expected, texts(file));
    }

    @Test
    void aBlockOpensInItsOwnPlaceOnly() throws IOException {
        try (BlockSealer sealer = sealer()) {
            byte[] bytes = "record".getBytes(StandardCharsets.UTF_8);
            add(sealer, new VaultRecord("topic", 0, 5, 0, NOON.toEpochMilli(), bytes), bytes, 0, false);
            sealer.endBlocks();
        }
        SealedBlock good = blocks.get(0);
        assertEquals(1, readBack(block -> block).size());
        List<UnaryOperator<SealedBlock>> changes = List.of(
                set(block -> block.setTopicId("another")),
                set(block -> block.setPartition(1)),
                set(block -> block.setFirstOffset(4)),
                set(block -> block.setLastOffset(6)),
                set(block -> block.setRecords(2)),
                set(block -> block.setPlainBytes(block.getPlainBytes() + 1)),
                set(block -> block.setFile(block.getFile() + "x")),
                set(block -> block.setBucket("2024-01-10T13")),
                set(block -> block.setBucket("2024-01-10T12-quarantine")),
                set(block -> block.setNonce(flipped(block.getNonce()))),
                set(block -> block.setCiphertext(flipped(block.getCiphertext()))),
                set(block -> block.setWrappedKey(flipped(block.getWrappedKey()))));
        for (int i = 0; i < changes.size(); i++) {
            UnaryOperator<SealedBlock> change = changes.get(i);
            assertThrows(RefusedBlock.class, () -> readBack(change), "change " + i);
        }
        assertEquals(0, good.getPartition(), "the block itself was left alone");
    }

    @Test
    void aFilesNameIsPartOfWhatIsSealed() throws IOException {
        // Two files of one bucket: a block of the one under the name of the other, with the other's key.
        try (BlockSealer one = sealer();
                BlockSealer other = sealer()) {
            byte[] bytes = "record".getBytes(StandardCharsets.UTF_8);
            VaultRecord record = new VaultRecord("topic", 0, 5, 0, NOON.toEpochMilli(), bytes);
            add(one, record, bytes, 0, false);
            one.endBlocks();
            add(other, record, bytes, 0, false);
            other.endBlocks();
        }
        SealedBlock moved = SealedBlock.newBuilder(blocks.get(0))
                .setFile(blocks.get(1).getFile())
                .setWrappedKey(blocks.get(1).getWrappedKey())
                .build();
        VaultFile file = write(List.of(moved)).get(0);
        assertThrows(RefusedBlock.class, () -> texts(file));
    }

    @Test
    void waitsForTheKeyOfABucketAndTakesNothing() {
        try (BlockSealer sealer = sealer()) {
            long tomorrow = NOON.plusSeconds(86400).toEpochMilli();
            byte[] bytes = {1};
            VaultRecord record = new VaultRecord("topic", 0, 5, 0, tomorrow, bytes);
            assertThrows(KeyUnavailable.class, () -> sealer.takes(tomorrow, false));
            assertTrue(sealer.takes(NOON.toEpochMilli(), false));
            assertThrows(KeyUnavailable.class, () -> add(sealer, record, bytes, 0, false));
            sealer.endBlocks();
            assertEquals(List.of(), blocks);
            server.make(LocalDate.of(2024, 1, 11), LocalDate.of(2024, 1, 11));
            assertTrue(sealer.takes(tomorrow, false));
            add(sealer, record, bytes, 0, false);
            sealer.endBlocks();
            assertEquals(1, blocks.size());
        }
    }

    @Test
    void takesNothingWhoseTimeIsOver() {
        long noon = NOON.toEpochMilli();
        for (int days : new int[] {1, 20, 31}) {
            Clock later = Clock.fixed(NOON.plus(Duration.ofDays(days)), ZoneOffset.UTC);
            FileKeyStore then = FileKeyStore.open(dir.resolve("keys"), later, new SecureRandom());
            try (BlockSealer sealer = new BlockSealer(then, new SecureRandom(), later, "w0", blocks::add)) {
                assertEquals(days < 30, sealer.takes(noon, false));
                assertEquals(days < 14, sealer.takes(noon, true));
            }
        }
        // Destroyed before its time, as an erasure may do.
        server.destroyBuckets(List.of(Bucket.of(NOON, false)));
        try (BlockSealer sealer = sealer()) {
            assertFalse(sealer.takes(noon, false));
        }
    }

    @Test
    void aRecordWithoutAReceiveTimeGoesIntoTheBucketOfNow() throws IOException {
        try (BlockSealer sealer = sealer()) {
            byte[] bytes = {1};
            add(sealer, new VaultRecord("topic", 0, 5, 0, Long.MIN_VALUE, bytes), bytes, 0, true);
            sealer.endBlocks();
        }
        assertEquals("2024-01-10T12-quarantine", blocks.get(0).getBucket());
        assertEquals(Long.MIN_VALUE, readAll().get(0).receivedAt());
    }

    @Test
    void anotherSealerMakesAnotherFileAndKey() {
        for (int i = 0; i < 2; i++) {
            try (BlockSealer sealer = sealer()) {
                byte[] bytes = {1};
                add(sealer, new VaultRecord("topic", 0, 5, 0, NOON.toEpochMilli(), bytes), bytes, 0, false);
                sealer.endBlocks();
            }
        }
        assertNotEquals(blocks.get(0).getFile(), blocks.get(1).getFile());
        assertNotEquals(blocks.get(0).getCiphertext(), blocks.get(1).getCiphertext());
    }

    @Test
    void wipesADataKey() throws Exception {
        DataKey key = DataKey.fresh(new SecureRandom());
        key.destroy();
        assertTrue(key.isDestroyed());
        assertThrows(IllegalStateException.class, key::getEncoded);
        assertThrows(java.io.NotSerializableException.class, () -> new java.io.ObjectOutputStream(
                        new java.io.ByteArrayOutputStream())
                .writeObject(DataKey.fresh(new SecureRandom())));
    }

    @Test
    void plaintextPrintsALength() {
        PlainBlock block = new PlainBlock();
        byte[] bytes = "someone@example.com".getBytes(StandardCharsets.UTF_8);
        block.add(1, 0, 0, bytes, 0, bytes.length, List.of());
        assertEquals("1 records of 43 bytes", block.toString());
        assertEquals("a raw record of 19 bytes", new VaultRecord("t", 0, 1, 0, 0, bytes).toString());
    }

    private BlockSealer sealer() {
        return new BlockSealer(ingest, new SecureRandom(), CLOCK, "w0", blocks::add);
    }

    private static void add(BlockSealer sealer, VaultRecord record, byte[] array, int from, boolean quarantined) {
        sealer.add(
                record.topicId(),
                record.partition(),
                record.offset(),
                record.position(),
                record.receivedAt(),
                array,
                from,
                array.length,
                quarantined,
                List.of());
    }

    /** Through the sink's own files. */
    private List<VaultFile> write(List<SealedBlock> all) throws IOException {
        Path vault = dir.resolve("vault");
        VaultFolder folder = new VaultFolder(vault);
        try (VaultWriter writer = VaultWriter.open(vault, CLOCK, List.of(), OptionalLong.empty())) {
            for (SealedBlock block : all) {
                writer.write(block);
            }
            writer.flush(true);
            for (VaultPart part : writer.prepareCommit()) {
                folder.publish(part);
            }
        }
        return new VaultReader(vault, server).files();
    }

    private List<VaultRecord> readAll() throws IOException {
        List<VaultRecord> records = new ArrayList<>();
        for (VaultFile file : write(blocks)) {
            new VaultReader(dir.resolve("vault"), server).read(file, records::add);
        }
        return records;
    }

    /** The first block, changed, in a file of the changed name. */
    private List<VaultRecord> readBack(UnaryOperator<SealedBlock> change) throws IOException {
        SealedBlock changed = change.apply(blocks.get(0));
        Path vault = dir.resolve("changed" + System.identityHashCode(change));
        VaultFolder folder = new VaultFolder(vault);
        try (VaultWriter writer = VaultWriter.open(vault, CLOCK, List.of(), OptionalLong.empty())) {
            writer.write(changed);
            writer.flush(true);
            for (VaultPart part : writer.prepareCommit()) {
                folder.publish(part);
            }
        }
        List<VaultRecord> records = new ArrayList<>();
        VaultReader reader = new VaultReader(vault, server);
        for (VaultFile file : reader.files()) {
            reader.read(file, records::add);
        }
        return records;
    }

    private List<String> texts(VaultFile file) throws IOException {
        List<String> texts = new ArrayList<>();
        new VaultReader(dir.resolve("vault"), server)
                .read(
                        file,
                        record -> texts.add(record.topicId()
                                + record.partition()
                                + record.offset()
                                + new String(record.bytes(), StandardCharsets.UTF_8)));
        return texts;
    }

    private static UnaryOperator<SealedBlock> set(java.util.function.Consumer<SealedBlock> change) {
        return block -> {
            SealedBlock copy = SealedBlock.newBuilder(block).build();
            change.accept(copy);
            return copy;
        };
    }

    private static ByteBuffer flipped(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        copy[copy.length / 2] ^= 1;
        return ByteBuffer.wrap(copy);
    }

    private static String fields(VaultRecord record) {
        return record.topicId()
                + ' '
                + record.partition()
                + ' '
                + record.offset()
                + ' '
                + record.position()
                + ' '
                + record.receivedAt();
    }
}
