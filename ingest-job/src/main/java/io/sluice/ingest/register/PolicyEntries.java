package io.sluice.ingest.register;

import io.sluice.ingest.boundary.PrivacyBoundary;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.yaml.Problem;
import io.sluice.schema.PolicyEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** What an entry of the topic {@code policies} says: which policy, and from which receive time on it counts. */
public final class PolicyEntries {
    /** How long after its own receive time an entry counts at the earliest, so that every reader has it by then. */
    public static final Duration NOTICE = Duration.ofSeconds(30);

    private PolicyEntries() {}

    /** The entry of a policy; its own file goes under the name {@code VERSION.yaml}, by which readers find it. */
    public static PolicyEntry of(String version, PolicyFiles files, Instant activeFrom, boolean urgent) {
        PolicyFiles named = files.named(version);
        return new PolicyEntry(version, named.hash(), named.files(), activeFrom, urgent);
    }

    /** Its files. */
    public static PolicyFiles files(PolicyEntry entry) {
        return new PolicyFiles(entry.getVersion() + ".yaml", new TreeMap<>(entry.getFiles()));
    }

    /**
     * From which receive time on it counts, if it is not the first and not urgent.
     *
     * @param appended when the topic got it, milliseconds since 1970
     */
    public static long countsFrom(PolicyEntry entry, long appended) {
        return Math.max(entry.getActiveFrom().toEpochMilli(), appended + NOTICE.toMillis());
    }

    /**
     * A policy as a job takes it.
     *
     * @param beside other policies, none of which may have its id and other content
     * @throws PolicyException with all its problems, those of its fields that have no column too
     */
    public static RedactionPolicy read(PolicyFiles files, Collection<PolicyFiles> beside) throws PolicyException {
        RedactionPolicy policy = PolicyReader.read(files, beside);
        List<Problem> withoutColumn = PrivacyBoundary.withoutColumn(policy);
        if (!withoutColumn.isEmpty()) {
            throw new PolicyException(withoutColumn);
        }
        return policy;
    }
}
