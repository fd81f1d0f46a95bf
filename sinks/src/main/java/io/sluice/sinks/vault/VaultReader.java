package io.sluice.sinks.vault;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.sluice.keys.Bucket;
import io.sluice.keys.ServerKeyStore;
import io.sluice.schema.SealedBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Reads the vault, in the server alone: it needs the private halves of the buckets.
 *
 * <p>Guarantees: it sees what completed checkpoints hold and no byte beyond; a block that was changed, cut or moved is
 * refused as a whole. Does not guarantee: that whoever reads may. That takes a case, and the audit before it; and that
 * no block is missing: a file cut at a block's end, with its published length lowered, is not noticed here.
 *
 * <p>Thread-safe; it may read while a job writes.
 */
public final class VaultReader {
    /** More than any record that a raw topic takes; guards against a length that was made up. */
    private static final int MOST_PLAIN_BYTES = 64 * 1024 * 1024;

    private final VaultFolder vault;
    private final ServerKeyStore keys;

    /**
     * @param dir the vault's folder
     * @param keys open the buckets
     */
    public VaultReader(Path dir, ServerKeyStore keys) {
        this.vault = new VaultFolder(dir);
        this.keys = keys;
    }

    /** The files of which something is published, in order of bucket and name. */
    public List<VaultFile> files() throws IOException {
        List<VaultFile> files = new ArrayList<>();
        for (Bucket bucket : buckets(vault)) {
            for (String name : VaultFolder.names(vault.dir().resolve(bucket.name()), VaultFolder.PUBLISHED)) {
                VaultFolder.Published published = vault.readPublished(bucket.name(), name);
                boolean closed = Files.exists(vault.published(bucket.name(), name, VaultFolder.INDEX));
                files.add(new VaultFile(bucket.name(), name, published.length(), published.runs(), closed));
            }
        }
        return files;
    }

    /** The buckets that have a folder. */
    static List<Bucket> buckets(VaultFolder vault) throws IOException {
        List<Bucket> buckets = new ArrayList<>();
        if (Files.isDirectory(vault.dir())) {
            try (Stream<Path> folders = Files.list(vault.dir())) {
                for (Path folder : folders.sorted().toList()) {
                    try {
                        buckets.add(Bucket.parse(folder.getFileName().toString()));
                    } catch (IllegalArgumentException e) {
                        continue; // what is not named as a bucket is none
                    }
                }
            }
        }
        return buckets;
    }

    /**
     * Gives every record of a file.
     *
     * @throws RefusedBlock if a block does not open; the records before it were given
     * @throws io.sluice.keys.KeyUnavailable if the bucket's key is destroyed
     */
    public void read(VaultFile file, Consumer<VaultRecord> each) throws IOException {
        try (Blocks blocks = new Blocks(file)) {
            for (SealedBlock block = blocks.next(); block != null; block = blocks.next()) {
                open(file, blocks.position(), block, each);
            }
        }
    }

    /**
     * Gives every record of the blocks that hold a term: those with the term among others without.
     *
     * @param term 16 bytes, under {@link io.sluice.keys.KeyStore#blindIndex()}
     */
    public void find(VaultFile file, byte[] term, Consumer<VaultRecord> each) throws IOException {
        List<Long> positions = positions(file, term);
        if (positions.isEmpty()) {
            return;
        }
        try (Blocks blocks = new Blocks(file)) {
            for (long position : positions) {
                SealedBlock block = blocks.at(position);
                open(file, position, block, each);
            }
        }
    }

    private List<Long> positions(VaultFile file, byte[] term) throws IOException {
        Path index = vault.published(file.bucket(), file.name(), VaultFolder.INDEX);
        if (!Files.exists(index)) {
            try {
                return BlindIndex.find(
                        vault.published(file.bucket(), file.name(), VaultFolder.RUNS), file.runs(), term);
            } catch (NoSuchFileException e) {
                // The file was closed at this moment; its index is there now.
            }
        }
        return BlindIndex.find(index, Files.size(index), term);
    }

