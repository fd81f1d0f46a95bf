package io.sluice.ingest.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the raw topics in front of which a {@link Hold} stands.
 *
 * <p>A partition reaches the reader behind it only after its {@link PartitionBegins} has been handed out, and until then
 * a checkpoint holds it as it came: so what expired unread is counted in the very checkpoint that moves past it.
 */
final class HoldingReader implements SourceReader<SourceElement, KafkaPartitionSplit> {
    private final SourceReader<SourceElement, KafkaPartitionSplit> reader;
    private final Hold hold;
    private final TopicFacts facts;
    private final Deque<Beginning> beginnings = new ArrayDeque<>();
    /** What the task waits on; completed too when partitions arrive, of which the reader behind knows nothing yet. */
    private CompletableFuture<Void> awaited = new CompletableFuture<>();

    private @Nullable CompletableFuture<Void> watched;

    /** A partition that has not begun, as it came, and what is to be said about it. */
    private record Beginning(KafkaPartitionSplit split, PartitionBegins marker) {
        /** The partition without what expired. */
        KafkaPartitionSplit remaining() {
            return new KafkaPartitionSplit(
                    split.getTopicPartition(),
                    marker.first(),
                    split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET));
        }
    }

    HoldingReader(SourceReader<SourceElement, KafkaPartitionSplit> reader, Hold hold, TopicFacts facts) {
        this.reader = reader;
        this.hold = hold;
        this.facts = facts;
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        if (splits.isEmpty()) {
            reader.addSplits(splits);
            return;
        }
        Map<TopicPartition, TopicFacts.Fact> known;
        try {
            known = facts.of(
                    splits.stream().map(KafkaPartitionSplit::getTopicPartition).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (KafkaPartitionSplit split : splits) {
            TopicPartition partition = split.getTopicPartition();
            TopicFacts.Fact fact = known.get(partition);
            if (fact == null) {
                throw new IllegalStateException("nothing is known of " + partition);
            }
            // Negative offsets are Flink's mark for "earliest", of partitions that were added later.
            long from = Math.max(0, split.getStartingOffset());
            beginnings.add(new Beginning(
                    split,
                    new PartitionBegins(
                            partition.topic(),
                            fact.topicId(),
                            partition.partition(),
                            from,
                            Math.max(from, fact.first()))));
        }
        awaited.complete(null);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SourceElement> output) throws Exception {
        Beginning beginning = beginnings.peek();
        if (beginning != null) {
            output.collect(beginning.marker());
            beginnings.remove();
            reader.addSplits(List.of(beginning.remaining()));
            return InputStatus.MORE_AVAILABLE;
        }
        if (!hold.isOpen()) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        return reader.pollNext(output);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        if (!beginnings.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> behind = hold.isOpen() ? reader.isAvailable() : hold.whenOpen();
        if (behind.isDone()) {
            awaited.complete(null);
            return behind;
        }
        if (awaited.isDone()) {
            awaited = new CompletableFuture<>();
            watched = null;
        }
        // Flink keeps the first future that it was given until that one is done, so a new one each time would be
        // missed.
        if (behind != watched) {
            watched = behind;
            CompletableFuture<Void> task = awaited;
            behind.whenComplete((done, fault) -> task.complete(null));
        }
        return awaited;
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
        List<KafkaPartitionSplit> splits = new ArrayList<>(reader.snapshotState(checkpointId));
        beginnings.forEach(beginning -> splits.add(beginning.split()));
        return splits;
    }

    @Override
    public void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        reader.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        reader.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        reader.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
        reader.pauseOrResumeSplits(toPause, toResume);
    }

    @Override
    public void close() throws Exception {
        try (hold;
                facts) {
            reader.close();
        }
    }
}
