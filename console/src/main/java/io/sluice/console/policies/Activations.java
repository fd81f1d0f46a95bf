package io.sluice.console.policies;

import io.sluice.console.audit.AuditLog;
import io.sluice.console.audit.AuditUnavailable;
import io.sluice.console.policies.ActivationRefused.Reason;
import io.sluice.ingest.register.PolicyEntries;
import io.sluice.redaction.rule.Exposure;
import io.sluice.redaction.rule.Exposures;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.RedactionPolicy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The way of a policy into force.
 *
 * <p>Guarantees: what does not load, or bears the id of another policy, never goes live; what newly exposes anything goes
 * live only by two accounts, a way back too; nothing goes live that the audit log does not have on its disk before. Does
 * not guarantee: that two accounts are two people.
 *
 * <p>Thread-safe; one change at a time.
 */
public final class Activations {
    /** For how long a record may lie unread on a broker; what is urgent counts for such a record too. */
    private static final Duration UNREAD = Duration.ofHours(73);

    private final PolicyTopic topic;
    private final AuditLog audit;
    private final Clock clock;
    private final WaitingRequests waiting;
    private final Map<String, Optional<RedactionPolicy>> read = new HashMap<>();

    public Activations(KafkaPolicyTopic topic, AuditLog audit, SecureRandom random, Clock clock) {
        this((PolicyTopic) topic, audit, random, clock);
    }

    Activations(PolicyTopic topic, AuditLog audit, SecureRandom random, Clock clock) {
        this.topic = topic;
        this.audit = audit;
        this.clock = clock;
        this.waiting = new WaitingRequests(random, clock);
    }

    /**
     * Puts a policy into force, or on the waiting list if it exposes anything.
     *
     * @param urgent whether it is to count for what is not yet read, too
     * @param dryRun whether only to say what would happen
     */
    public synchronized Activation activate(String account, PolicyFiles files, boolean urgent, boolean dryRun)
            throws ActivationRefused, PoliciesUnavailable, AuditUnavailable {
        PolicyLog log = topic.log();
        List<PolicyLog.Standing> standings = standings(log);
        CheckedPolicy checked = CheckedPolicy.of(account, files, standings, dryRun ? null : audit);
        Proposal proposal = proposal(checked, urgent, false, standings);
        return dryRun ? proposal.tried() : propose(account, proposal, log);
    }

    /** Puts the policy back into force that the newest one took the place of. */
    public synchronized Activation rollBack(String account, boolean urgent)
            throws ActivationRefused, PoliciesUnavailable, AuditUnavailable {
        PolicyLog log = topic.log();
        List<PolicyLog.Standing> standings = standings(log);
        PolicyLog.Standing newest = newest(standings);
        PolicyLog.Standing before = null;
        for (PolicyLog.Standing one : standings) {
            if (!one.entry().getHash().equals(newest.entry().getHash())) {
                before = one;
            }
        }
        if (before == null) {
            throw new ActivationRefused(
                    Reason.CONFLICT,
                    "There is no policy before " + newest.entry().getVersion() + " to go back to.");
        }
        PolicyFiles files = PolicyEntries.files(before.entry());
        RedactionPolicy policy = policy(before)
                .orElseThrow(() -> new ActivationRefused(
                        Reason.INVALID,
                        "The policy before does not load in this release; activate one that does instead."));
        return propose(account, proposal(new CheckedPolicy(files, policy), urgent, true, standings), log);
    }

    /** Approves what another account has asked for. */
    public synchronized Activation approve(String account, String id)
            throws ActivationRefused, PoliciesUnavailable, AuditUnavailable {
        WaitingRequests.Request request = waiting(id);
        Proposal proposal = request.proposal();
        Map<String, Object> facts = request.facts();
        if (request.account().equals(account)) {
            facts.put("because", "own request");
            audit.write(account, "refuse", facts);
            throw new ActivationRefused(
                    Reason.FORBIDDEN, "Who asked may not approve: another engineer's or officer's account must.");
        }
        PolicyLog log = topic.log();
        if (newest(standings(log)).offset() != proposal.takesPlaceOf()) {
            facts.put("because", "another policy was activated meanwhile");
            audit.write(account, "refuse", facts);
            waiting.remove(id);
            throw new ActivationRefused(
                    Reason.CONFLICT,
                    "Another policy was activated meanwhile, so that this may expose something else; ask for it again.");
        }
        audit.write(account, "approve", facts);
        long offset = write(request.account(), proposal, facts);
        waiting.remove(id);
        return standing(log, offset);
    }

    /** Takes back what an account has asked for, that account or another: it exposes nothing, so it needs nobody else. */
    public synchronized Activation withdraw(String account, String id) throws ActivationRefused, AuditUnavailable {
        WaitingRequests.Request request = waiting(id);
        audit.write(account, "withdraw", request.facts());
        waiting.remove(id);
        return request.proposal().withdrawn(id, request.account());
    }

