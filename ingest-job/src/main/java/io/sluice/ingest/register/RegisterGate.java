package io.sluice.ingest.register;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Whether the registers are fresh and complete enough to go on.
 *
 * <p>Guarantees: closed until the end of both topics has been seen, and again whenever that was longer ago than
 * {@link #FRESH}. Thread-safe; set by the follower alone.
 */
final class RegisterGate {
    /** How old the last look at the end of the topics may be. */
    static final Duration FRESH = Duration.ofSeconds(20);

    private final LongSupplier nanoTime;
    private volatile boolean seen;
    private volatile long freshUntil;
    private volatile boolean complete;
    private CompletableFuture<Void> waiting = new CompletableFuture<>();

    /** @param nanoTime as {@link System#nanoTime()} */
    RegisterGate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The end of both topics, as it was at that time, has been read. */
    void endSeen(long askedNanos) {
        freshUntil = askedNanos + FRESH.toNanos();
        seen = true;
    }

    /** Whether every policy that counts by now is loaded. */
    void policiesComplete(boolean complete) {
        this.complete = complete;
    }

    boolean isOpen() {
        return seen && complete && nanoTime.getAsLong() - freshUntil < 0;
    }

    /** Whether the registers have been read to their end once. */
    boolean hasSeenEnd() {
        return seen;
    }

    synchronized CompletableFuture<Void> whenOpen() {
        if (waiting.isDone()) {
            waiting = new CompletableFuture<>();
        }
        if (isOpen()) {
            waiting.complete(null);
        }
        return waiting;
    }

    /** Lets those go on who wait, if it is open. */
    void release() {
        if (!isOpen()) {
            return;
        }
        CompletableFuture<Void> done;
        synchronized (this) {
            done = waiting;
        }
        done.complete(null);
    }
}
