package io.sluice.cli;

import io.sluice.ingest.boundary.PrivacyBoundary;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.yaml.Problem;
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
        return load(here, name());
    }

    /** Its file or name. */
    String name() {
        return policy == null ? PolicyFiles.DEFAULT : policy;
    }

    /**
     * A policy by its file, or by the name of a shipped one.
     *
     * @throws CommandFailure with every problem, if it is refused
     */
    static RedactionPolicy load(Surroundings here, String name) throws CommandFailure {
        try {
            return read(here, name);
        } catch (PolicyException e) {
            throw new CommandFailure(
                    "the policy " + name + " is refused; correct and try again:\n" + e.getMessage(), e);
        }
    }

    /**
     * As {@link #load}, with the problems one by one.
     *
     * @throws PolicyException if it is refused
     */
    static RedactionPolicy read(Surroundings here, String name) throws CommandFailure, PolicyException {
        Path file = here.resolve(name);
        PolicyFiles files = files(here, name);
        RedactionPolicy read;
        try {
            read = isShipped(file, name)
                    ? PolicyReader.read(files)
                    : PolicyReader.read(files, PolicyFiles.beside(file));
        } catch (IOException e) {
            throw unreadable(name, e);
        }
        List<Problem> withoutColumn = PrivacyBoundary.withoutColumn(read);
        if (!withoutColumn.isEmpty()) {
            throw new PolicyException(withoutColumn);
        }
        return read;
    }

    /** The files of a policy, by its file, or by the name of a shipped one; they are not looked at. */
    static PolicyFiles files(Surroundings here, String name) throws CommandFailure {
        Path file = here.resolve(name);
        if (isShipped(file, name)) {
            return shipped(name);
        }
        try {
            return PolicyFiles.of(file);
        } catch (CharacterCodingException e) {
            throw new CommandFailure("the policy " + name + " is refused; it is not UTF-8 text", e);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static boolean isShipped(Path file, String name) {
        return !Files.exists(file) && name.matches("[A-Za-z0-9._-]+");
    }

    private static CommandFailure unreadable(String name, IOException e) {
        return new CommandFailure("cannot read the policy " + name + "; check that it exists and may be read", e);
    }

    private static PolicyFiles shipped(String name) throws CommandFailure {
        return PolicyFiles.shipped(name)
                .orElseThrow(() -> new CommandFailure("there is no policy " + name
                        + ": neither a file of that name nor a shipped policy; check --policy"));
    }
}
