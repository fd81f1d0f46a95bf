package io.sluice.console.topics;

import io.sluice.schema.TaskPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far each subtask of the boundary job has one register in force.
 *
 * <p>The running attempt is the one that reported last, as long as that is not longer ago than {@code silence}: a job
 * that has ended takes nothing back, it falls silent. Not thread-safe.
 */
public final class TaskPositions {
    /** Steps remembered per subtask; older entries are in force since the oldest of them at the latest. */
    private static final int MOST_STEPS = 1000;

    private final String topic;
    private final Duration silence;
    private final Map<String, Attempt> attempts = new HashMap<>();
    private @Nullable String latest;

    /**
     * Knows no report yet.
     *
     * @param topic the register whose positions count; subtasks report others' too
     * @param silence after how long without a report an attempt no longer counts as running
     */
    public TaskPositions(String topic, Duration silence) {
        this.topic = topic;
        this.silence = silence;
    }

    private static final class Attempt {
        private final Map<Integer, NavigableMap<Long, Instant>> steps = new HashMap<>();
        private int of;
        private Instant reported = Instant.MIN;
    }

    /** Takes a report in, in the order of the topic. */
    public void report(TaskPosition position, Instant at) {
        if (!position.getTopic().equals(topic)) {
            return;
        }
        String name = position.getAttempt();
        if (!name.equals(latest)) {
            attempts.keySet().removeIf(other -> !other.equals(latest) && !other.equals(name));
        }
        Attempt attempt = attempts.computeIfAbsent(name, unused -> new Attempt());
        attempt.of = position.getOf();
        attempt.reported = attempt.reported.isAfter(at) ? attempt.reported : at;
        NavigableMap<Long, Instant> steps =
                attempt.steps.computeIfAbsent(position.getSubtask(), unused -> new TreeMap<>());
        steps.putIfAbsent(position.getOffset(), at);
        while (steps.size() > MOST_STEPS) {
            steps.pollFirstEntry();
        }
        Attempt before = latest == null ? null : attempts.get(latest);
        if (before == null || !before.reported.isAfter(attempt.reported)) {
            latest = name;
        }
    }

    /** Whether an attempt is running. */
    public boolean isRunning(Instant now) {
        Attempt attempt = latest == null ? null : attempts.get(latest);
        return attempt != null && attempt.reported.plus(silence).isAfter(now);
    }

    /** Since when every subtask of the running attempt has the entry at that offset in force. */
    public Optional<Instant> inForceSince(long offset, Instant now) {
        Attempt attempt = latest == null ? null : attempts.get(latest);
        if (attempt == null || !isRunning(now) || attempt.steps.size() < attempt.of) {
            return Optional.empty();
        }
        Instant since = Instant.MIN;
        for (NavigableMap<Long, Instant> steps : attempt.steps.values()) {
            // A position is the offset behind the last entry in force.
            Map.Entry<Long, Instant> reached = steps.higherEntry(offset);
            if (reached == null) {
                return Optional.empty();
            }
            since = since.isAfter(reached.getValue()) ? since : reached.getValue();
        }
        return Optional.of(since);
    }
}
