package io.sluice.ingest.register;

import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.schema.PolicyEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topic {@code policies} as a job meets it when it starts. */
public final class PolicyTopic {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RegisterSettings settings;

    public PolicyTopic(RegisterSettings settings) {
        this.settings = settings;
    }

    /**
     * Writes the first entry if there is none; it counts for every receive time.
     *
     * @return whether it was written
     * @throws PolicyException if the policy does not load, or no job can carry it
     * @throws IOException if the topic cannot be read or written
     */
    public boolean writeFirst(PolicyFiles files) throws PolicyException, IOException {
        RedactionPolicy policy = PolicyEntries.read(files, List.of());
        if (!isEmpty()) {
            return false;
        }
        write(PolicyEntries.of(policy.version(), files, Instant.EPOCH, false));
        return true;
    }

    private boolean isEmpty() throws IOException {
        Map<String, Object> properties = new HashMap<>(settings.consumer());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        TopicPartition partition = new TopicPartition(settings.policies(), 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            // A key of its own for each entry: compaction leaves all of them, so the end tells.
            return consumer.endOffsets(List.of(partition), PATIENCE).values().stream()
                    .allMatch(end -> end == 0);
        } catch (KafkaException e) {
            throw new IOException("the topic " + settings.policies() + " cannot be read", e);
        }
    }

    private void write(PolicyEntry entry) throws IOException {
        Map<String, Object> properties = new HashMap<>(settings.producer());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        properties.remove(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        ByteBuffer value = entry.toByteBuffer();
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            settings.policies(), entry.getVersion().getBytes(StandardCharsets.UTF_8), bytes))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new IOException("the shipped policy cannot be written to the topic " + settings.policies(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing to the topic " + settings.policies(), e);
        }
    }
}
