package io.sluice.ingest.register;

import io.sluice.ingest.source.Hold;
import io.sluice.redaction.consent.Choices;
import io.sluice.redaction.rule.PolicyTimeline;
import java.io.Serializable;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way to the one {@link Register} that all subtasks of a job share within a process: the first who asks starts it,
 * the last who leaves ends it.
 *
 * <p>The one place of this module with static state: Flink makes the parts of a task from bytes and gives them nothing
 * in common but the class.
 */
public final class SharedRegister implements Serializable {
    private static final long serialVersionUID = 1;
    private static final Map<RegisterSettings, Shared> RUNNING = new HashMap<>();

    private final RegisterSettings settings;

    private static final class Shared {
        private final Register register;
        private int leases;

        Shared(Register register) {
            this.register = register;
        }
    }

    public SharedRegister(RegisterSettings settings) {
        this.settings = settings;
    }

    /** What a task needs of the registers, until it is closed. */
    public static final class Lease implements AutoCloseable {
        private final Register register;
        private final Runnable release;

        Lease(Register register, Runnable release) {
            this.register = register;
            this.release = release;
        }

        public Choices choices() {
            return register.choices();
        }

        public PolicyTimeline policies() {
            return register.policies();
        }

        /** Entries that were not understood, by code. */
        public Map<String, Long> oddities() {
            return register.oddities();
        }

        @Override
        public void close() {
            release.run();
        }
    }

    /** The registers; they may not have been read yet, which is what {@link #hold} is for. */
    public Lease lease() {
        return new Lease(take(), releaseOnce());
    }

    /** The hold of one subtask. */
    public Hold hold(int subtask, int of) {
        return take().hold(subtask, of, releaseOnce());
    }

    private Register take() {
        synchronized (RUNNING) {
            Shared shared = RUNNING.computeIfAbsent(
                    settings, s -> new Shared(new Register(s, Clock.systemUTC(), System::nanoTime)));
            shared.leases++;
            return shared.register;
        }
    }

    private Runnable releaseOnce() {
        AtomicBoolean released = new AtomicBoolean();
        return () -> {
            if (released.compareAndSet(false, true)) {
                release();
            }
        };
    }

    private void release() {
        Register last = null;
        synchronized (RUNNING) {
            Shared shared = RUNNING.get(settings);
            if (shared != null && --shared.leases == 0) {
                RUNNING.remove(settings);
                last = shared.register;
            }
        }
        if (last != null) {
            last.close();
        }
    }
}
