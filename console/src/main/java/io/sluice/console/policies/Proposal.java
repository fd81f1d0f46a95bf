package io.sluice.console.policies;

import io.sluice.ingest.register.PolicyEntries;
import io.sluice.redaction.rule.Exposure;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.schema.PolicyEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy that loads and that somebody wants to go live.
 *
 * @param files its files, its own under the name that readers of the topic look for
 * @param policy what was read of them
 * @param urgent whether it is to count for what is not yet read, too
 * @param rollback whether it was in force before
 * @param exposed what it newly exposes
 * @param takesPlaceOf offset of the entry that it takes the place of
 */
record Proposal(
        PolicyFiles files,
        RedactionPolicy policy,
        boolean urgent,
        boolean rollback,
        List<Exposure> exposed,
        long takesPlaceOf) {
    PolicyEntry entry() {
        return PolicyEntries.of(policy.version(), files, Instant.EPOCH, urgent);
    }

    /** What the audit log is to know of it. */
    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("policy", policy.version());
        facts.put("hash", policy.hash());
        facts.put("urgent", urgent);
        facts.put("exposed", exposed.stream().map(Exposure::toString).toList());
        return facts;
    }

    /** What is done when it goes live. */
    String action() {
        return rollback ? "roll-back" : "activate";
    }

    Activation tried() {
        return new Activation(
                policy.version(),
                policy.hash(),
                Activation.Progress.TRIED,
                urgent,
                exposed,
                null,
                null,
                null,
                null,
                null);
    }

    Activation waiting(String request, String askedBy) {
        return asked(Activation.Progress.WAITING, exposed, request, askedBy);
    }

    Activation withdrawn(String request, String askedBy) {
        return asked(Activation.Progress.WITHDRAWN, List.of(), request, askedBy);
    }

    private Activation asked(Activation.Progress progress, List<Exposure> said, String request, String askedBy) {
        return new Activation(
                policy.version(), policy.hash(), progress, urgent, said, request, askedBy, null, null, null);
    }
}
