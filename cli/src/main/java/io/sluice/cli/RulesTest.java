package io.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.keys.ThrowawayKeyStore;
import io.sluice.redaction.proof.LawResult;
import io.sluice.redaction.proof.Mutations;
import io.sluice.redaction.proof.PolicyProof;
import io.sluice.redaction.yaml.Problem;
import java.io.PrintWriter;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rules test}: examples, laws, mutations. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs all examples of a policy and its detectors, then the laws that hold for every policy: a second run"
                    + " changes nothing, no finding survives, the order of detectors is irrelevant, what nobody listed is"
                    + " dropped, hostile texts of 64 KiB take no longer than allowed.",
            "Then it changes each rule a little (lets out more, less, nothing) and looks whether an example turns red; what"
                    + " no example notices is listed. Exit code 1 if anything fails or any change survives."
        },
        footer = {"", "Example:", "  sluice rules test --policy my-rules/policy.yaml"})
final class RulesTest implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    PolicyFlag policy = new PolicyFlag();

    @Option(names = "--hostile-millis", paramLabel = "MS", description = "What a hostile text may take (default: 100).")
    long hostileMillis = 100;

    @Option(names = "--seed", paramLabel = "N", description = "Repeats the run that had this seed.")
    long seed = 1;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    boolean json;

    RulesTest(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        PolicyProof proof = new PolicyProof(policy.load(here), new ThrowawayKeyStore(here.random()), new Random(seed));
        List<Problem> failing = proof.failingExamples();
        List<LawResult> laws = proof.laws(hostileMillis);
        Mutations.Result mutations = proof.mutations();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(proof, failing, laws, mutations));
        } else {
            print(out, proof, failing, laws, mutations);
        }
        boolean holds = failing.isEmpty()
                && laws.stream().allMatch(LawResult::holds)
                && mutations.survivors().isEmpty();
        return holds ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void print(
            PrintWriter out,
            PolicyProof proof,
            List<Problem> failing,
            List<LawResult> laws,
            Mutations.Result mutations) {
        out.println(mark(failing.isEmpty()) + proof.examples() + " examples"
                + (failing.isEmpty() ? " hold" : ", of which " + failing.size() + " do not hold"));
        failing.forEach(problem -> out.println("     " + problem));
        for (LawResult law : laws) {
            out.println(mark(law.holds()) + law.law() + " (" + law.checked() + " tried)");
            law.broken().forEach(broken -> out.println("     " + broken));
        }
        int survivors = mutations.survivors().size();
        out.println(mark(survivors == 0) + mutations.tried() + " changes to rules, of which "
                + (survivors == 0 ? "an example notices each" : survivors + " survive"));
        mutations.survivors().forEach(survivor -> out.println("     " + survivor));
    }

    private static String mark(boolean holds) {
        return holds ? "ok   " : "FAIL ";
    }

    private static ObjectNode json(
            PolicyProof proof, List<Problem> failing, List<LawResult> laws, Mutations.Result mutations) {
        ObjectNode all = JSON.createObjectNode();
        all.put("examples", proof.examples());
        all.set(
                "failing",
                JSON.valueToTree(failing.stream().map(Problem::toString).toList()));
        all.set("laws", JSON.valueToTree(laws));
        all.put("mutations", mutations.tried());
        all.set("survivors", JSON.valueToTree(mutations.survivors()));
        return all;
    }
}
