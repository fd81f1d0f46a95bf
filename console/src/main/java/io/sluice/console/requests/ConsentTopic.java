package io.sluice.console.requests;

import io.sluice.redaction.consent.GateKey;
import io.sluice.schema.ConsentEntry;
import io.sluice.schema.OwnTypes;
import io.sluice.schema.TaskPosition;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics {@code consent}, followed and written, and {@code task-positions}, followed.
 *
 * <p>Both have one partition, for a position is one offset. It joins no consumer group: it always reads from the
 * beginning, and what is compacted away was overwritten.
 *
 * <p>Guarantees: an entry counts as recorded when all in-sync replicas have it; no identifier passes through here.
 * Thread-safe.
 */
public final class ConsentTopic implements AutoCloseable {
    static {
        OwnTypes.trust();
    }

    /** How long the broker may take to acknowledge, or the register to be read to its end. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** After how long without a report the job counts as stopped; it reports every few seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Logger LOG = LoggerFactory.getLogger(ConsentTopic.class);

    private final TopicPartition consent;
    private final TopicPartition taskPositions;
    private final Map<String, Object> properties;
    private final ConsentRegister register;
    private final Producer<byte[], byte[]> producer;
    private final Thread follower;
    private volatile boolean closing;
    private volatile @Nullable Consumer<byte[], byte[]> following;

    /** @param kafka client properties of the server's principal, at least {@code bootstrap.servers} */
    public ConsentTopic(Topics topics, Map<String, String> kafka, Clock clock) {
        this.consent = new TopicPartition(topics.consent(), 0);
        this.taskPositions = new TopicPartition(topics.taskPositions(), 0);
        this.properties = new HashMap<>(kafka);
        this.register = new ConsentRegister(topics.consent(), clock, SILENCE);
        this.producer = producer();
        this.follower = new Thread(this::follow, "consent-register");
        this.follower.setDaemon(true);
    }

    /** Begins to read. */
    public void start() {
        follower.start();
    }

    /** Whether everything has been read that was written before the start. */
    public boolean isReady() {
        return register.isComplete();
    }

    /** What has been read, once that is all. */
    ConsentRegister register() throws RegisterUnavailable {
        try {
            if (register.awaitComplete(PATIENCE)) {
                return register;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RegisterUnavailable(
                "The consent register cannot be read just now: Kafka does not answer; try again.");
    }

    /**
     * Records an entry.
     *
     * @param entry what is now recorded; without one, nothing is
     * @return its offset, once the broker has acknowledged it
     */
    long record(GateKey key, @Nullable ConsentEntry entry) throws RegisterUnavailable {
        try {
            byte[] value = entry == null ? null : bytes(entry);
            long offset = producer.send(new ProducerRecord<>(consent.topic(), consent.partition(), key.bytes(), value))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .offset();
            register.entry(key, entry, offset);
            return offset;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegisterUnavailable("The server is stopping; the choice may not be recorded.", e);
        } catch (ExecutionException | TimeoutException | KafkaException | IOException e) {
            throw new RegisterUnavailable(
                    "The choice may not be recorded: Kafka does not acknowledge it; record it again.", e);
        }
    }

    private static byte[] bytes(ConsentEntry entry) throws IOException {
        ByteBuffer encoded = ConsentEntry.getEncoder().encode(entry);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("max.block.ms", PATIENCE.toMillis());
        settings.put("request.timeout.ms", (int) PATIENCE.toMillis());
        settings.put("delivery.timeout.ms", (int) PATIENCE.toMillis());
        settings.put("linger.ms", 0);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void follow() {
        while (!closing) {
            try {
                followOnce();
            } catch (WakeupException e) {
                LOG.debug("woken to close");
            } catch (KafkaException e) {
                // The text of a Kafka exception may hold a record; its class says enough.
                LOG.warn(
                        "The consent register cannot be read ({}); trying again",
                        e.getClass().getSimpleName());
                rest();
            }
        }
    }

    private void rest() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    private void followOnce() {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put("enable.auto.commit", false);
        settings.put("isolation.level", "read_uncommitted");
        settings.put("allow.auto.create.topics", false);
        settings.remove("group.id");
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            following = consumer;
            List<TopicPartition> both = List.of(consent, taskPositions);
            consumer.assign(both);
            consumer.seekToBeginning(both);
            Map<TopicPartition, Long> ends = consumer.endOffsets(both);
            while (!closing) {
                consumer.poll(POLL).forEach(this::take);
                if (!register.isComplete()
                        && ends.entrySet().stream()
                                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                    register.readToEnd();
                }
            }
        } finally {
            following = null;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> entry) {
        try {
            if (entry.topic().equals(consent.topic())) {
                takeChoice(entry);
            } else if (entry.value() != null) {
                register.position(
                        TaskPosition.getDecoder().decode(entry.value()), Instant.ofEpochMilli(entry.timestamp()));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("An entry of {} at offset {} cannot be read and is passed over", entry.topic(), entry.offset());
        }
    }

    private void takeChoice(ConsumerRecord<byte[], byte[]> entry) throws IOException {
        if (entry.key() == null || entry.key().length != GateKey.LENGTH) {
            throw new IOException("no gate key");
        }
        ConsentEntry choices =
                entry.value() == null ? null : ConsentEntry.getDecoder().decode(entry.value());
        register.entry(GateKey.of(entry.key()), choices, entry.offset());
    }

    @Override
    public void close() {
        closing = true;
        Consumer<byte[], byte[]> consumer = following;
        if (consumer != null) {
            consumer.wakeup();
        }
        follower.interrupt();
        try {
            follower.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
    }
}
