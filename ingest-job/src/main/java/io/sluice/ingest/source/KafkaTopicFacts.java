package io.sluice.ingest.source;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** Asks the broker; not thread-safe. */
public final class KafkaTopicFacts implements TopicFacts {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Admin admin;

    private KafkaTopicFacts(Admin admin) {
        this.admin = admin;
    }

    /**
     * Asks the brokers that these client properties name.
     *
     * @param client any properties of a Kafka client
     */
    public static TopicFacts.Opener opener(Map<String, String> client) {
        HashMap<String, String> properties = new HashMap<>(client);
        return () -> new KafkaTopicFacts(Admin.create(new HashMap<>(properties)));
    }

    @Override
    public Map<TopicPartition, Fact> of(Collection<TopicPartition> partitions) throws IOException {
        try {
            Map<String, TopicDescription> topics = admin.describeTopics(
                            partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()))
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            Map<TopicPartition, ListOffsetsResultInfo> firsts = admin.listOffsets(
                            partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.earliest())))
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            Map<TopicPartition, Fact> facts = new HashMap<>();
            for (TopicPartition partition : partitions) {
                TopicDescription topic = topics.get(partition.topic());
                ListOffsetsResultInfo first = firsts.get(partition);
                if (topic == null || first == null) {
                    throw new IOException("the brokers do not tell the id and first offset of " + partition);
                }
                facts.put(partition, new Fact(topic.topicId().toString(), first.offset()));
            }
            return facts;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the brokers do not tell the ids and first offsets of the raw topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking for the first offsets of the raw topics", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
