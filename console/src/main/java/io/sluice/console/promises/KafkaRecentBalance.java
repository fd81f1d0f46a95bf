package io.sluice.console.promises;

import io.sluice.console.policies.PoliciesUnavailable;
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

/**
 * Reads the end of the committed balance when somebody asks. Thread-safe: each question has a consumer of its own.
 *
 * <p>An hour is about 20,000 short entries, a second's reading.
 */
public final class KafkaRecentBalance implements LiveFigures.RecentBalance {
    static {
        OwnTypes.trust();
    }

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final TopicPartition balance;
    private final Map<String, Object> properties;

    /** @param kafka client properties of the server's principal, at least {@code bootstrap.servers} */
    public KafkaRecentBalance(Topics topics, Map<String, String> kafka) {
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
    public Live.Balance since(Instant begin) throws PoliciesUnavailable {
        BalanceSums sums = new BalanceSums();
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(balance));
            long end = consumer.endOffsets(List.of(balance)).getOrDefault(balance, 0L);
            OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(balance, begin.toEpochMilli()))
                    .get(balance);
            if (first == null) {
                return sums.sums();
            }
            consumer.seek(balance, first.offset());
            long begun = System.nanoTime();
            while (consumer.position(balance) < end) {
                if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new PoliciesUnavailable("The balance takes longer to read than 15 seconds; ask again.");
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    add(record, sums);
                }
            }
            return sums.sums();
        } catch (KafkaException e) {
            throw new PoliciesUnavailable("The balance cannot be read just now: Kafka does not answer; try again.", e);
        }
    }

    private static void add(ConsumerRecord<byte[], byte[]> record, BalanceSums into) {
        try {
            into.add(BalanceEntry.getDecoder().decode(record.value()));
        } catch (IOException | RuntimeException e) {
            // An entry of a version that this program does not know.
        }
    }
}
