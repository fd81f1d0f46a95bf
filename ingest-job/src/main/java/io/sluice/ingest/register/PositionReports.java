package io.sluice.ingest.register;

import io.sluice.schema.TaskPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Tells {@code task-positions} what the subtasks of this process have in force: when it moves, and every few seconds,
 * because a job that falls silent counts as not running.
 *
 * <p>{@link #join} and {@link #leave} may be called by any thread, the rest by one alone.
 */
final class PositionReports implements AutoCloseable {
    /** Well under the 30 s after which the server takes a silent job for a stopped one. */
    static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final RegisterSettings settings;
    private final LongSupplier nanoTime;
    private final Oddities oddities;
    private final Map<Integer, Integer> subtasks = new ConcurrentHashMap<>();
    private final Map<String, Long> reported = new HashMap<>();
    private long lastHeartbeat;

    PositionReports(
            Producer<byte[], byte[]> producer, RegisterSettings settings, LongSupplier nanoTime, Oddities oddities) {
        this.producer = producer;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.oddities = oddities;
        this.lastHeartbeat = nanoTime.getAsLong() - HEARTBEAT.toNanos();
    }

    void join(int subtask, int of) {
        subtasks.put(subtask, of);
    }

    void leave(int subtask) {
        subtasks.remove(subtask);
    }

    /**
     * Reports what has changed, or all if it is time.
     *
     * @param positions by topic, the offset behind the last entry that every look-up from now on sees
     */
    void tell(Map<String, Long> positions) {
        boolean heartbeat = nanoTime.getAsLong() - lastHeartbeat >= HEARTBEAT.toNanos();
        if (heartbeat) {
            lastHeartbeat = nanoTime.getAsLong();
        }
        subtasks.forEach((subtask, of) -> positions.forEach((topic, offset) -> {
            String key = topic + "-" + subtask;
            if (heartbeat || !offset.equals(reported.get(key))) {
                reported.put(key, offset);
                send(key, new TaskPosition(settings.attempt(), subtask, of, topic, offset));
            }
        }));
    }

    private void send(String key, TaskPosition position) {
        try {
            ByteBuffer value = position.toByteBuffer();
            byte[] bytes = new byte[value.remaining()];
            value.get(bytes);
            producer.send(
                    new ProducerRecord<>(settings.taskPositions(), key.getBytes(StandardCharsets.UTF_8), bytes),
                    (metadata, fault) -> {
                        if (fault != null) {
                            oddities.count("report-not-written");
                        }
                    });
        } catch (IOException | KafkaException e) {
            // The next heartbeat says it again.
            oddities.count("report-not-written");
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
