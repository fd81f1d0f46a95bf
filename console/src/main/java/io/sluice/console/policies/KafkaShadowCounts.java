package io.sluice.console.policies;

import io.sluice.schema.BalanceEntry;
import io.sluice.schema.OwnTypes;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the committed balance says of a trial, when somebody asks: from the trial's begin the first time, from
 * where it was after that.
 *
 * <p>Guarantees: each record counts once, over restarts of the job, since the counts go through the transactions of its
 * checkpoints. Thread-safe; one reads at a time.
 */
public final class KafkaShadowCounts implements ShadowCounts {
    static {
        OwnTypes.trust();
    }

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** The balance bears the time of the job's machine, the trial that of the broker. */
    private static final Duration SKEW = Duration.ofHours(1);

    private final TopicPartition balance;
    private final Map<String, Object> properties;
    private @Nullable ShadowSums sums;
    private long next;

    /** @param kafka client properties of the server's principal, at least {@code bootstrap.servers} */
    public KafkaShadowCounts(Topics topics, Map<String, String> kafka) {
        this.balance = new TopicPartition(topics.balance(), 0);
        this.properties = new HashMap<>(kafka);
        properties.put("enable.auto.commit", false);
        properties.put("isolation.level", "read_committed");
        properties.put("allow.auto.create.topics", false);
        properties.put("auto.offset.reset", "earliest");
        properties.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        properties.remove("group.id");
    }

    @Override
    public synchronized ShadowState.Counts read(long entry, Instant since) throws PoliciesUnavailable {
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(balance));
            long end = consumer.endOffsets(List.of(balance)).getOrDefault(balance, 0L);
            ShadowSums own = sums;
            if (own == null || own.entry() != entry) {
                own = new ShadowSums(entry);
                next = begin(consumer, since, end);
                sums = own;
            }
            consumer.seek(balance, next);
            long begun = System.nanoTime();
            while (next < end) {
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new PoliciesUnavailable("There is so much of the balance to read that it takes longer; ask"
                            + " again, it goes on where it was.");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    add(record, own);
                }
                next = consumer.position(balance);
            }
            return own.counts();
        } catch (KafkaException e) {
            // Half of a poll may have been added.
            sums = null;
            throw new PoliciesUnavailable("The balance cannot be read just now: Kafka does not answer; try again.", e);
        }
    }

    private long begin(Consumer<byte[], byte[]> consumer, Instant since, long end) {
        long time = since.minus(SKEW).toEpochMilli();
        OffsetAndTimestamp found =
                consumer.offsetsForTimes(Map.of(balance, time)).get(balance);
        return found == null ? end : found.offset();
    }

    private static void add(ConsumerRecord<byte[], byte[]> record, ShadowSums into) {
        try {
            BalanceEntry.getDecoder().decode(record.value()).getShadows().forEach(into::add);
        } catch (IOException | RuntimeException e) {
            // An entry of a version that this program does not know.
        }
    }
}