    private void open(VaultFile file, long position, SealedBlock block, Consumer<VaultRecord> each)
            throws IOException {
        if (!block.getFile().equals(file.name()) || !block.getBucket().equals(file.bucket())) {
            throw new RefusedBlock(file.name(), position, "it belongs to another file");
        }
        ByteBuffer plain = ByteBuffer.wrap(decompress(file, position, block, decrypt(file, position, block)));
        List<VaultRecord> records = new ArrayList<>();
        while (plain.remaining() >= BlockFormat.RECORD_HEADER) {
            long offset = plain.getLong();
            int ordinal = plain.getInt();
            long receivedAt = plain.getLong();
            int length = plain.getInt();
            if (length < 0 || length > plain.remaining()) {
                break;
            }
            byte[] bytes = new byte[length];
            plain.get(bytes);
            records.add(new VaultRecord(block.getTopicId(), block.getPartition(), offset, ordinal, receivedAt, bytes));
        }
        if (plain.hasRemaining() || records.size() != block.getRecords()) {
            throw new RefusedBlock(file.name(), position, "its records do not fill it");
        }
        records.forEach(each);
    }

    private byte[] decrypt(VaultFile file, long position, SealedBlock block) throws IOException {
        DataKey key = null;
        try {
            key = new DataKey(keys.unwrap(
                    file.bucket(), bytes(block.getWrappedKey()), BlockFormat.keyContext(file.bucket(), file.name())));
            Cipher cipher = Cipher.getInstance(BlockFormat.CIPHER);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    key,
                    new GCMParameterSpec(BlockFormat.TAG_BITS, bytes(block.getNonce())));
            cipher.updateAAD(BlockFormat.associatedData(block));
            return cipher.doFinal(bytes(block.getCiphertext()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new RefusedBlock(file.name(), position, "it was changed, or sealed under another key");
        } finally {
            if (key != null) {
                key.destroy();
            }
        }
    }

    private static byte[] decompress(VaultFile file, long position, SealedBlock block, byte[] compressed)
            throws IOException {
        int size = block.getPlainBytes();
        if (size < 0 || size > MOST_PLAIN_BYTES || Zstd.getFrameContentSize(compressed) != size) {
            throw new RefusedBlock(file.name(), position, "its size is not what it says");
        }
        try {
            byte[] plain = Zstd.decompress(compressed, size);
            if (plain.length != size) {
                throw new RefusedBlock(file.name(), position, "its size is not what it says");
            }
            return plain;
        } catch (ZstdException e) {
            throw new RefusedBlock(file.name(), position, "it does not decompress");
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** The blocks in the published bytes of a file. */
    private final class Blocks implements AutoCloseable {
        private final VaultFile file;
        private final DataFileReader<SealedBlock> avro;
        private long position;

        Blocks(VaultFile file) throws IOException {
            this.file = file;
            try {
                this.avro = new DataFileReader<>(
                        new PublishedBytes(
                                vault.published(file.bucket(), file.name(), VaultFolder.BLOCKS), file.length()),
                        new SpecificDatumReader<>(SealedBlock.class));
            } catch (AvroRuntimeException e) {
                throw damaged();
            }
        }

        long position() {
            return position;
        }

        @org.jspecify.annotations.Nullable
        SealedBlock next() throws IOException {
            try {
                position = avro.previousSync();
                return avro.hasNext() ? avro.next() : null;
            } catch (RuntimeException e) {
                // Avro's text may quote what it cannot read.
                throw damaged();
            }
        }

        SealedBlock at(long wanted) throws IOException {
            if (wanted < 0 || wanted >= file.length()) {
                throw new RefusedBlock(file.name(), wanted, "the index points outside of the file");
            }
            avro.seek(wanted);
            SealedBlock block = next();
            if (block == null) {
                throw new RefusedBlock(file.name(), wanted, "the index points at no block");
            }
            return block;
        }

        private RefusedBlock damaged() {
            return new RefusedBlock(file.name(), position, "the container file is damaged there");
        }

        @Override
        public void close() throws IOException {
            avro.close();
        }
    }
}
