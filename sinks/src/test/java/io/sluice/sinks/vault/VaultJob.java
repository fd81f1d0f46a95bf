package io.sluice.sinks.vault;

import io.sluice.schema.SealedBlock;
import java.nio.file.Path;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.runtime.operators.sink.CommitterOperatorFactory;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * One subtask of the vault's sink in Flink's own operators, with the checkpoints in the test's hand.
 *
 * <p>The order is a task's: barrier, committables, state of writer and committer, and later, or never, the notice that
 * the checkpoint has completed.
 */
final class VaultJob implements AutoCloseable {
    /** What a checkpoint holds. */
    record Checkpoint(long id, OperatorSubtaskState writer, OperatorSubtaskState committer) {}

    private final OneInputStreamOperatorTestHarness<SealedBlock, CommittableMessage<VaultPart>> writer;
    private final OneInputStreamOperatorTestHarness<CommittableMessage<VaultPart>, CommittableMessage<VaultPart>>
            committer;

    private VaultJob(Path dir, @Nullable Checkpoint from, int parallelism, int subtask) throws Exception {
        VaultSink sink = new VaultSink(dir, VaultSinkTest.CLOCK);
        writer = new OneInputStreamOperatorTestHarness<>(
                new SinkWriterOperatorFactory<SealedBlock, VaultPart>(sink), 8, parallelism, subtask);
        committer = new OneInputStreamOperatorTestHarness<>(
                new CommitterOperatorFactory<>(sink, false, true), 8, parallelism, subtask);
        if (from != null) {
            writer.setRestoredCheckpointId(from.id);
            committer.setRestoredCheckpointId(from.id);
            committer.initializeState(from.committer);
            writer.initializeState(from.writer);
        }
        committer.open();
        writer.open();
    }

    static VaultJob start(Path dir) throws Exception {
        return new VaultJob(dir, null, 1, 0);
    }

    static VaultJob restore(Path dir, Checkpoint from) throws Exception {
        return new VaultJob(dir, from, 1, 0);
    }

    static VaultJob restore(Path dir, Checkpoint from, int parallelism, int subtask) throws Exception {
        return new VaultJob(dir, from, parallelism, subtask);
    }

    /** Where a {@link BlockSealer} puts its blocks. */
    void accept(SealedBlock block) {
        try {
            writer.processElement(new StreamRecord<>(block));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The barrier arrives, and no more: the blocks are on the disk, and no state of them anywhere. */
    void barrier(long id) throws Exception {
        writer.prepareSnapshotPreBarrier(id);
        while (!writer.getOutput().isEmpty()) {
            Object message = writer.getOutput().remove();
            if (message instanceof StreamRecord<?> record) {
                committer.processElement((StreamRecord<CommittableMessage<VaultPart>>) record);
            }
        }
        committer.prepareSnapshotPreBarrier(id);
    }

    /** A checkpoint of which nobody has heard yet that it completed. */
    Checkpoint checkpoint(long id) throws Exception {
        barrier(id);
        return new Checkpoint(id, writer.snapshot(id, id), committer.snapshot(id, id));
    }

    /** The notice that a checkpoint has completed. */
    void complete(Checkpoint checkpoint) throws Exception {
        writer.notifyOfCompletedCheckpoint(checkpoint.id);
        committer.notifyOfCompletedCheckpoint(checkpoint.id);
    }

    /** The end of a bounded input. */
    void endInput() throws Exception {
        writer.endInput();
        while (!writer.getOutput().isEmpty()) {
            Object message = writer.getOutput().remove();
            if (message instanceof StreamRecord<?> record) {
                committer.processElement((StreamRecord<CommittableMessage<VaultPart>>) record);
            }
        }
        committer.endInput();
    }

    /** Ends it as a failure does: nothing is flushed, nothing committed. */
    @Override
    public void close() throws Exception {
        writer.close();
        committer.close();
    }
}
