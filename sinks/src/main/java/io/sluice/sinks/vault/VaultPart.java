package io.sluice.sinks.vault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What a checkpoint holds of a vault file: so much of it counts, and is published when the checkpoint completes.
 *
 * @param bucket its bucket
 * @param file its name
 * @param run folder of the writer that made it, under {@code .open}
 * @param length bytes of the container file
 * @param runs bytes of the blind index's runs
 * @param ended whether nothing more comes
 */
public record VaultPart(String bucket, String file, String run, long length, long runs, boolean ended) {
    /** Its bytes in a checkpoint: names and lengths only. */
    static final class Serializer implements SimpleVersionedSerializer<VaultPart> {
        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(VaultPart part) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeUTF(part.bucket);
                out.writeUTF(part.file);
                out.writeUTF(part.run);
                out.writeLong(part.length);
                out.writeLong(part.runs);
                out.writeBoolean(part.ended);
            }
            return bytes.toByteArray();
        }

        @Override
        public VaultPart deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException("The vault's state in this checkpoint has version " + version
                        + ", this program knows " + VERSION + "; restore it with the version that wrote it");
            }
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
                return new VaultPart(
                        in.readUTF(), in.readUTF(), in.readUTF(), in.readLong(), in.readLong(), in.readBoolean());
            }
        }
    }
}
