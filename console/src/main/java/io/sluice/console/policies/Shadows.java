package io.sluice.console.policies;

import io.sluice.console.audit.AuditLog;
import io.sluice.console.audit.AuditUnavailable;
import io.sluice.console.policies.ActivationRefused.Reason;
import io.sluice.ingest.register.PolicyEntries;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.schema.ShadowEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Candidates that are tried on the running job, beside the policy that counts; one at a time.
 *
 * <p>Guarantees: what does not load, or bears the id of another policy, is not tried; nothing is tried that the audit log
 * does not have on its disk before. A trial ends by itself: records received after its time are not compared, and the
 * audit log says so once. Needs nobody else, since nothing leaves by it.
 *
 * <p>Thread-safe; one change at a time.
 */
public final class Shadows {
    /** The least of all records that may be compared. */
    public static final int MOST_ONE_IN = 1_000_000;

    /** The shortest trial. */
    public static final Duration SHORTEST = Duration.ofMinutes(1);

    /** The longest trial; the balance, which has its counts, is kept no longer. */
    public static final Duration LONGEST = Duration.ofDays(30);

    /** How long a trial is if nobody says it: a day has every kind of traffic once. */
    public static final Duration USUAL = Duration.ofHours(24);

    /** Stands in the audit log for what no account did; none can have this name. */
    private static final String SERVER = "(server)";

    private static final String OVER = "shadow-over";

    private final PolicyTopic topic;
    private final ShadowCounts counts;
    private final AuditLog audit;
    private final Clock clock;
    private long saidOver = -1;

    public Shadows(KafkaPolicyTopic topic, KafkaShadowCounts counts, AuditLog audit, Clock clock) {
        this((PolicyTopic) topic, counts, audit, clock);
    }

    /** @param clock says whether a trial's time is over */
    Shadows(PolicyTopic topic, ShadowCounts counts, AuditLog audit, Clock clock) {
        this.topic = topic;
        this.counts = counts;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Tries a policy from now on, in place of the one that was tried.
     *
     * @param oneIn one in so many Kafka records is compared
     * @param duration for how long, from {@link #SHORTEST} to {@link #LONGEST}
     */
    public synchronized ShadowState start(String account, PolicyFiles files, int oneIn, Duration duration)
            throws ActivationRefused, PoliciesUnavailable, AuditUnavailable {
        PolicyLog log = topic.log();
        CheckedPolicy checked = CheckedPolicy.of(account, files, Activations.standings(log), audit);
        ShadowEntry entry = PolicyEntries.shadow(checked.policy().version(), checked.files(), oneIn, duration);
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

    /** Says in the audit log that a trial's time is over, once, over restarts of the server too. */
    public synchronized void sayWhatIsOver() throws PoliciesUnavailable, AuditUnavailable {
        PolicyLog.Trial trial = topic.log().trial().orElse(null);
        if (trial == null || trial.offset() == saidOver || !isOver(trial)) {
            return;
        }
        if (!audit.contains(OVER, "entry", trial.offset())) {
            Map<String, Object> facts = facts(trial.entry());
            facts.put("entry", trial.offset());
            facts.put("until", trial.until().toString());
            audit.write(SERVER, OVER, facts);
        }
        saidOver = trial.offset();
    }

    private boolean isOver(PolicyLog.Trial trial) {
        return !clock.instant().isBefore(trial.until());
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
        Map<String, Object> facts = facts(about);
        audit.write(account, action, facts);
        try {
            topic.writeShadow(entry);
        } catch (PoliciesUnavailable e) {
            audit.write(account, "not-acknowledged", facts);
            throw e;
        }
    }

    private static Map<String, Object> facts(ShadowEntry about) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("policy", about.getVersion());
        facts.put("hash", about.getHash());
        facts.put("oneIn", about.getOneIn());
        facts.put("seconds", about.getSeconds());
        return facts;
    }

    private ShadowState state(PolicyLog log, PolicyLog.Trial trial, ShadowState.Counts counts) {
        return new ShadowState(
                trial.entry().getVersion(),
                trial.entry().getHash(),
                trial.entry().getOneIn(),
                trial.since(),
                trial.until(),
                isOver(trial),
                log.isJobRunning(),
                log.everyTaskHas(trial.offset()),
                FoldedCounts.of(counts),
                FoldedCounts.exposes(counts));
    }
}
