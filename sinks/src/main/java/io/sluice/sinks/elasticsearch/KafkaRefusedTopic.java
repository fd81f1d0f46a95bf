package io.sluice.sinks.elasticsearch;

import io.sluice.schema.RefusedDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topic {@code refused} in Kafka: key = document id (UTF-8), value = {@link RefusedDocument} in Avro single-object
 * encoding; a record without a value says that the document has been indexed after all.
 */
public final class KafkaRefusedTopic implements RefusedTopic {
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    private KafkaRefusedTopic(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /**
     * Opens the topic.
     *
     * @param client any properties of a Kafka client, {@code bootstrap.servers} among them
     */
    public static KafkaRefusedTopic open(Map<String, String> client, String topic) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        // The sink sends again by itself; a thread of its own waits here.
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000");
        properties.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        properties.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000");
        return new KafkaRefusedTopic(
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()), topic);
    }

    @Override
    public CompletableFuture<Void> send(RefusedDocument document) {
        try {
            ByteBuffer value = document.toByteBuffer();
            byte[] bytes = new byte[value.remaining()];
            value.get(bytes);
            return write(document.getId(), bytes);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Says that a document that was refused has been indexed; completes when it is acknowledged. */
    CompletableFuture<Void> settle(String documentId) {
        return write(documentId, null);
    }

    private CompletableFuture<Void> write(String id, byte @org.jspecify.annotations.Nullable [] value) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        try {
            producer.send(
                    new ProducerRecord<>(topic, id.getBytes(StandardCharsets.UTF_8), value), (metadata, fault) -> {
                        if (fault == null) {
                            acknowledged.complete(null);
                        } else {
                            acknowledged.completeExceptionally(fault);
                        }
                    });
        } catch (KafkaException e) {
            acknowledged.completeExceptionally(e);
        }
        return acknowledged;
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }

    /**
     * Opens the topic where the sink runs.
     *
     * @param client properties of a Kafka client
     */
    public record Opener(HashMap<String, String> client, String topic) implements RefusedTopic.Opener {
        public Opener(Map<String, String> client, String topic) {
            this(new HashMap<>(client), topic);
        }

        @Override
        public RefusedTopic open() {
            return KafkaRefusedTopic.open(client, topic);
        }

        @Override
        public String toString() {
            return "Opener[" + topic + "]";
        }
    }
}
