package io.sluice.sinks.vault;

import io.sluice.schema.SealedBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes sealed blocks to the vault's files, exactly once.
 *
 * <p>A file stays open across checkpoints. A checkpoint holds its name and length; when the checkpoint has completed,
 * that length is published, and a {@link VaultReader} sees no byte beyond it. After a restore what lies beyond is cut
 * off, the file is closed, and files of dead writers that no checkpoint holds are removed.
 *
 * <p>Accepts sealed blocks only: it holds no key and can open nothing. Each subtask must get the blocks of the
 * {@link BlockSealer} chained before it (a forward edge). A vault folder belongs to one job; it must be one file system
 * with locks, shared by all task managers.
 *
 * <p>Guarantees: every block of a completed checkpoint is readable exactly once, nothing else is; a full disk or another
 * fault of it fails the task and loses nothing. Does not guarantee: that a job restored from an older checkpoint than
 * the newest completed one repeats nothing: what was published stays published, as in Kafka.
 */
public final class VaultSink
        implements Sink<SealedBlock>, SupportsWriterState<SealedBlock, VaultPart>, SupportsCommitter<VaultPart> {
    private static final long serialVersionUID = 1L;

    private final String dir;
    private final Clock clock;

    /** @param dir the vault's folder, made if it is missing */
    public VaultSink(Path dir) {
        this(dir, Clock.systemUTC());
    }

    VaultSink(Path dir, Clock clock) {
        this.dir = dir.toAbsolutePath().toString();
        this.clock = clock;
    }

    @Override
    public SinkWriter<SealedBlock> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<SealedBlock, VaultPart> restoreWriter(
            WriterInitContext context, Collection<VaultPart> recovered) throws IOException {
        return VaultWriter.open(Path.of(dir), clock, recovered, context.getRestoredCheckpointId());
    }

    @Override
    public SimpleVersionedSerializer<VaultPart> getWriterStateSerializer() {
        return new VaultPart.Serializer();
    }

    @Override
    public Committer<VaultPart> createCommitter(CommitterInitContext context) {
        return new VaultCommitter(new VaultFolder(Path.of(dir)), clock);
    }

    @Override
    public SimpleVersionedSerializer<VaultPart> getCommittableSerializer() {
        return new VaultPart.Serializer();
    }

    /** Publishes what a completed checkpoint holds. */
    private record VaultCommitter(VaultFolder vault, Clock clock) implements Committer<VaultPart> {
        @Override
        public void commit(Collection<CommitRequest<VaultPart>> requests) throws IOException {
            for (CommitRequest<VaultPart> request : requests) {
                VaultPart part = request.getCommittable();
                if (!vault.isExpired(part, clock.instant())) {
                    vault.publish(part);
                }
            }
        }

        @Override
        public void close() {}
    }
}
