package io.sluice.console.requests;

import io.sluice.console.topics.TopicFollower;
import io.sluice.console.topics.TopicWriter;
import io.sluice.redaction.consent.GateKey;
import io.sluice.schema.ConsentEntry;
import io.sluice.schema.OwnTypes;
import io.sluice.schema.TaskPosition;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The topics {@code consent}, followed and written, and {@code task-positions}, followed.
 *
 * <p>Both have one partition, for a position is one offset.
 *
 * <p>Guarantees: an entry counts as recorded when all in-sync replicas have it; no identifier passes through here.
 * Thread-safe.
 */
public final class ConsentTopic implements AutoCloseable {
    static {
        OwnTypes.trust();
    }

    /** How long the register may take to be read to its end. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** After how long without a report the job counts as stopped; it reports every few seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final TopicPartition consent;
    private final ConsentRegister register;
    private final TopicWriter writer;
    private final TopicFollower follower;

    /** @param kafka client properties of the server's principal, at least {@code bootstrap.servers} */
    public ConsentTopic(Topics topics, Map<String, String> kafka, Clock clock) {
        this.consent = new TopicPartition(topics.consent(), 0);
        this.register = new ConsentRegister(topics.consent(), clock, SILENCE);
        this.writer = new TopicWriter(new HashMap<>(kafka));
        this.follower = new TopicFollower(
                "consent-register",
                List.of(consent, new TopicPartition(topics.taskPositions(), 0)),
                new HashMap<>(kafka),
                new TopicFollower.Taker() {
                    @Override
                    public void take(ConsumerRecord<byte[], byte[]> entry) throws IOException {
                        ConsentTopic.this.take(entry);
                    }

                    @Override
                    public void readToEnd() {
                        register.readToEnd();
                    }
                });
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
            byte[] value = entry == null
                    ? null
                    : TopicWriter.bytes(ConsentEntry.getEncoder().encode(entry));
            long offset = writer.write(consent, key.bytes(), value).offset();
            register.entry(key, entry, offset);
            return offset;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegisterUnavailable("The server is stopping; the choice may not be recorded.", e);
        } catch (IOException e) {
            throw new RegisterUnavailable(
                    "The choice may not be recorded: Kafka does not acknowledge it; record it again.", e);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> entry) throws IOException {
        if (entry.topic().equals(consent.topic())) {
            takeChoice(entry);
        } else if (entry.value() != null) {
            register.position(TaskPosition.getDecoder().decode(entry.value()), Instant.ofEpochMilli(entry.timestamp()));
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
        follower.close();
        writer.close();
    }
}
