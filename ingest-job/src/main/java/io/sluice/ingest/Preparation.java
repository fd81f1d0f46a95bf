package io.sluice.ingest;

import io.sluice.ingest.register.PolicyTopic;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import java.io.IOException;
import java.nio.file.Path;

/** What is done once before a job starts: everything is tried, and the first policy written. */
final class Preparation {
    private Preparation() {}

    /** @throws JobFailed if something that the job needs is missing or wrong */
    static void prepare(IngestConfig config) throws JobFailed {
        Check.require(config);
        if (config.job() == JobKind.BOUNDARY) {
            writeFirstPolicy(config);
        }
    }

    private static void writeFirstPolicy(IngestConfig config) throws JobFailed {
        try {
            new PolicyTopic(BoundaryTopology.registerSettings(config, "preparation")).writeFirst(policy(config));
        } catch (PolicyException | IOException e) {
            throw new JobFailed(String.valueOf(e.getMessage()), e);
        }
    }

    /** The policy of the configuration, or the shipped one. */
    static PolicyFiles policy(IngestConfig config) throws IOException {
        Path file = config.stores().policy();
        if (file != null) {
            return PolicyFiles.of(file);
        }
        return PolicyFiles.shipped(PolicyFiles.DEFAULT)
                .orElseThrow(() -> new IllegalStateException("the shipped policy is missing from this program"));
    }
}
