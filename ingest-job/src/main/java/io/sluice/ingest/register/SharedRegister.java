package io.sluice.ingest.register;

import io.sluice.ingest.boundary.Candidate;
import io.sluice.ingest.carry.PerProcess;
import io.sluice.ingest.source.Hold;
import io.sluice.redaction.consent.Choices;
import io.sluice.redaction.rule.PolicyTimeline;
import java.io.Serializable;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way to the one {@link Register} that all subtasks of a job share within a process. */
public final class SharedRegister implements Serializable {
    private static final long serialVersionUID = 1;
    private static final PerProcess<RegisterSettings, Register> RUNNING =
            new PerProcess<>(settings -> new Register(settings, Clock.systemUTC(), System::nanoTime));

    private final RegisterSettings settings;

    public SharedRegister(RegisterSettings settings) {
        this.settings = settings;
    }

    /** What a task needs of the registers, until it is closed. */
    public static final class Lease implements AutoCloseable {
        private final PerProcess.Lease<Register> register;

        private Lease(PerProcess.Lease<Register> register) {
            this.register = register;
        }

        public Choices choices() {
            return register.get().choices();
        }

        public PolicyTimeline policies() {
            return register.get().policies();
        }

        /** The policy to be tried beside the one that counts, the same object as long as it is the same trial. */
        public @Nullable Candidate candidate() {
            return register.get().candidate();
        }

        /** Entries that were not understood, by code. */
        public Map<String, Long> oddities() {
            return register.get().oddities();
        }

        @Override
        public void close() {
            register.close();
        }
    }

    /** The registers; they may not have been read yet, which is what {@link #hold} is for. */
    public Lease lease() {
        return new Lease(RUNNING.lease(settings));
    }

    /** The hold of one subtask. */
    public Hold hold(int subtask, int of) {
        PerProcess.Lease<Register> lease = RUNNING.lease(settings);
        return lease.get().hold(subtask, of, lease::close);
    }
}
