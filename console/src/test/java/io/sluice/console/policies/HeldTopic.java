package io.sluice.console.policies;

import io.sluice.ingest.register.PolicyEntries;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.schema.OwnTypes;
import io.sluice.schema.PolicyEntry;
import io.sluice.schema.ShadowEntry;
import io.sluice.schema.TaskPosition;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The topic of policies, held in memory. */
public final class HeldTopic implements PolicyTopic {
    static {
        OwnTypes.trust();
    }

    private final Clock clock;
    private final PolicyLog log;
    private final List<PolicyEntry> written = new ArrayList<>();
    private final List<String> shadows = new ArrayList<>();
    private long next;
    private boolean away;

    public HeldTopic(Clock clock) {
        this.clock = clock;
        this.log = new PolicyLog("policies", clock);
        log.readToEnd();
    }

    /** As a job writes the first one. */
    public HeldTopic begin(String shipped) throws PoliciesUnavailable {
        write(PolicyEntries.of(shipped, PolicyFiles.shipped(shipped).orElseThrow(), Instant.EPOCH, false));
        return this;
    }

    /** Whether Kafka does not answer. */
    void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public PolicyLog log() throws PoliciesUnavailable {
        if (away) {
            throw new PoliciesUnavailable("Kafka is away.");
        }
        return log;
    }

    @Override
    public long write(PolicyEntry entry) throws PoliciesUnavailable {
        if (entry.getVersion().equals("lost-1")) {
            throw new PoliciesUnavailable("Kafka is away.");
        }
        written.add(entry);
        log.entry(entry, next, clock.instant());
        return next++;
    }

    @Override
    public long writeShadow(@Nullable ShadowEntry entry) throws PoliciesUnavailable {
        if (entry != null && entry.getVersion().equals("lost-1")) {
            throw new PoliciesUnavailable("Kafka is away.");
        }
        shadows.add(
                entry == null
                        ? "none"
                        : entry.getVersion() + ", one in " + entry.getOneIn() + ", " + entry.getSeconds() + " s");
        log.shadow(entry, next, clock.instant());
        return next++;
    }

    /** The one task of the job has everything that was written. */
    void taken() {
        log.position(new TaskPosition("attempt", 0, 1, "policies", next), clock.instant());
    }

    /** The ids of what was written. */
    public List<String> versions() {
        return written.stream().map(PolicyEntry::getVersion).toList();
    }

    /** What was written to be tried. */
    public List<String> shadows() {
        return shadows;
    }

    /** The logic of trials over it, which counted nothing yet. */
    public Shadows shadows(io.sluice.console.audit.AuditLog audit) {
        return new Shadows(this, (entry, since) -> ShadowState.Counts.NONE, audit, clock);
    }

    /** The logic over it. */
    public Activations activations(io.sluice.console.audit.AuditLog audit) {
        return new Activations(this, audit, new java.security.SecureRandom(), clock);
    }
}
