package io.sluice.console.topics;

import io.sluice.schema.BalanceEntry;
import io.sluice.schema.OwnTypes;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The balance as the transactions of the jobs committed it, for whoever asks a question of it now and then.
 *
 * <p>Thread-safe: each {@link Reading} has a consumer of its own, and is for one thread. An hour is about 20,000 short
 * entries, a second's reading.
 */
public final class CommittedBalance {
    static {
        OwnTypes.trust();
    }

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final TopicPartition balance;
    private final Map<String, Object> properties;

    /** @param kafka client properties of the server's principal, at least {@code bootstrap.servers} */
    public CommittedBalance(Topics topics, Map<String, String> kafka) {
        this.balance = new TopicPartition(topics.balance(), 0);
        this.properties = new HashMap<>(kafka);
        properties.put("enable.auto.commit", false);
        properties.put("isolation.level", "read_committed");
        properties.put("allow.auto.create.topics", false);
        properties.put("auto.offset.reset", "earliest");
        properties.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        properties.remove("group.id");
    }

    /**
     * Opens it to read to the end that it has now.
     *
     * @throws KafkaException if Kafka does not answer within 15 seconds, as each question to the reading throws it
     */
    public Reading open() {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.assign(List.of(balance));
            return new Reading(
                    consumer, balance, consumer.endOffsets(List.of(balance)).getOrDefault(balance, 0L));
        } catch (KafkaException e) {
            consumer.close();
            throw e;
        }
    }

    /** One reading, to the end of when it was opened. Not thread-safe. */
    public static final class Reading implements AutoCloseable {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final TopicPartition balance;
        private final long end;

        private Reading(KafkaConsumer<byte[], byte[]> consumer, TopicPartition balance, long end) {
            this.consumer = consumer;
            this.balance = balance;
            this.end = end;
        }

        /** Offset of the first entry of this time or later; the end if there is none. */
        public long begin(Instant time) {
            OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(balance, time.toEpochMilli()))
                    .get(balance);
            return found == null ? end : found.offset();
        }

        /**
         * Hands over the entries from an offset on, but for those of a version that this program does not know.
         *
         * @return the offset to go on from; before the end only if the end is more than 15 seconds of reading away
         */
        public long read(long from, Consumer<BalanceEntry> to) {
            long next = from;
            consumer.seek(balance, next);
            long begun = System.nanoTime();
            while (!isEnd(next) && System.nanoTime() - begun <= PATIENCE.toNanos()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    hand(record, to);
                }
                next = consumer.position(balance);
            }
            return next;
        }

        /** Whether there is nothing to read from this offset on. */
        public boolean isEnd(long offset) {
            return offset >= end;
        }

        private static void hand(ConsumerRecord<byte[], byte[]> record, Consumer<BalanceEntry> to) {
            BalanceEntry entry;
            try {
                entry = BalanceEntry.getDecoder().decode(record.value());
            } catch (IOException | RuntimeException e) {
                // An entry of a version that this program does not know.
                return;
            }
            to.accept(entry);
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
