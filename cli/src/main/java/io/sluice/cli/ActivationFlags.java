package io.sluice.cli;

import io.sluice.console.accounts.Role;
import io.sluice.console.client.ActivationAnswer;
import io.sluice.console.client.ServerClient;
import io.sluice.console.client.ServerProblem;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the verbs have in common that take a policy into force: which server, how long to wait, how to say it. */
final class ActivationFlags {
    private static final int LONGEST_SECONDS = 3600;
    private static final Duration PAUSE = Duration.ofMillis(500);

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ServerFlags server = new ServerFlags();

    @Option(
            names = "--wait",
            arity = "0..1",
            fallbackValue = "120",
            paramLabel = "SECONDS",
            description = "Wait until every task of the boundary job has it and its time has come, at most so long"
                    + " (default: 120). Without --urgent that is 30 seconds at least.")
    @Nullable
    Integer seconds;

    @Option(names = "--json", description = "Print the answer as one JSON object.")
    boolean json;

    /** What is asked of the server. */
    interface Question {
        ActivationAnswer ask(ServerClient client) throws ServerProblem;
    }

    /**
     * Asks, waits if told to, and prints the answer.
     *
     * @param role whose account asks where a folder names the server
     * @return the exit code
     */
    int ask(Surroundings here, Role role, Question question) throws CommandFailure {
        if (seconds != null && (seconds < 0 || seconds > LONGEST_SECONDS)) {
            throw new ParameterException(spec.commandLine(), "--wait takes 0 to " + LONGEST_SECONDS + " seconds");
        }
        try {
            ServerClient client = server.client(here, role);
            ActivationAnswer answer = question.ask(client);
            if (seconds != null && answer.offset() != null) {
                answer = await(client, answer, answer.offset(), TimeUnit.SECONDS.toNanos(seconds));
            }
            print(spec.commandLine().getOut(), json, answer);
            return advise(answer, here.err());
        } catch (ServerProblem e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static ActivationAnswer await(ServerClient client, ActivationAnswer first, long offset, long nanos)
            throws ServerProblem, CommandFailure {
        long begun = System.nanoTime();
        ActivationAnswer answer = first;
        while (!answer.isInForce() && System.nanoTime() - begun < nanos) {
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailure("the wait was interrupted; `rules active` shows where the policy stands", e);
            }
            answer = client.activation(offset);
        }
        return answer;
    }

    static void print(PrintWriter out, boolean json, ActivationAnswer answer) {
        if (json) {
            out.println(answer.json());
            return;
        }
        out.println(line(answer));
        answer.exposed().forEach(exposed -> out.println("newly exposed: " + exposed));
    }

    /** Where a policy stands, in one line. */
    static String line(ActivationAnswer answer) {
        String urgent = answer.urgent() ? ", urgent" : "";
        return switch (answer.progress()) {
            case "tried" ->
                answer.version()
                        + urgent
                        + (answer.exposed().isEmpty()
                                ? ", not activated: it exposes nothing new and needs nobody else"
                                : ", not activated: it exposes something new and would need a second account");
            case "waiting" ->
                answer.version() + urgent + ", waiting for a second account as " + answer.request() + ", asked for by "
                        + answer.askedBy();
            case "withdrawn" ->
                answer.version() + urgent + ", withdrawn as " + answer.request() + "; " + answer.askedBy()
                        + " had asked for it";
            case "in-force" -> answer.version() + urgent + ", in force since " + answer.inForceSince();
            case "pending" -> answer.version() + urgent + ", recorded; no boundary job runs to go by it";
            default ->
                answer.version() + urgent + ", recorded; counts for what is received from " + answer.countsFrom()
                        + " on";
        };
    }

    private int advise(ActivationAnswer answer, PrintStream err) {
        if (answer.progress().equals("waiting")) {
            err.println("It is not live. The account of another engineer, or an officer's, makes it live: sluice rules"
                    + " approve " + answer.request() + "; `sluice rules withdraw` takes it back.");
            return ExitCode.FAILED;
        }
        if (answer.progress().equals("tried")) {
            return answer.exposed().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
        if (seconds != null && !answer.isInForce()) {
            err.println("It is recorded but not in force after " + seconds + " seconds: "
                    + (answer.progress().equals("pending")
                            ? "no boundary job reports; start it, and it goes by the policy."
                            : "look with `rules active` again, and at the boundary job's log."));
            return ExitCode.FAILED;
        }
        return ExitCode.OK;
    }
}
