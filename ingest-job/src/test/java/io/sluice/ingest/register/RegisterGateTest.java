package io.sluice.ingest.register;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RegisterGateTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final RegisterGate gate = new RegisterGate(now::get);

    @Test
    void staysClosedUntilTheEndWasSeenAndEveryPolicyIsLoaded() {
        assertFalse(gate.isOpen());
        gate.endSeen(now.get());
        assertFalse(gate.isOpen());
        gate.policiesComplete(true);
        assertTrue(gate.isOpen());
        gate.policiesComplete(false);
        assertFalse(gate.isOpen());
    }

    @Test
    void closesWhenTheEndWasLastSeenTwentySecondsAgo() {
        gate.policiesComplete(true);
        gate.endSeen(now.get());
        now.addAndGet(Duration.ofSeconds(20).toNanos() - 1);
        assertTrue(gate.isOpen());
        now.addAndGet(1);
        assertFalse(gate.isOpen());
        gate.endSeen(now.get());
        assertTrue(gate.isOpen());
    }

    @Test
    void wakesThoseWhoWaitOnlyOnceItIsOpen() {
        CompletableFuture<Void> waiting = gate.whenOpen();
        gate.release();
        assertFalse(waiting.isDone());
        gate.endSeen(now.get());
        gate.policiesComplete(true);
        gate.release();
        assertTrue(waiting.isDone());
        assertTrue(gate.whenOpen().isDone());
        gate.policiesComplete(false);
        assertFalse(gate.whenOpen().isDone());
    }
}
