package io.sluice.sinks.vault;

import io.sluice.schema.SealedBlock;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a sealed block.
 *
 * <p>Plain: one record after another, each {@code offset (8) position (4) receive time (8) length (4) bytes}, numbers
 * big-endian; then zstd, one frame with its content size; then AES-256-GCM with a random nonce of 12 bytes and a tag of
 * 16. The associated data and the context of the wrapped key are a version tag and then their fields, strings with a
 * length of 4 bytes before their UTF-8.
 */
final class BlockFormat {
    /** Bytes before a record's own. */
    static final int RECORD_HEADER = 8 + 4 + 8 + 4;

    private static final String BLOCK_TAG = "sluice vault block 1";
    private static final String KEY_TAG = "sluice vault data key 1";

    private BlockFormat() {}

    /** The associated data of a block. */
    static byte[] associatedData(SealedBlock block) {
        return bytes(out -> {
            string(out, BLOCK_TAG);
            string(out, block.getTopicId());
            out.writeInt(block.getPartition());
            out.writeLong(block.getFirstOffset());
            out.writeLong(block.getLastOffset());
            string(out, block.getBucket());
            string(out, block.getFile());
        });
    }

    /** The context under which a file's data key is wrapped. */
    static byte[] keyContext(String bucket, String file) {
        return bytes(out -> {
            string(out, KEY_TAG);
            string(out, bucket);
            string(out, file);
        });
    }

    private interface Fields {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            fields.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
