package io.sluice.console.policies;

import io.sluice.ingest.register.PolicyEntries;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.schema.OwnTypes;
import io.sluice.schema.PolicyEntry;
import io.sluice.schema.TaskPosition;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The topic of policies, held in memory. */
public final class HeldTopic implements PolicyTopic {
    static {
        OwnTypes.trust();
    }

    private final Clock clock;
    private final PolicyLog log;
    private final List<PolicyEntry> written = new ArrayList<>();

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

    @Override
    public PolicyLog log() {
        return log;
    }

    @Override
    public long write(PolicyEntry entry) throws PoliciesUnavailable {
        if (entry.getVersion().equals("lost-1")) {
            throw new PoliciesUnavailable("Kafka is away.");
        }
        written.add(entry);
        log.entry(entry, written.size() - 1, clock.instant());
        return written.size() - 1;
    }

    /** The one task of the job has everything that was written. */
    void taken() {
        log.position(new TaskPosition("attempt", 0, 1, "policies", (long) written.size()), clock.instant());
    }

    /** The ids of what was written. */
    public List<String> versions() {
        return written.stream().map(PolicyEntry::getVersion).toList();
    }

    /** The logic over it. */
    public Activations activations(io.sluice.console.audit.AuditLog audit) {
        return new Activations(this, audit, new java.security.SecureRandom(), clock);
    }
}
