package io.sluice.cli;

import io.sluice.console.accounts.Role;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rules approve}: lets a policy go live that another account has asked for. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lets a policy go live that exposes something new and that another account has asked for. Look first at what"
                    + " it exposes: `rules active` lists it.",
            "Needs the account of an engineer or officer other than the one who asked; with --dir, the officer's. A"
                    + " request ends after a day, when the server restarts, and when another policy is activated meanwhile."
        },
        footer = {"", "Examples:", "  sluice rules active", "  sluice rules approve 1f0c9a7e --wait"})
final class RulesApprove implements Callable<Integer> {
    private final Surroundings here;

    @Parameters(paramLabel = "ID", description = "The request, as `rules activate` and `rules active` print it.")
    String request = "";

    @Mixin
    ActivationFlags flags = new ActivationFlags();

    RulesApprove(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        return flags.ask(here, Role.OFFICER, client -> client.approve(request));
    }
}
