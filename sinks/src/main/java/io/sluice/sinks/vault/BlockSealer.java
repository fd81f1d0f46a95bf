package io.sluice.sinks.vault;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.sluice.keys.Bucket;
import io.sluice.keys.KeyStore;
import io.sluice.keys.KeyUnavailable;
import io.sluice.schema.SealedBlock;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Gathers raw records into blocks and seals them; the one place where the vault sees plaintext, and the boundary task
 * is where it lives.
 *
 * <p>A block holds records of one partition and one bucket, at most 64 KiB of them; a larger record is a block of its
 * own. Blocks belong to a file, which has a bucket, a name and a data key of its own, made here; a file takes blocks
 * across checkpoints, until it has 5,000,000 records, is an hour old, or its hour is over and nothing came for a minute.
 * Then a block that {@code ends_file} follows.
 *
 * <p>Guarantees: a data key exists in this object alone, is never used by another one (so not after a restore either)
 * and is wiped when its file ends; what comes out can be opened with the private half of its bucket only; a changed
 * byte, or a block moved to another place, file, partition or bucket, does not open. Does not guarantee: that how many
 * records came, when, and how well they compress is hidden; that the same record is sealed once only (the sink publishes
 * what a checkpoint holds).
 *
 * <p>Not thread-safe; one per boundary task. {@code out} is called inside {@link #add} and {@link #endBlocks}.
 */
public final class BlockSealer implements AutoCloseable {
    /** The most that a block holds, framing included, unless a single record is larger. */
    public static final int BLOCK_BYTES = 64 * 1024;

    /** The most records in a file. */
    public static final int FILE_RECORDS = 5_000_000;

    private static final Duration FILE_LIFE = Duration.ofHours(1);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Pattern WRITER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int ZSTD_LEVEL = 1;

    private record BlockKey(String topicId, int partition, Bucket bucket) {}

    private final KeyStore keys;
    private final SecureRandom random;
    private final Clock clock;
    private final String writer;
    private final Consumer<SealedBlock> out;
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private final Map<BlockKey, PlainBlock> blocks = new HashMap<>();
    private final Map<Bucket, SealingFile> files = new HashMap<>();
    private byte[] compressed = new byte[0];
    private BlockCipher cipher = new BlockCipher();
    /** Buckets whose key was seen since the last barrier. */
    private final Set<Bucket> taken = new HashSet<>();

    private Bucket hourBucket = new Bucket(LocalDate.EPOCH, 0, false);
    private Bucket hourQuarantine = new Bucket(LocalDate.EPOCH, 0, true);
    private long hourStart = Long.MAX_VALUE;
    private long hourEnd = Long.MIN_VALUE;

    /**
     * @param keys gives the public halves of buckets
     * @param random data keys, nonces and file names come from it
     * @param clock tells when a file has been open for an hour
     * @param writer stands in file names, so that an operator sees whose they are: letters, digits, -
     * @param out takes the sealed blocks, in order
     */
    public BlockSealer(KeyStore keys, SecureRandom random, Clock clock, String writer, Consumer<SealedBlock> out) {
        if (!WRITER.matcher(writer).matches()) {
            throw new IllegalArgumentException("a writer is named with letters, digits and -, not: " + writer);
        }
        this.keys = keys;
        this.random = random;
        this.clock = clock;
        this.writer = writer;
        this.out = out;
        zstd.setLevel(ZSTD_LEVEL);
        zstd.setContentSize(true);
    }

    /**
     * Takes one record.
     *
     * @param topicId id of its raw topic
     * @param partition its partition
     * @param offset its Kafka record's offset
     * @param position its number within that Kafka record
     * @param receivedAt the broker's receive time, milliseconds since 1970; before 1970 (none known) it goes into the
     *     bucket of now
     * @param array holds its bytes, from {@code from} on and before {@code to}; not kept
     * @param quarantined whether it goes into a quarantine bucket
     * @param terms of the blind index, 16 bytes each
     * @throws KeyUnavailable if its bucket has no key; then nothing was taken and the call may be repeated
     */
    public void add(
            String topicId,
            int partition,
            long offset,
            int position,
            long receivedAt,
            byte[] array,
            int from,
            int to,
            boolean quarantined,
            List<byte[]> terms) {
        Bucket bucket = bucket(receivedAt, quarantined);
        BlockKey key = new BlockKey(topicId, partition, bucket);
        PlainBlock block = blocks.get(key);
        if (block == null) {
            file(bucket);
            block = new PlainBlock();
            blocks.put(key, block);
        }
        if (!block.isEmpty() && block.size() + BlockFormat.RECORD_HEADER + to - from > BLOCK_BYTES) {
            seal(key, block);
        }
        block.add(offset, position, receivedAt, array, from, to, terms);
        if (block.size() >= BLOCK_BYTES) {
            seal(key, block);
        }
    }

    /**
     * Whether the vault keeps what was received at that moment, milliseconds since 1970: not if its bucket's key is
     * destroyed, for then the time of the record is over.
     *
     * @throws KeyUnavailable if the server has not made the key yet: ask again
     */
    public boolean takes(long receivedAt, boolean quarantined) {
        Bucket bucket = bucket(receivedAt, quarantined);
        if (taken.contains(bucket)) {
            return true;
        }
        try {
            keys.bucket(bucket.name());
        } catch (KeyUnavailable e) {
            if (e.why() == KeyUnavailable.Why.DESTROYED) {
                return false;
            }
            throw e;
        }
        taken.add(bucket);
        return true;
    }

    /** Seals all that was gathered, before a barrier; and ends the files that are due. */
    public void endBlocks() {
        blocks.forEach((key, block) -> {
            if (!block.isEmpty()) {
                seal(key, block);
            }
        });
        blocks.clear();
        taken.clear();
        Instant now = clock.instant();
        for (SealingFile file : new ArrayList<>(files.values())) {
            boolean idle = !now.isBefore(file.bucket.end()) && !now.isBefore(file.used.plus(IDLE));
            if (idle || !now.isBefore(file.begun.plus(FILE_LIFE))) {
                end(file);
            }
        }
    }

    /** Wipes the data keys; records that are not sealed yet are gone, and come again from the last checkpoint. */
    @Override
    public void close() {
        blocks.clear();
        files.values().forEach(file -> file.key.destroy());
        files.clear();
        cipher = new BlockCipher();
        zstd.close();
    }

    private Bucket bucket(long receivedAt, boolean quarantined) {
        long time = receivedAt < 0 ? clock.millis() : receivedAt;
        if (time < hourStart || time >= hourEnd) {
            hourBucket = Bucket.of(Instant.ofEpochMilli(time), false);
            hourQuarantine = Bucket.of(Instant.ofEpochMilli(time), true);
            hourStart = hourBucket.start().toEpochMilli();
            hourEnd = hourBucket.end().toEpochMilli();
        }
        return quarantined ? hourQuarantine : hourBucket;
    }

    /** The open file of a bucket, begun if there is none. */
    private SealingFile file(Bucket bucket) {
        SealingFile file = files.get(bucket);
        if (file == null) {
            byte[] id = new byte[16];
            random.nextBytes(id);
            String name = bucket.name() + '.' + writer + '.' + HexFormat.of().formatHex(id);
            DataKey key = DataKey.fresh(random);
            byte[] plain = key.getEncoded();
            byte[] wrapped;
            try {
                wrapped = keys.bucket(bucket.name()).wrap(plain, BlockFormat.keyContext(bucket.name(), name));
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
            file = new SealingFile(name, bucket, key, wrapped, clock.instant());
            files.put(bucket, file);
        }
        return file;
    }

    private void seal(BlockKey key, PlainBlock block) {
        SealingFile file = file(key.bucket);
        if (file.records > 0 && file.records + block.records() > FILE_RECORDS) {
            end(file);
            file = file(key.bucket);
        }
        byte[] nonce = new byte[BlockCipher.NONCE_BYTES];
        random.nextBytes(nonce);
        SealedBlock sealed = header(file, nonce)
                .setTopicId(key.topicId)
                .setPartition(key.partition)
                .setFirstOffset(block.firstOffset())
                .setLastOffset(block.lastOffset())
                .setRecords(block.records())
                .setPlainBytes(block.size())
                .setTerms(block.terms())
                .build();
        int length = compress(block);
        byte[] associatedData = BlockFormat.associatedData(sealed);
        sealed.setCiphertext(ByteBuffer.wrap(cipher.seal(file.key, nonce, associatedData, compressed, length)));
        file.records += block.records();
        file.used = clock.instant();
        block.clear();
        out.accept(sealed);
    }

    private void end(SealingFile file) {
        file.key.destroy();
        files.remove(file.bucket);
        // The cipher keeps the key it was last used with, and cannot be told to forget it.
        cipher = new BlockCipher();
        if (file.records > 0) {
            out.accept(header(file, new byte[0]).setEndsFile(true).build());
        }
    }

    private static SealedBlock.Builder header(SealingFile file, byte[] nonce) {
        return SealedBlock.newBuilder()
                .setFile(file.name)
                .setBucket(file.bucket.name())
                .setWrappedKey(ByteBuffer.wrap(file.wrapped))
                .setTopicId("")
                .setPartition(0)
                .setFirstOffset(0)
                .setLastOffset(0)
                .setRecords(0)
                .setPlainBytes(0)
                .setNonce(ByteBuffer.wrap(nonce))
                .setCiphertext(ByteBuffer.allocate(0))
                .setTerms(List.of());
    }

    /** Compresses into {@link #compressed}; its length. */
    private int compress(PlainBlock block) {
        int bound = (int) Zstd.compressBound(block.size());
        if (compressed.length < bound) {
            compressed = new byte[bound];
        }
        return zstd.compressByteArray(compressed, 0, compressed.length, block.array(), 0, block.size());
    }

    /** A file while it takes blocks. */
    private static final class SealingFile {
        final String name;
        final Bucket bucket;
        final DataKey key;
        final byte[] wrapped;
        final Instant begun;
        Instant used;
        int records;

        SealingFile(String name, Bucket bucket, DataKey key, byte[] wrapped, Instant begun) {
            this.name = name;
            this.bucket = bucket;
            this.key = key;
            this.wrapped = wrapped;
            this.begun = begun;
            this.used = begun;
        }
    }
}
