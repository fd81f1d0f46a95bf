package io.sluice.cli;

import io.sluice.console.accounts.Role;
import io.sluice.redaction.rule.PolicyFiles;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rules activate}: takes a policy into force. */
@Command(
        name = "activate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Takes a policy into force on the running boundary job, without a restart: what is received from 30 seconds"
                    + " later on is treated by it. A policy that does not load is refused, and the one before it stays.",
            "The server compares it with the policy it takes the place of. If it only hides more, it goes live at once."
                    + " If it newly exposes anything, it waits until another account approves it, and the exit code is 1:"
                    + " see `rules approve`.",
            "Needs an engineer's account. Each step stands in the server's audit log."
        },
        footer = {
            "",
            "Examples:",
            "  sluice rules activate my-rules/policy.yaml --dry-run",
            "  sluice rules activate my-rules/policy.yaml --wait"
        })
final class RulesActivate implements Callable<Integer> {
    private final Surroundings here;

    @Parameters(paramLabel = "POLICY", description = "Its file, or the name of a shipped one.")
    String policy = "";

    @Option(
            names = "--urgent",
            description = "Let it count for whatever is not read yet, too, whenever that was received.")
    boolean urgent;

    @Option(names = "--dry-run", description = "Only say what it newly exposes; exit code 1 if anything.")
    boolean dryRun;

    @Mixin
    ActivationFlags flags = new ActivationFlags();

    RulesActivate(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        // Problems are said here with the names of the files as they lie there; the server looks for itself.
        PolicyFlag.load(here, policy);
        PolicyFiles files = PolicyFlag.files(here, policy);
        return flags.ask(here, Role.ENGINEER, client -> client.activate(files, urgent, dryRun));
    }
}
