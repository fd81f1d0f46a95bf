package io.sluice.ingest.register;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the two topics from their beginning, follows them, and says how far it is. Runs in a thread of its own; whatever
 * fails is tried again, and meanwhile the gate closes by itself.
 */
final class Follower implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long PAUSE_MILLIS = 500;
    /** A policy that does not load holds the job back this much before its time. */
    private static final Duration AHEAD = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition consent;
    private final TopicPartition policies;
    private final ConsentReading consentReading;
    private final PolicyReading policyReading;
    private final PolicyBook book;
    private final RegisterGate gate;
    private final PositionReports reports;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private volatile boolean closed;
    private Map<TopicPartition, Long> ends = Map.of();
    private long asked;
    private boolean begun;
    private String lastSaid = "";

    Follower(
            Consumer<byte[], byte[]> consumer,
            RegisterSettings settings,
            ConsentReading consentReading,
            PolicyReading policyReading,
            PolicyBook book,
            RegisterGate gate,
            PositionReports reports,
            Clock clock,
            LongSupplier nanoTime) {
        this.consumer = consumer;
        // A position is one offset, so both topics have one partition; begin() insists.
        this.consent = new TopicPartition(settings.consent(), 0);
        this.policies = new TopicPartition(settings.policies(), 0);
        this.consentReading = consentReading;
        this.policyReading = policyReading;
        this.book = book;
        this.gate = gate;
        this.reports = reports;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public void run() {
        try (consumer;
                reports) {
            while (!closed) {
                try {
                    step();
                } catch (WakeupException e) {
                    // Closed meanwhile.
                } catch (InterruptException e) {
                    closed = true;
                } catch (RuntimeException e) {
                    pauseAfter(e);
                }
            }
        }
    }

    private void step() {
        if (!begun) {
            begin();
            begun = true;
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (record.topic().equals(consent.topic())) {
                consentReading.take(record);
            } else {
                policyReading.take(record);
            }
        }
        look();
        gate.policiesComplete(book.isCompleteUntil(clock.millis() + AHEAD.toMillis()));
        if (gate.hasSeenEnd()) {
            Map<String, Long> positions = new HashMap<>();
            positions.put(consent.topic(), consumer.position(consent, ANSWER));
            positions.put(policies.topic(), consumer.position(policies, ANSWER));
            reports.tell(positions);
        }
        gate.release();
    }

    private void begin() {
        for (TopicPartition partition : List.of(consent, policies)) {
            int partitions = consumer.partitionsFor(partition.topic(), ANSWER).size();
            if (partitions != 1) {
                throw new IllegalStateException("the topic " + partition.topic() + " has " + partitions
                        + " partitions and must have exactly one");
            }
        }
        consumer.assign(List.of(consent, policies));
        consumer.seekToBeginning(List.of(consent, policies));
    }

    /** Asks for the end now and then; only an answer that came, and was reached, counts as having seen it. */
    private void look() {
        if (ends.isEmpty()) {
            if (gate.isOpen() && nanoTime.getAsLong() - asked < LOOK_NANOS) {
                return;
            }
            long now = nanoTime.getAsLong();
            ends = consumer.endOffsets(List.of(consent, policies), ANSWER);
            asked = now;
        }
        boolean reached =
                ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue());
        if (reached) {
            lastSaid = "";
            gate.endSeen(asked);
            ends = Map.of();
        }
    }

    private void pauseAfter(RuntimeException e) {
        // An exception of a client holds no entry; one of ours does not either.
        String said = said(e);
        if (!said.equals(lastSaid)) {
            LOG.warn("the consent and policy registers cannot be followed for now: {}", said);
            lastSaid = said;
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private static String said(RuntimeException e) {
        return e instanceof KafkaException ? e.getClass().getSimpleName() : String.valueOf(e.getMessage());
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
    }
}
