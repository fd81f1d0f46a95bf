package io.sluice.collector.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The raw topic on Kafka: all replicas acknowledge, and a retry of the client writes no record twice. A record has no key,
 * and its headers say how it is read. Thread-safe.
 */
public final class KafkaRawTopic implements RawTopic {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String LARGEST = Integer.toString(2 << 20);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final List<Header> headers;

    private KafkaRawTopic(Producer<byte[], byte[]> producer, String topic, Map<String, String> options) {
        this.producer = producer;
        this.topic = topic;
        this.headers = options.entrySet().stream()
                .map(option -> (Header)
                        new RecordHeader(option.getKey(), option.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /**
     * Opens the topic.
     *
     * @param properties of Kafka's client
     * @param options the headers of each record, such as {@code sluice-format}
     * @throws KafkaException if the client refuses the properties
     */
    public static KafkaRawTopic open(Map<String, String> properties, String topic, Map<String, String> options) {
        Map<String, Object> all = new HashMap<>();
        all.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "4000");
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "10000");
        all.putAll(properties);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(PATIENCE.toMillis()));
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST);
        return new KafkaRawTopic(
                new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer()), topic, options);
    }

    @Override
    public CompletableFuture<Void> write(byte[] record) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        try {
            producer.send(new ProducerRecord<>(topic, null, null, null, record, headers), (metadata, fault) -> {
                if (fault == null) {
                    written.complete(null);
                } else {
                    written.completeExceptionally(fault);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            written.completeExceptionally(e);
        }
        return written;
    }

    @Override
    public void close() {
        producer.close(PATIENCE);
    }
}
