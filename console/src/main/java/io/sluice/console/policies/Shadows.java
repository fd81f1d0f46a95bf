package io.sluice.console.policies;

import io.sluice.console.audit.AuditLog;
import io.sluice.console.audit.AuditUnavailable;
import io.sluice.console.policies.ActivationRefused.Reason;
import io.sluice.ingest.register.PolicyEntries;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.schema.ShadowEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Candidates that are tried on the running job, beside the policy that counts; one at a time.
 *
 * <p>Guarantees: what does not load, or bears the id of another policy, is not tried; nothing is tried that the audit log
 * does not have on its disk before. Needs nobody else, since nothing leaves by it.
 *
 * <p>Thread-safe; one change at a time.
 */
public final class Shadows {
    /** The least of all records that may be compared. */
    public static final int MOST_ONE_IN = 1_000_000;

    private final PolicyTopic topic;
    private final ShadowCounts counts;
    private final AuditLog audit;

    public Shadows(KafkaPolicyTopic topic, KafkaShadowCounts counts, AuditLog audit) {
        this((PolicyTopic) topic, counts, audit);
    }

    Shadows(PolicyTopic topic, ShadowCounts counts, AuditLog audit) {
        this.topic = topic;
        this.counts = counts;
        this.audit = audit;
    }

    /**
     * Tries a policy from now on, in place of the one that was tried.
     *
     * @param oneIn one in so many Kafka records is compared
     */
    public synchronized ShadowState start(String account, PolicyFiles files, int oneIn)
            throws ActivationRefused, PoliciesUnavailable, AuditUnavailable {
        PolicyLog log = topic.log();
        CheckedPolicy checked = CheckedPolicy.of(account, files, Activations.standings(log), audit);
        ShadowEntry entry = PolicyEntries.shadow(checked.policy().version(), checked.files(), oneIn);
        write(account, "shadow", entry, entry);
        return state(log, running(log), ShadowState.Counts.NONE);
    }

    /** Ends the trial; what was counted is said no more. */
    public synchronized ShadowState stop(String account)
            throws ActivationRefused, PoliciesUnavailable, AuditUnavailable {
        PolicyLog log = topic.log();
        PolicyLog.Trial trial = running(log);
        write(account, "end-shadow", trial.entry(), null);
        return state(log, trial, ShadowState.Counts.NONE);
    }

    /** The candidate that is tried, and what it would have done so far. */
    public ShadowState state() throws ActivationRefused, PoliciesUnavailable {
        PolicyLog log = topic.log();
        PolicyLog.Trial trial = running(log);
        return state(log, trial, counts.read(trial.offset(), trial.since()));
    }

    private static PolicyLog.Trial running(PolicyLog log) throws ActivationRefused {
        return log.trial()
                .orElseThrow(() ->
                        new ActivationRefused(Reason.UNKNOWN, "No policy is shadowed; `rules shadow POLICY` begins."));
    }

    /**
     * Writes the audit first: what it does not have does not happen.
     *
     * @param about the candidate that is begun or ended
     */
    private void write(String account, String action, ShadowEntry about, @Nullable ShadowEntry entry)
            throws PoliciesUnavailable, AuditUnavailable {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("policy", about.getVersion());
        facts.put("hash", about.getHash());
        facts.put("oneIn", about.getOneIn());
        audit.write(account, action, facts);
        try {
            topic.writeShadow(entry);
        } catch (PoliciesUnavailable e) {
            audit.write(account, "not-acknowledged", facts);
            throw e;
        }
    }

    private static ShadowState state(PolicyLog log, PolicyLog.Trial trial, ShadowState.Counts counts) {
        return new ShadowState(
                trial.entry().getVersion(),
                trial.entry().getHash(),
                trial.entry().getOneIn(),
                trial.since(),
                log.isJobRunning(),
                log.everyTaskHas(trial.offset()),
                counts,
                counts.fields().stream().anyMatch(field -> field.exposed() > 0));
    }
}
