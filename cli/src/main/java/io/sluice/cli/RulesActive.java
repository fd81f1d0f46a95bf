package io.sluice.cli;

import io.sluice.console.accounts.Role;
import io.sluice.console.client.ActivationAnswer;
import io.sluice.console.client.ActivePoliciesAnswer;
import io.sluice.console.client.ServerProblem;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rules active}: which policies count, and which wait. */
@Command(
        name = "active",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints which policy counts and since when, those whose time is still to come, whether every task of the"
                    + " boundary job has them, and what waits for a second account, with all that it newly exposes."
        },
        footer = {"", "Example:", "  sluice rules active"})
final class RulesActive implements Callable<Integer> {
    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ServerFlags server = new ServerFlags();

    @Option(names = "--json", description = "Print the answer as one JSON object.")
    boolean json;

    RulesActive(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        try {
            ActivePoliciesAnswer answer = server.client(here, Role.ENGINEER).activePolicies();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(answer.json());
            } else {
                print(out, answer);
            }
            return ExitCode.OK;
        } catch (ServerProblem e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static void print(PrintWriter out, ActivePoliciesAnswer answer) {
        if (answer.active().isEmpty()) {
            out.println("no policy is active yet; the boundary job writes the first one when it starts");
        }
        for (ActivationAnswer active : answer.active()) {
            boolean always = Instant.EPOCH.equals(active.countsFrom());
            out.println(active.version() + ", counts "
                    + (always ? "for every receive time" : "from " + active.countsFrom() + " on") + "; "
                    + tasks(active, answer.jobRunning()));
        }
        answer.waiting().forEach(waiting -> ActivationFlags.print(out, false, waiting));
    }

    private static String tasks(ActivationAnswer active, boolean jobRunning) {
        if (active.isInForce()) {
            return "every task has it";
        }
        return jobRunning ? "not in force yet" : "no boundary job runs";
    }
}
