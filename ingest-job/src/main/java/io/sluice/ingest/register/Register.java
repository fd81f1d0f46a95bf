package io.sluice.ingest.register;

import io.sluice.ingest.boundary.Candidate;
import io.sluice.ingest.source.Hold;
import io.sluice.redaction.consent.Choices;
import io.sluice.redaction.rule.PolicyTimeline;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The consent and policy registers of one process, followed by one thread.
 *
 * <p>Guarantees: an unread, stale or incomplete register means waiting, never passing, whatever the reason; what is
 * reported as in force is seen by every look-up from then on. Does not guarantee: how soon; that is the broker's pace.
 *
 * <p>Thread-safe.
 */
final class Register implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(10);

    private final ConsentMap choices = new ConsentMap();
    private final PolicyBook policies = new PolicyBook();
    private final Oddities oddities = new Oddities();
    private final RegisterGate gate;
    private final PositionReports reports;
    private final Follower follower;
    private final Thread thread;

    Register(RegisterSettings settings, Clock clock, LongSupplier nanoTime) {
        gate = new RegisterGate(nanoTime);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(producer(settings), new ByteArraySerializer(), new ByteArraySerializer());
        reports = new PositionReports(producer, settings, nanoTime, oddities);
        follower = new Follower(
                new KafkaConsumer<>(consumer(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                settings,
                new ConsentReading(choices, oddities),
                new PolicyReading(policies, oddities),
                policies,
                gate,
                reports,
                clock,
                nanoTime);
        thread = new Thread(follower, "sluice-registers");
        thread.setDaemon(true);
        thread.start();
    }

    private static Map<String, Object> consumer(RegisterSettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.consumer());
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-registers");
        return properties;
    }

    private static Map<String, Object> producer(RegisterSettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.producer());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "sluice-task-positions");
        // The follower must not stand still for long: what it reports, it says again anyway.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "1000");
        properties.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        properties.remove(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        return properties;
    }

    Choices choices() {
        return choices;
    }

    PolicyTimeline policies() {
        return policies;
    }

    @Nullable
    Candidate candidate() {
        return policies.candidate();
    }

    Map<String, Long> oddities() {
        return oddities.counts();
    }

    /** The hold of one subtask, which from now on is reported for. */
    Hold hold(int subtask, int of, Runnable onClose) {
        reports.join(subtask, of);
        return new Hold() {
            @Override
            public boolean isOpen() {
                return gate.isOpen();
            }

            @Override
            public CompletableFuture<Void> whenOpen() {
                return gate.whenOpen();
            }

            @Override
            public void close() {
                reports.leave(subtask);
                onClose.run();
            }
        };
    }

    @Override
    public void close() {
        follower.close();
        try {
            thread.join(END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
