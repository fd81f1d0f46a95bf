package io.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.yaml.Problem;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rules lint}: all problems of a policy at once. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads a policy with its detectors and prints every problem with file, line, column, and what was probably"
                    + " meant. Exit code 1 if there is any.",
            "Refused are, among others: a field without a clause, a clause that nothing keeps, unknown names, a rule that"
                    + " can never apply, an example that does not hold, two policies with one id."
        },
        footer = {"", "Example:", "  sluice rules lint --policy my-rules/policy.yaml"})
final class RulesLint implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    PolicyFlag policy = new PolicyFlag();

    @Option(names = "--json", description = "Print the problems as one JSON object.")
    boolean json;

    RulesLint(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter out = spec.commandLine().getOut();
        try {
            RedactionPolicy read = PolicyFlag.read(here, policy.name());
            if (json) {
                print(out, List.of());
            } else {
                out.println("no problem in " + read.version() + ": "
                        + read.clauses().size() + " clauses, " + read.fields().size() + " rules, "
                        + read.ownDetectors().size() + " detectors of its own");
            }
            return ExitCode.OK;
        } catch (PolicyException e) {
            if (json) {
                print(out, e.problems());
            } else {
                e.problems().forEach(out::println);
            }
            return ExitCode.FAILED;
        }
    }

    private static void print(PrintWriter out, List<Problem> problems) {
        ObjectNode all = JSON.createObjectNode();
        ArrayNode list = all.putArray("problems");
        for (Problem problem : problems) {
            ObjectNode one = list.addObject();
            one.put("file", problem.file());
            one.put("line", problem.line());
            one.put("column", problem.column());
            one.put("what", problem.what());
            if (problem.meant() != null) {
                one.put("meant", problem.meant());
            }
        }
        out.println(all);
    }
}
