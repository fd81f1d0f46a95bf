package io.sluice.console.policies;

import io.sluice.console.topics.TopicFollower;
import io.sluice.console.topics.TopicWriter;
import io.sluice.ingest.register.PolicyEntries;
import io.sluice.schema.OwnTypes;
import io.sluice.schema.PolicyEntry;
import io.sluice.schema.ShadowEntry;
import io.sluice.schema.TaskPosition;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The topic {@code policies}, followed and written, and {@code task-positions}, followed. Thread-safe. */
public final class KafkaPolicyTopic implements PolicyTopic, AutoCloseable {
    static {
        OwnTypes.trust();
    }

    /** How long the topic may take to be read to its end. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final TopicPartition policies;
    private final PolicyLog log;
    private final TopicWriter writer;
    private final TopicFollower follower;

    /** @param kafka client properties of the server's principal, at least {@code bootstrap.servers} */
    public KafkaPolicyTopic(Topics topics, Map<String, String> kafka, Clock clock) {
        this.policies = new TopicPartition(topics.policies(), 0);
        this.log = new PolicyLog(topics.policies(), clock);
        this.writer = new TopicWriter(new HashMap<>(kafka));
        this.follower = new TopicFollower(
                "policy-register",
                List.of(policies, new TopicPartition(topics.taskPositions(), 0)),
                new HashMap<>(kafka),
                new TopicFollower.Taker() {
                    @Override
                    public void take(ConsumerRecord<byte[], byte[]> entry) throws IOException {
                        KafkaPolicyTopic.this.take(entry);
                    }

                    @Override
                    public void readToEnd() {
                        log.readToEnd();
                    }
                });
    }

    /** Begins to read. */
    public void start() {
        follower.start();
    }

    private void take(ConsumerRecord<byte[], byte[]> entry) throws IOException {
        Instant appended = Instant.ofEpochMilli(entry.timestamp());
        if (entry.topic().equals(policies.topic()) && PolicyEntries.isShadow(entry.key())) {
            byte[] value = entry.value();
            log.shadow(value == null ? null : ShadowEntry.getDecoder().decode(value), entry.offset(), appended);
            return;
        }
        if (entry.value() == null) {
            return;
        }
        if (entry.topic().equals(policies.topic())) {
            log.entry(PolicyEntry.getDecoder().decode(entry.value()), entry.offset(), appended);
        } else {
            log.position(TaskPosition.getDecoder().decode(entry.value()), appended);
        }
    }

    @Override
    public PolicyLog log() throws PoliciesUnavailable {
        try {
            if (log.awaitComplete(PATIENCE)) {
                return log;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new PoliciesUnavailable("The policies cannot be read just now: Kafka does not answer; try again.");
    }

    @Override
    public long write(PolicyEntry entry) throws PoliciesUnavailable {
        byte[] key = (entry.getVersion() + " " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
        RecordMetadata written = write(
                key,
                () -> TopicWriter.bytes(PolicyEntry.getEncoder().encode(entry)),
                "`rules active` whether it is active");
        log.entry(entry, written.offset(), Instant.ofEpochMilli(written.timestamp()));
        return written.offset();
    }

    @Override
    public long writeShadow(@Nullable ShadowEntry entry) throws PoliciesUnavailable {
        RecordMetadata written = write(
                PolicyEntries.shadowKey(),
                () -> entry == null
                        ? null
                        : TopicWriter.bytes(ShadowEntry.getEncoder().encode(entry)),
                "`rules shadow` which policy is tried");
        log.shadow(entry, written.offset(), Instant.ofEpochMilli(written.timestamp()));
        return written.offset();
    }

    private interface Encoding {
        byte @Nullable [] encode() throws IOException;
    }

    /** @param look with which verb to look for what */
    private RecordMetadata write(byte[] key, Encoding value, String look) throws PoliciesUnavailable {
        try {
            return writer.write(policies, key, value.encode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PoliciesUnavailable("The server is stopping; look with " + look + ".", e);
        } catch (IOException e) {
            throw new PoliciesUnavailable(
                    "Kafka does not acknowledge the policy; look with " + look + ", and try again.", e);
        }
    }

    @Override
    public void close() {
        follower.close();
        writer.close();
    }
}
