package io.sluice.cli;

import io.sluice.console.accounts.Role;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rules rollback}: takes the policy before into force again. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Takes the policy into force again that the newest one took the place of, as a new entry; a second rollback"
                    + " takes the first one back.",
            "The way back from a policy that exposed too much needs nobody else. The way back to one that exposes more"
                    + " waits for a second account, as with `rules activate`, and the exit code is 1."
        },
        footer = {"", "Example:", "  sluice rules rollback --wait"})
final class RulesRollback implements Callable<Integer> {
    private final Surroundings here;

    @Option(
            names = "--urgent",
            description = "Let it count for whatever is not read yet, too, whenever that was received.")
    boolean urgent;

    @Mixin
    ActivationFlags flags = new ActivationFlags();

    RulesRollback(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        return flags.ask(here, Role.ENGINEER, client -> client.rollBack(urgent));
    }
}
