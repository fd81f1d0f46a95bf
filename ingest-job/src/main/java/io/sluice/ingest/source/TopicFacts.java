package io.sluice.ingest.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What the broker knows of partitions about to be read. */
public interface TopicFacts extends AutoCloseable {
    /**
     * What is known of one partition.
     *
     * @param topicId id of its topic
     * @param first first offset that has not expired
     */
    record Fact(String topicId, long first) {}

    /**
     * The facts of each of the partitions, as of now.
     *
     * @throws IOException if the broker does not tell
     */
    Map<TopicPartition, Fact> of(Collection<TopicPartition> partitions) throws IOException;

    @Override
    void close();

    /** Makes one where it is needed. */
    @FunctionalInterface
    interface Opener extends Serializable {
        TopicFacts open();
    }
}
