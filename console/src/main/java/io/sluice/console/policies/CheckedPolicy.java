package io.sluice.console.policies;

import io.sluice.console.audit.AuditLog;
import io.sluice.console.audit.AuditUnavailable;
import io.sluice.console.policies.ActivationRefused.Reason;
import io.sluice.ingest.register.PolicyEntries;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy that loads as the jobs will load it.
 *
 * @param files its files, its own under the name that readers of the topic look for
 * @param policy what was read of them
 */
record CheckedPolicy(PolicyFiles files, RedactionPolicy policy) {
    private static final String UNNAMED = "(unnamed)";

    /**
     * Reads a policy.
     *
     * @param standings the policies whose ids it may not bear with other content, beside those that are shipped
     * @param audit where a refusal is written, or null
     * @throws ActivationRefused if it does not load, with all its problems
     */
    static CheckedPolicy of(
            String account, PolicyFiles files, List<PolicyLog.Standing> standings, @Nullable AuditLog audit)
            throws ActivationRefused, AuditUnavailable {
        try {
            return read(files, standings);
        } catch (PolicyException e) {
            if (audit != null) {
                audit.write(account, "refuse", Map.of("policy", id(files), "because", "does not load"));
            }
            throw new ActivationRefused(
                    Reason.INVALID,
                    "The policy is refused, and the one before it stays; correct it and try again.",
                    e.problems().stream().map(Problem::toString).toList());
        }
    }

    private static CheckedPolicy read(PolicyFiles files, List<PolicyLog.Standing> standings) throws PolicyException {
        List<PolicyFiles> beside = new ArrayList<>();
        standings.forEach(standing -> beside.add(PolicyEntries.files(standing.entry())));
        PolicyFiles.SHIPPED.forEach(name -> PolicyFiles.shipped(name).ifPresent(beside::add));
        String version = PolicyEntries.read(files, beside).version();
        // Once more as the jobs will read it: under another name, which may be that of another file.
        PolicyFiles named = files.named(version);
        RedactionPolicy policy = PolicyEntries.read(named, beside);
        if (!policy.version().equals(version)) {
            throw new PolicyException(
                    List.of(new Problem(files.main(), 1, 1, "two of the files would be named " + named.main(), null)));
        }
        return new CheckedPolicy(named, policy);
    }

    private static String id(PolicyFiles files) {
        return files.id().filter(id -> id.matches("[A-Za-z0-9._-]{1,64}")).orElse(UNNAMED);
    }
}
