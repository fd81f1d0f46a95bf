package io.sluice.tests.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One topic, for a reader who sees committed records only; each read goes on where the last one ended. Not thread-safe.
 */
public final class CommittedRecords implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /** @param login client properties of who may read the topic */
    public CommittedRecords(Map<String, String> login, String topic) {
        Map<String, Object> properties = new HashMap<>(login);
        properties.put("isolation.level", "read_committed");
        properties.put("max.poll.records", "10000");
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All that a topic holds by now. */
    public static List<ConsumerRecord<byte[], byte[]>> of(Map<String, String> login, String topic) {
        try (CommittedRecords records = new CommittedRecords(login, topic)) {
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            records.read(all::add);
            return all;
        }
    }

    /** All that came since the last read and is committed by now. */
    public void read(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            consumer.poll(Duration.ofMillis(200)).forEach(each);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
