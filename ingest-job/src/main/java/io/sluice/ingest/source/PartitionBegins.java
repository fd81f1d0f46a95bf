package io.sluice.ingest.source;

/**
 * Comes before the first record of a partition in this task, at a first start and after each restore.
 *
 * @param topic raw topic, as the broker calls it
 * @param topicId its id, so that a re-created topic is told apart
 * @param partition partition
 * @param from first offset that nobody has accounted for yet
 * @param first first offset that is still there, at or behind {@code from}; what lies between expired unread
 */
public record PartitionBegins(String topic, String topicId, int partition, long from, long first)
        implements SourceElement {
    /** Offsets that expired before they were read. */
    public long lost() {
        return first - from;
    }

    @Override
    public void to(Receiver receiver) throws Exception {
        receiver.begins(this);
    }
}
