package io.sluice.sinks.vault;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.sluice.keys.ServerKeyStore;
import io.sluice.schema.OwnTypes;
import io.sluice.schema.SealedBlock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;

/** The blocks in the published bytes of one file, opened; holds the file's data key until it is closed. */
final class VaultBlocks implements Closeable {
    static {
        OwnTypes.trust();
    }

    /** More than any record that a raw topic takes; guards against a length that was made up. */
    private static final int MOST_PLAIN_BYTES = 64 * 1024 * 1024;

    private final VaultFile file;
    private final ServerKeyStore keys;
    private final DataFileReader<SealedBlock> avro;
    private final BlockCipher cipher = new BlockCipher();
    private @Nullable DataKey key;
    private ByteBuffer wrapped = ByteBuffer.allocate(0);
    private long position;

    VaultBlocks(Path path, VaultFile file, ServerKeyStore keys) throws IOException {
        this.file = file;
        this.keys = keys;
        PublishedBytes bytes = new PublishedBytes(path, file.length());
        try {
            this.avro = new DataFileReader<>(bytes, new SpecificDatumReader<>(SealedBlock.class));
        } catch (RuntimeException | IOException e) {
            bytes.close();
            throw refused("the container file is damaged there");
        }
    }

    /** The records of the next block, or null behind the last one. */
    @Nullable
    List<VaultRecord> next() throws IOException {
        SealedBlock block;
        try {
            position = avro.previousSync();
            block = avro.hasNext() ? avro.next() : null;
        } catch (RuntimeException e) {
            // Avro's text may quote what it cannot read.
            throw refused("the container file is damaged there");
        }
        if (block == null) {
            if (position != file.length()) {
                throw refused("the container file is damaged there");
            }
            return null;
        }
        return open(block);
    }

    /** The records of the block that begins there. */
    List<VaultRecord> at(long start) throws IOException {
        if (start < 0 || start >= file.length()) {
            throw refused("the index points outside of the file");
        }
        avro.seek(start);
        List<VaultRecord> records = next();
        if (records == null) {
            throw refused("the index points at no block");
        }
        return records;
    }

    private List<VaultRecord> open(SealedBlock block) throws IOException {
        if (!block.getFile().equals(file.name()) || !block.getBucket().equals(file.bucket())) {
            throw refused("it belongs to another file");
        }
        ByteBuffer plain = ByteBuffer.wrap(decompress(block.getPlainBytes(), decrypt(block)));
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
            throw refused("its records do not fill it");
        }
        return records;
    }

    private byte[] decrypt(SealedBlock block) throws IOException {
        try {
            return cipher.open(
                    key(block.getWrappedKey()),
                    bytes(block.getNonce()),
                    BlockFormat.associatedData(block),
                    bytes(block.getCiphertext()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw refused("it was changed, or sealed under another key");
        }
    }

    /** The file's data key; all its blocks carry the same one, so it is unwrapped once. */
    private DataKey key(ByteBuffer ofBlock) throws GeneralSecurityException {
        if (key == null || !wrapped.equals(ofBlock)) {
            wipe();
            key = new DataKey(
                    keys.unwrap(file.bucket(), bytes(ofBlock), BlockFormat.keyContext(file.bucket(), file.name())));
            wrapped = ofBlock.duplicate();
        }
        return key;
    }

    private byte[] decompress(int size, byte[] compressed) throws IOException {
        if (size < 0 || size > MOST_PLAIN_BYTES || Zstd.getFrameContentSize(compressed) != size) {
            throw refused("its size is not what it says");
        }
        try {
            return Zstd.decompress(compressed, size);
        } catch (ZstdException e) {
            throw refused("it does not decompress");
        }
    }

    private RefusedBlock refused(String why) {
        return new RefusedBlock(file.name(), position, why);
    }

    private void wipe() {
        if (key != null) {
            key.destroy();
            key = null;
        }
    }

    @Override
    public void close() throws IOException {
        wipe();
        avro.close();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
