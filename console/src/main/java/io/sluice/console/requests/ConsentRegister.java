package io.sluice.console.requests;

import io.sluice.console.topics.TaskPositions;
import io.sluice.redaction.consent.GateKey;
import io.sluice.schema.ConsentEntry;
import io.sluice.schema.TaskPosition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The consent register and the positions of the boundary job, as far as this server has read them.
 *
 * <p>Holds keyed hashes and choices, no identifier. Thread-safe.
 */
final class ConsentRegister {
    private final Clock clock;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<GateKey, Standing> byKey = new HashMap<>();
    private final TaskPositions positions;
    private boolean complete;

    /**
     * The last change of one key.
     *
     * @param entry what is recorded; absent if it was taken back
     * @param offset where it stands
     */
    record Standing(@Nullable ConsentEntry entry, long offset) {}

    ConsentRegister(String topic, Clock clock, Duration silence) {
        this.clock = clock;
        this.positions = new TaskPositions(topic, silence);
    }

    /** Takes an entry in; an older one than is known changes nothing. */
    void entry(GateKey key, @Nullable ConsentEntry entry, long offset) {
        locked(() -> byKey.merge(
                key, new Standing(entry, offset), (old, fresh) -> fresh.offset() > old.offset() ? fresh : old));
    }

    /** Takes a report in. */
    void position(TaskPosition position, Instant at) {
        locked(() -> positions.report(position, at));
    }

    /** Says that everything written before the server started has been read. */
    void readToEnd() {
        locked(() -> complete = true);
    }

    /** Whether it has been read to its end once. */
    boolean isComplete() {
        lock.lock();
        try {
            return complete;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has been read to its end once. */
    boolean awaitComplete(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (!complete && left > 0) {
                left = changed.awaitNanos(left);
            }
            return complete;
        } finally {
            lock.unlock();
        }
    }

    /** The last change of a key. */
    Optional<Standing> find(GateKey key) {
        lock.lock();
        try {
            return Optional.ofNullable(byKey.get(key));
        } finally {
            lock.unlock();
        }
    }

    /** Since when the entry at an offset is in force in the running attempt. */
    Optional<Instant> inForceSince(long offset) {
        lock.lock();
        try {
            return positions.inForceSince(offset, clock.instant());
        } finally {
            lock.unlock();
        }
    }

    boolean isJobRunning() {
        lock.lock();
        try {
            return positions.isRunning(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the entry at an offset is in force, or for as long as {@code patience}. */
    Optional<Instant> awaitInForce(long offset, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            Optional<Instant> since = positions.inForceSince(offset, clock.instant());
            while (since.isEmpty() && left > 0) {
                left = changed.awaitNanos(left);
                since = positions.inForceSince(offset, clock.instant());
            }
            return since;
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
