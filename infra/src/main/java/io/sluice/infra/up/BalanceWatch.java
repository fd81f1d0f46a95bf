package io.sluice.infra.up;

import io.sluice.sinks.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the committed balance, and how far the raw topics are ahead of it.
 *
 * <p>Needs the right to read the balance and to describe the raw topics, no more. Not thread-safe.
 */
final class BalanceWatch implements AutoCloseable {
    // Enough to meet each partition once, which says how far it was accounted for before this start.
    private static final long LOOK_BACK = 2_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Topics topics;
    private final TopicPartition balance;
    private final long begin;
    private final BalanceCounts counts = new BalanceCounts();

    private BalanceWatch(KafkaConsumer<byte[], byte[]> consumer, Topics topics) {
        this.consumer = consumer;
        this.topics = topics;
        this.balance = new TopicPartition(topics.balance(), 0);
        consumer.assign(List.of(balance));
        this.begin = consumer.endOffsets(List.of(balance)).getOrDefault(balance, 0L);
        long first = consumer.beginningOffsets(List.of(balance)).getOrDefault(balance, 0L);
        consumer.seek(balance, Math.max(first, begin - LOOK_BACK));
    }

    /** Begins to count now. */
    static BalanceWatch start(Map<String, String> login, Topics topics) {
        Map<String, Object> properties = new HashMap<>(login);
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("default.api.timeout.ms", "10000");
        properties.put("client.id", "up-watch");
        return new BalanceWatch(
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()), topics);
    }

    /** Reads what is new, for at most this time; the figures then. */
    Figures read(Duration patience) {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
                counts.add(record.value(), record.offset() >= begin);
            }
            return counts.figures(lag());
        } catch (KafkaException e) {
            // Kafka is away: what was counted stays, how far it lags nobody knows.
            return counts.figures(OptionalLong.empty());
        }
    }

    private OptionalLong lag() {
        List<TopicPartition> raw = new ArrayList<>();
        for (String topic : topics.raw()) {
            for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                raw.add(new TopicPartition(topic, partition.partition()));
            }
        }
        Map<TopicPartition, Long> first = consumer.beginningOffsets(raw);
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> end : consumer.endOffsets(raw).entrySet()) {
            long from = counts.accounted(end.getKey(), first.getOrDefault(end.getKey(), 0L));
            lag += Math.max(0, end.getValue() - from);
        }
        return OptionalLong.of(lag);
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
    }
}
