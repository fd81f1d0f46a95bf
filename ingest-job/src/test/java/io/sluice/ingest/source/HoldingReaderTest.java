package io.sluice.ingest.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class HoldingReaderTest {
    private static final TopicPartition FIRST = new TopicPartition("raw.access-logs", 0);
    private static final TopicPartition SECOND = new TopicPartition("raw.access-logs", 1);

    private final Records records = new Records();
    private final Gate gate = new Gate();
    private final List<SourceElement> seen = new ArrayList<>();
    private final HoldingReader reader = new HoldingReader(records, gate, new TopicFacts() {
        @Override
        public Map<TopicPartition, Fact> of(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Fact> facts = new HashMap<>();
            partitions.forEach(partition -> facts.put(partition, new Fact("an-id", 100)));
            return facts;
        }

        @Override
        public void close() {}
    });

    @Test
    void saysWhatExpiredBeforeTheFirstRecordAndOnlyThenReads() throws Exception {
        gate.open = true;
        reader.addSplits(List.of(new KafkaPartitionSplit(FIRST, 40), new KafkaPartitionSplit(SECOND, 250)));
        assertTrue(reader.isAvailable().isDone());
        poll(2);
        assertEquals(
                List.of(
                        new PartitionBegins(FIRST.topic(), "an-id", 0, 40, 100),
                        new PartitionBegins(SECOND.topic(), "an-id", 1, 250, 250)),
                seen);
        assertEquals(
                List.of(60L, 0L),
                seen.stream().map(e -> ((PartitionBegins) e).lost()).toList());
        assertEquals(List.of(100L, 250L), records.starts());
        poll(1);
        assertTrue(seen.get(2) instanceof RawTopicRecord);
    }

    @Test
    void countsFromZeroForAPartitionThatWasAddedLater() throws Exception {
        reader.addSplits(List.of(new KafkaPartitionSplit(FIRST, KafkaPartitionSplit.EARLIEST_OFFSET)));
        poll(1);
        assertEquals(new PartitionBegins(FIRST.topic(), "an-id", 0, 0, 100), seen.get(0));
    }

    @Test
    void keepsAPartitionInCheckpointsAsItCameUntilItsBeginningWasSaid() throws Exception {
        reader.addSplits(List.of(new KafkaPartitionSplit(FIRST, 40)));
        assertEquals(List.of(40L), starts(reader.snapshotState(1)));
        poll(1);
        assertEquals(List.of(100L), starts(reader.snapshotState(2)));
    }

    @Test
    void handsOutNothingWhileHeldAndGoesOnWhenItMay() throws Exception {
        reader.addSplits(List.of(new KafkaPartitionSplit(FIRST, 100)));
        poll(1);
        seen.clear();
        assertEquals(InputStatus.NOTHING_AVAILABLE, reader.pollNext(output()));
        assertEquals(List.of(), seen);
        CompletableFuture<Void> waiting = reader.isAvailable();
        assertFalse(waiting.isDone());
        // A checkpoint passes meanwhile.
        assertEquals(List.of(100L), starts(reader.snapshotState(3)));
        gate.open = true;
        gate.whenOpen.complete(null);
        assertTrue(waiting.isDone());
        assertEquals(InputStatus.MORE_AVAILABLE, reader.pollNext(output()));
        assertTrue(seen.get(0) instanceof RawTopicRecord);
        gate.open = false;
        assertEquals(InputStatus.NOTHING_AVAILABLE, reader.pollNext(output()));
    }

    /**
     * Flink's task waits on the first future it was given and asks for no other until
     * that one is done: a second one would be missed, and the task would stand still.
     */
    @Test
    void givesTheSameFutureUntilItIsCompleted() throws Exception {
        CompletableFuture<Void> first = reader.isAvailable();
        assertFalse(first.isDone());
        assertSame(first, reader.isAvailable());
        gate.open = true;
        records.available = new CompletableFuture<>();
        // What stands behind has changed, Flink's future has not.
        assertSame(first, reader.isAvailable());
        gate.open = false;
        assertSame(first, reader.isAvailable());
        gate.open = true;
        records.available.complete(null);
        assertTrue(first.isDone());
        assertTrue(reader.isAvailable().isDone());
    }

    @Test
    void completesTheFutureThatWasGivenWhicheverComesFirst() throws Exception {
        CompletableFuture<Void> byGate = reader.isAvailable();
        gate.whenOpen.complete(null);
        assertTrue(byGate.isDone());

        gate.whenOpen = new CompletableFuture<>();
        CompletableFuture<Void> byPartition = reader.isAvailable();
        assertNotSame(byGate, byPartition);
        assertFalse(byPartition.isDone());
        reader.addSplits(List.of(new KafkaPartitionSplit(FIRST, 100)));
        assertTrue(byPartition.isDone());
        poll(1);

        gate.open = true;
        records.available = new CompletableFuture<>();
        CompletableFuture<Void> byRecord = reader.isAvailable();
        assertFalse(byRecord.isDone());
        // The reader behind may take up another future without completing the one it gave before.
        records.available = CompletableFuture.completedFuture(null);
        assertTrue(reader.isAvailable().isDone());
        assertTrue(byRecord.isDone());
    }

    @Test
    void letsNoRecordBeWrittenToAnEdge() {
        InTaskType.Refusing serializer = new InTaskType.Refusing();
        RawTopicRecord record = new RawTopicRecord(new ConsumerRecord<>("raw", 0, 1, null, new byte[] {7}));
        DataOutputSerializer edge = new DataOutputSerializer(16);
        assertThrows(IOException.class, () -> serializer.serialize(record, edge));
        assertEquals(0, edge.length());
        assertEquals(record, serializer.copy(record));
    }

    private void poll(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            assertEquals(InputStatus.MORE_AVAILABLE, reader.pollNext(output()));
        }
    }

    private static List<Long> starts(List<KafkaPartitionSplit> splits) {
        return splits.stream().map(KafkaPartitionSplit::getStartingOffset).toList();
    }

    private ReaderOutput<SourceElement> output() {
        return new ReaderOutput<>() {
            @Override
            public void collect(SourceElement element) {
                seen.add(element);
            }

            @Override
            public void collect(SourceElement element, long timestamp) {
                seen.add(element);
            }

            @Override
            public void emitWatermark(Watermark watermark) {}

            @Override
            public void markIdle() {}

            @Override
            public void markActive() {}

            @Override
            public SourceOutput<SourceElement> createOutputForSplit(String splitId) {
                return this;
            }

            @Override
            public void releaseOutputForSplit(String splitId) {}
        };
    }

    /** A hold that the test opens. */
    private static final class Gate implements Hold {
        private boolean open;
        private CompletableFuture<Void> whenOpen = new CompletableFuture<>();

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public CompletableFuture<Void> whenOpen() {
            return whenOpen;
        }

        @Override
        public void close() {}
    }

    /** Always has another record of its first partition. */
    private static final class Records implements SourceReader<SourceElement, KafkaPartitionSplit> {
        private final List<KafkaPartitionSplit> splits = new ArrayList<>();
        private CompletableFuture<Void> available = CompletableFuture.completedFuture(null);

        List<Long> starts() {
            return HoldingReaderTest.starts(splits);
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<SourceElement> output) {
            KafkaPartitionSplit split = splits.get(0);
            output.collect(new RawTopicRecord(new ConsumerRecord<>(
                    split.getTopic(), split.getPartition(), split.getStartingOffset(), null, new byte[0])));
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
            return splits;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return available;
        }

        @Override
        public void addSplits(List<KafkaPartitionSplit> added) {
            splits.addAll(added);
        }

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }
}
