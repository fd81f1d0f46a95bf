package io.sluice.cli;

import io.sluice.console.accounts.Role;
import io.sluice.console.client.ServerClient;
import io.sluice.console.client.ServerProblem;
import io.sluice.console.client.ShadowAnswer;
import io.sluice.console.policies.Shadows;
import io.sluice.redaction.rule.PolicyFiles;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules shadow}: tries a policy on the running job, where it lets out nothing. */
@Command(
        name = "shadow",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "With POLICY: tries it on the running boundary job, without a restart, beside the policy that counts. Nothing"
                    + " leaves by it; what it would do is counted. It takes the place of the one that was tried before, and"
                    + " ends by itself after --for. A policy that does not load is refused, and what is tried stays.",
            "Without POLICY: prints what was counted since: per route and field, in how many events it would be newly"
                    + " exposed, newly hidden and changed, as `rules diff` counts it, and for how many events the outcome"
                    + " would differ. The exit code is 1 when anything would be newly exposed. Of fewer than 10 events"
                    + " nothing is said, not even whether there are any: `rules activate --dry-run` finds what is exposed"
                    + " whether an event shows it or not.",
            "Needs an engineer's account and nobody else. Begin and end stand in the server's audit log."
        },
        footer = {
            "",
            "Examples:",
            "  sluice rules shadow my-rules/policy.yaml --for 2h",
            "  sluice rules shadow",
            "  sluice rules shadow --stop"
        })
final class RulesShadow implements Callable<Integer> {
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([mhd])");

    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "POLICY", description = "Its file, or the name of a shipped one.")
    @Nullable
    String policy;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "20",
            description = "Compare one in N Kafka records, chosen by where they stand (default: 20; 1 compares all, and"
                    + " costs the job about twice the work).")
    int oneIn;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "24h",
            description =
                    "For how long: minutes, hours or days, such as 90m, 2h or 7d (default: 24h; at most 30d). What is"
                            + " received later is not compared; what was counted stays to be seen.")
    String time = "";

    @Option(names = "--stop", description = "End the trial now, and forget what was counted.")
    boolean stop;

    @Option(names = "--json", description = "Print the answer as one JSON object.")
    boolean json;

    @Mixin
    ServerFlags server = new ServerFlags();

    RulesShadow(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (stop && policy != null) {
            throw new ParameterException(spec.commandLine(), "give either POLICY or --stop");
        }
        if (oneIn < 1 || oneIn > Shadows.MOST_ONE_IN) {
            throw new ParameterException(spec.commandLine(), "--sample takes 1 to " + Shadows.MOST_ONE_IN);
        }
        Duration duration = duration();
        PrintWriter out = spec.commandLine().getOut();
        try {
            return policy != null ? begin(out, policy, duration) : stop ? end(out) : show(out);
        } catch (ServerProblem e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private Duration duration() {
        Matcher written = TIME.matcher(time);
        if (written.matches()) {
            long number = Long.parseLong(written.group(1));
            Duration duration =
                    switch (written.group(2)) {
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    };
            if (duration.compareTo(Shadows.LONGEST) <= 0) {
                return duration;
            }
        }
        throw new ParameterException(spec.commandLine(), "--for takes 1m to 30d: a number with m, h or d");
    }

    private int begin(PrintWriter out, String name, Duration duration) throws CommandFailure, ServerProblem {
        // Problems are said here with the names of the files as they lie there; the server looks for itself.
        PolicyFlag.load(here, name);
        PolicyFiles files = PolicyFlag.files(here, name);
        ShadowAnswer answer = client().shadow(files, oneIn, duration);
        out.println(
                json
                        ? answer.json()
                        : answer.version() + ", tried from now on until " + answer.until() + " on " + sample(answer));
        here.err().println("`sluice rules shadow` shows what it would do; `sluice rules shadow --stop` ends it.");
        return ExitCode.OK;
    }

    private int end(PrintWriter out) throws ServerProblem {
        ShadowAnswer answer = client().endShadow();
        out.println(json ? answer.json() : answer.version() + " is tried no more");
        return ExitCode.OK;
    }

    private int show(PrintWriter out) throws ServerProblem {
        ShadowAnswer answer = client().shadowed();
        if (json) {
            out.println(answer.json());
        } else {
            print(out, answer);
        }
        return answer.exposes() ? ExitCode.FAILED : ExitCode.OK;
    }

    private ServerClient client() throws ServerProblem {
        return server.client(here, Role.ENGINEER);
    }

    private static void print(PrintWriter out, ShadowAnswer answer) {
        out.println(answer.version() + (answer.over() ? ", was tried from " : ", tried from ") + answer.since()
                + " until " + answer.until() + " on " + sample(answer) + "; "
                + (answer.over() ? "it is over" : tasks(answer)));
        out.println("compared: " + answer.records() + " Kafka records, " + answer.events() + " events; failed: "
                + answer.failed() + " Kafka records");
        for (ShadowAnswer.Outcome outcome : answer.outcomes()) {
            out.println("outcome on the route " + outcome.route() + ": " + outcome.before() + " -> " + outcome.after()
                    + ", " + outcome.events() + (outcome.events() == 1 ? " event" : " events"));
        }
        if (!answer.fields().isEmpty()) {
            out.printf("%-12s %10s %10s %10s %10s  %s%n", "route", "exposed", "hidden", "changed", "rest", "field");
        }
        for (ShadowAnswer.Field field : answer.fields()) {
            out.printf(
                    "%-12s %10s %10s %10s %10d  %s%n",
                    field.route(),
                    said(field.exposed()),
                    said(field.hidden()),
                    said(field.changed()),
                    field.rest(),
                    field.field());
        }
        out.println("Not said is what fewer than 10 events, or none, would show; rest: the same, or not said.");
    }

    private static String said(@Nullable Long events) {
        return events == null ? "-" : events.toString();
    }

    private static String sample(ShadowAnswer answer) {
        return answer.oneIn() == 1 ? "every Kafka record" : "one in " + answer.oneIn() + " Kafka records";
    }

    private static String tasks(ShadowAnswer answer) {
        if (answer.everyTaskHasIt()) {
            return "every task has it";
        }
        return answer.jobRunning() ? "not every task has it yet" : "no boundary job runs";
    }
}
