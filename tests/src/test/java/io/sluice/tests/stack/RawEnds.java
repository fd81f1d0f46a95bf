package io.sluice.tests.stack;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** Where the raw topics ended at some moment, by partition. */
public record RawEnds(Map<TopicPartition, Long> offsets) {
    static RawEnds of(RunningSluice sluice) throws Exception {
        try (Admin admin = sluice.kafka()) {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            for (TopicDescription topic : admin.describeTopics(RunningSluice.TOPICS.raw())
                    .allTopicNames()
                    .get()
                    .values()) {
                topic.partitions()
                        .forEach(info ->
                                asked.put(new TopicPartition(topic.name(), info.partition()), OffsetSpec.latest()));
            }
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(asked).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
            return new RawEnds(Map.copyOf(ends));
        }
    }

    /** Whether an account goes as far as this. */
    boolean reached(Account account) {
        return offsets.entrySet().stream().allMatch(end -> account.end(end.getKey()) >= end.getValue());
    }
}
