package io.sluice.console.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads partitions from their beginning and follows them, in a thread of its own, whatever Kafka does meanwhile.
 *
 * <p>It joins no consumer group: it always reads from the beginning, and what is compacted away was overwritten. After a
 * fault it begins anew, so that an entry may be taken twice.
 */
public final class TopicFollower implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration END = Duration.ofSeconds(15);
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);

    private final String name;
    private final List<TopicPartition> partitions;
    private final Map<String, Object> properties;
    private final Taker taker;
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable Consumer<byte[], byte[]> following;
    private boolean ended;

    /** Who is told what is read, by the follower's thread. */
    public interface Taker {
        /**
         * Takes an entry in.
         *
         * @throws Exception if it cannot be read; it is passed over
         */
        void take(ConsumerRecord<byte[], byte[]> entry) throws Exception;

        /** Everything that was written before the start has been read. */
        void readToEnd();
    }

    /**
     * Does not read yet.
     *
     * @param name of what it reads, in the log
     * @param kafka client properties of the server's principal
     */
    public TopicFollower(String name, List<TopicPartition> partitions, Map<String, Object> kafka, Taker taker) {
        this.name = name;
        this.partitions = List.copyOf(partitions);
        this.properties = new HashMap<>(kafka);
        this.taker = taker;
        this.thread = new Thread(this::follow, name);
        this.thread.setDaemon(true);
    }

    /** Begins to read. */
    public void start() {
        thread.start();
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
                        "The {} cannot be read ({}); trying again",
                        name,
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
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!closing) {
                consumer.poll(POLL).forEach(this::take);
                if (!ended
                        && ends.entrySet().stream()
                                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                    ended = true;
                    taker.readToEnd();
                }
            }
        } finally {
            following = null;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> entry) {
        try {
            taker.take(entry);
        } catch (Exception e) {
            LOG.warn("An entry of {} at offset {} cannot be read and is passed over", entry.topic(), entry.offset());
        }
    }

    @Override
    public void close() {
        closing = true;
        Consumer<byte[], byte[]> consumer = following;
        if (consumer != null) {
            consumer.wakeup();
        }
        thread.interrupt();
        try {
            thread.join(END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
