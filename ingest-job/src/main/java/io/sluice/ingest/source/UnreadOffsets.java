package io.sluice.ingest.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a job without a checkpoint begins: at what the group has committed, else at offset 0, so that whatever expired
 * unread is counted as lost by {@link HoldingReader}.
 *
 * <p>Without automatic reset: when offsets expire under a running job, it fails and restarts, and so counts them; a log
 * that became shorter is never read again in silence.
 */
public final class UnreadOffsets implements OffsetsInitializer {
    private static final long serialVersionUID = 1;

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> committed = retriever.committedOffsets(partitions);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Long offset = committed.get(partition);
            offsets.put(partition, offset == null ? 0L : offset);
        }
        return offsets;
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.NONE;
    }
}
