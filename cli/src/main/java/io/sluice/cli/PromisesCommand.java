package io.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.console.accounts.Role;
import io.sluice.console.client.LiveAnswer;
import io.sluice.console.client.ServerProblem;
import io.sluice.redaction.catalogue.Promises;
import io.sluice.redaction.catalogue.Promises.Promise;
import io.sluice.redaction.rule.Dataset;
import io.sluice.redaction.rule.RedactionPolicy;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code promises}: what keeps each clause of the notice. */
@Command(
        name = "promises",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints every clause of the privacy notice with what keeps it (rules of the policy, or a mechanism) and what"
                    + " proves that. A clause that nothing keeps yet is open, and red on a terminal.",
            "With --live, also how it fares on the running job: counts of the last hour, the policy that counts, the last"
                    + " round of expiry. That asks the server, by the account of an officer, an operator or an engineer."
        },
        footer = {
            "",
            "Examples:",
            "  sluice promises",
            "  sluice promises --live",
            "  sluice promises --json --policy my-rules/policy.yaml"
        })
final class PromisesCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    PolicyFlag policy = new PolicyFlag();

    @Option(names = "--live", description = "Ask the server how it fares on the running job, too.")
    boolean live;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Mixin
    ServerFlags server = new ServerFlags();

    PromisesCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        RedactionPolicy loaded = policy.load(here);
        List<Promise> promises = Promises.of(loaded);
        Optional<LiveAnswer> figures = live ? Optional.of(ask()) : Optional.empty();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode all = json(loaded, promises);
            figures.ifPresent(answer -> all.set("live", answer.json()));
            out.println(all);
            return ExitCode.OK;
        }
        for (Promise promise : promises) {
            String line = promise.clause().id() + ": " + promise.clause().says();
            out.println(promise.isKept() ? line : red(line));
            out.println(
                    promise.isKept()
                            ? "    kept by " + promise.keptBy() + "; proved by " + promise.tests()
                            : red("    open: nothing keeps it yet"));
            figures.flatMap(answer -> LiveSentences.of(promise.clause().keptBy(), answer))
                    .ifPresent(sentence -> out.println("    live: " + sentence));
            if (!promise.rules().isEmpty()) {
                out.println("    rules for " + String.join(", ", promise.rules()));
            }
        }
        figures.ifPresent(answer -> out.println("live: counts since " + answer.since()
                + (answer.jobRunning() ? "; the boundary job runs" : "; no boundary job runs")));
        long open = promises.stream().filter(promise -> !promise.isKept()).count();
        for (Dataset dataset : loaded.datasets().values()) {
            out.println(signals(dataset));
        }
        out.println(promises.size() + " clauses, " + open + " open");
        return ExitCode.OK;
    }

    private LiveAnswer ask() throws CommandFailure {
        try {
            return server.client(here, Role.OFFICER).live();
        } catch (ServerProblem e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether an opt-out that a browser signals is seen in the access logs of a dataset. */
    private String signals(Dataset dataset) {
        String line = "dataset " + dataset.name() + ": ";
        return switch (dataset.signals()) {
            case VISIBLE -> line + "signals visible in its access logs, where their format shows them";
            case NOT_VISIBLE ->
                red(line + "signals not visible in its access logs, which are counted and make no visitor");
            case NOT_COLLECTED -> line + "signals not collected in its access logs: " + dataset.because();
        };
    }

    private String red(String line) {
        return (here.outIsTerminal() ? Ansi.ON : Ansi.OFF).string("@|red " + line + "|@");
    }

    private static ObjectNode json(RedactionPolicy loaded, List<Promise> promises) {
        ObjectNode all = JSON.createObjectNode();
        all.put("policy", loaded.version());
        ArrayNode list = all.putArray("clauses");
        for (Promise promise : promises) {
            ObjectNode one = list.addObject();
            one.put("clause", promise.clause().id());
            one.put("says", promise.clause().says());
            one.put("open", !promise.isKept());
            one.put("keptBy", promise.keptBy());
            one.set("rules", JSON.valueToTree(promise.rules()));
            one.put("tests", promise.tests());
        }
        ArrayNode datasets = all.putArray("datasets");
        for (Dataset dataset : loaded.datasets().values()) {
            datasets.addObject()
                    .put("dataset", dataset.name())
                    .put("signals", dataset.signals().label())
                    .put("because", dataset.because());
        }
        return all;
    }
}