    private WaitingRequests.Request waiting(String id) throws ActivationRefused {
        return waiting.find(id)
                .orElseThrow(() -> new ActivationRefused(
                        Reason.UNKNOWN,
                        "No such request waits: look with `rules active`. One ends when it is approved or withdrawn,"
                                + " after a day, or when the server restarts."));
    }

    /** Which policies count, and which wait. */
    public ActivePolicies active() throws PoliciesUnavailable {
        PolicyLog log = topic.log();
        List<PolicyLog.Standing> standings = log.standings();
        Instant now = clock.instant();
        List<Activation> active = standings.subList(at(standings, now), standings.size()).stream()
                .map(standing -> Activation.of(standing, log))
                .toList();
        synchronized (this) {
            return new ActivePolicies(
                    log.isJobRunning(),
                    active,
                    waiting.all().stream().map(WaitingRequests.Request::state).toList());
        }
    }

    /** Where the entry at an offset stands. */
    public Activation state(long offset) throws ActivationRefused, PoliciesUnavailable {
        return standing(topic.log(), offset);
    }

    private static Activation standing(PolicyLog log, long offset) throws ActivationRefused {
        return log.standings().stream()
                .filter(standing -> standing.offset() == offset)
                .findFirst()
                .map(standing -> Activation.of(standing, log))
                .orElseThrow(() -> new ActivationRefused(Reason.UNKNOWN, "No policy stands there in the topic."));
    }

    private Activation propose(String account, Proposal proposal, PolicyLog log)
            throws ActivationRefused, PoliciesUnavailable, AuditUnavailable {
        PolicyLog.Standing newest = newest(log.standings());
        boolean already = newest.entry().getHash().equals(proposal.policy().hash())
                && (newest.entry().getUrgent() || !proposal.urgent());
        if (already) {
            return Activation.of(newest, log);
        }
        if (proposal.exposed().isEmpty()) {
            return standing(log, write(account, proposal, proposal.facts()));
        }
        audit.write(account, "ask", proposal.facts());
        return waiting.add(account, proposal).state();
    }

    /** Writes the audit first: what it does not have does not happen. */
    private long write(String account, Proposal proposal, Map<String, Object> facts)
            throws PoliciesUnavailable, AuditUnavailable {
        audit.write(account, proposal.action(), facts);
        try {
            return topic.write(proposal.entry());
        } catch (PoliciesUnavailable e) {
            audit.write(account, "not-acknowledged", facts);
            throw e;
        }
    }

    private Proposal proposal(
            CheckedPolicy candidate, boolean urgent, boolean rollback, List<PolicyLog.Standing> standings)
            throws ActivationRefused {
        PolicyLog.Standing newest = newest(standings);
        Instant now = clock.instant();
        // What is urgent takes the place of all under which unread records were received, and not of the newest alone.
        int from = at(standings, urgent ? now.minus(UNREAD) : now.plus(PolicyEntries.NOTICE));
        List<PolicyLog.Standing> replaced =
                new ArrayList<>(standings.subList(from, urgent ? standings.size() : from + 1));
        replaced.add(newest);
        Set<Exposure> exposed = new LinkedHashSet<>();
        Set<String> compared = new LinkedHashSet<>();
        for (PolicyLog.Standing standing : replaced) {
            if (compared.add(standing.entry().getHash())) {
                exposed.addAll(exposures(standing, candidate.policy()));
            }
        }
        return new Proposal(
                candidate.files(), candidate.policy(), urgent, rollback, List.copyOf(exposed), newest.offset());
    }

    private List<Exposure> exposures(PolicyLog.Standing standing, RedactionPolicy candidate) {
        return policy(standing)
                .map(before -> Exposures.of(before, candidate))
                .orElseGet(() -> List.of(new Exposure(
                        "everything", "", standing.entry().getVersion() + " does not load here", "not comparable")));
    }

    private Optional<RedactionPolicy> policy(PolicyLog.Standing standing) {
        return read.computeIfAbsent(standing.entry().getHash(), unused -> {
            PolicyFiles files = PolicyEntries.files(standing.entry());
            try {
                return files.hash().equals(standing.entry().getHash())
                        ? Optional.of(PolicyEntries.read(files, List.of()))
                        : Optional.empty();
            } catch (PolicyException e) {
                return Optional.empty();
            }
        });
    }

    static List<PolicyLog.Standing> standings(PolicyLog log) throws ActivationRefused {
        List<PolicyLog.Standing> standings = log.standings();
        if (standings.isEmpty()) {
            throw new ActivationRefused(
                    Reason.CONFLICT,
                    "No policy is active yet: start the boundary job, which writes the first one, and try again.");
        }
        return standings;
    }

    private static PolicyLog.Standing newest(List<PolicyLog.Standing> standings) {
        return standings.get(standings.size() - 1);
    }

    /** Index of the one that counts for a receive time. */
    private static int at(List<PolicyLog.Standing> standings, Instant receivedAt) {
        int at = 0;
        for (int i = 0; i < standings.size(); i++) {
            if (!standings.get(i).from().isAfter(receivedAt)) {
                at = i;
            }
        }
        return at;
    }
}
