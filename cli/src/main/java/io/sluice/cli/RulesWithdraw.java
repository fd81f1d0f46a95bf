package io.sluice.cli;

import io.sluice.console.accounts.Role;
import io.sluice.console.client.ActivationAnswer;
import io.sluice.console.client.ServerProblem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules withdraw}: takes a request back that waits for a second account. */
@Command(
        name = "withdraw",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Takes back a request that waits for a second account, so that nobody can approve it any more. Nothing changes"
                    + " in what is live: a policy that is live already goes back by `rules rollback`.",
            "Who asked may take it back, and so may whoever could approve it: an engineer's or officer's account. It stands"
                    + " in the server's audit log."
        },
        footer = {"", "Examples:", "  sluice rules active", "  sluice rules withdraw 1f0c9a7e"})
final class RulesWithdraw implements Callable<Integer> {
    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "The request, as `rules activate` and `rules active` print it.")
    String request = "";

    @Option(names = "--json", description = "Print the answer as one JSON object.")
    boolean json;

    @Mixin
    ServerFlags server = new ServerFlags();

    RulesWithdraw(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        try {
            ActivationAnswer answer = server.client(here, Role.ENGINEER).withdraw(request);
            ActivationFlags.print(spec.commandLine().getOut(), json, answer);
            return ExitCode.OK;
        } catch (ServerProblem e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
