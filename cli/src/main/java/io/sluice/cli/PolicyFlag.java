package io.sluice.cli;

import io.sluice.ingest.boundary.PrivacyBoundary;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.RedactionPolicy;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which policy a verb works under. */
final class PolicyFlag {
    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Policy to work under; a file, or the name of a shipped one (default: " + PolicyFiles.DEFAULT
                    + ").")
    @Nullable
    String policy;

    boolean isGiven() {
        return policy != null;
    }

    /**
     * The policy.
     *
     * @throws CommandFailure with every problem, if it is refused
     */
    RedactionPolicy load(Surroundings here) throws CommandFailure {
        String name = policy == null ? PolicyFiles.DEFAULT : policy;
        RedactionPolicy read;
        try {
            read = PolicyReader.read(files(here, name));
        } catch (PolicyException e) {
            throw new CommandFailure(
                    "the policy " + name + " is refused; correct and try again:\n" + e.getMessage(), e);
        }
        List<String> withoutColumn = PrivacyBoundary.withoutColumn(read);
        if (!withoutColumn.isEmpty()) {
            throw new CommandFailure(
                    "the policy " + name + " is refused; correct and try again:\n" + String.join("\n", withoutColumn));
        }
        return read;
    }

    private PolicyFiles files(Surroundings here, String name) throws CommandFailure {
        Path file = here.resolve(name);
        try {
            if (policy == null || (!Files.exists(file) && name.matches("[A-Za-z0-9._-]+"))) {
                return PolicyFiles.shipped(name)
                        .orElseThrow(() -> new CommandFailure("there is no policy " + name
                                + ": neither a file of that name nor a shipped policy; check --policy"));
            }
            return PolicyFiles.of(file);
        } catch (CharacterCodingException e) {
            throw new CommandFailure("the policy " + name + " is refused; it is not UTF-8 text", e);
        } catch (IOException e) {
            throw new CommandFailure("cannot read the policy " + name + "; check that it exists and may be read", e);
        }
    }
}
