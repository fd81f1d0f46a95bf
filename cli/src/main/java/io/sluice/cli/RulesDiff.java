package io.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.ingest.offline.PolicyDiff;
import io.sluice.redaction.rule.RedactionPolicy;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rules diff}: what another policy would change. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "sluice rules diff [OPTIONS] OLD NEW FILE...",
        description = {
            "Takes the same samples through two policies, OLD and NEW (files, or names of shipped ones), and prints, per route and field, what is newly exposed, newly"
                    + " hidden or changed, with counts and masked examples.",
            "Exit code 1 when anything is newly exposed, or the samples could not be read."
        },
        footer = {"", "Example:", "  sluice rules diff ottomatiq-2024-01-10 my-rules/policy.yaml access.log app.log"})
final class RulesDiff implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    SampleRun sample = new SampleRun();

    @Option(names = "--json", description = "Print the result as one JSON object.")
    boolean json;

    RulesDiff(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        String old = sample.input.first("the policy in use, then the one to take its place, then the samples");
        String candidate = sample.input.first("the policy that is to take the place of " + old + ", then the samples");
        sample.input.require();
        RedactionPolicy before = PolicyFlag.load(here, old);
        RedactionPolicy after = PolicyFlag.load(here, candidate);
        SampleRun.Result<PolicyDiff> result = sample.run(
                here,
                () -> after,
                needs -> new PolicyDiff(
                        before,
                        after,
                        needs.keys(),
                        needs.enricher(),
                        needs.options(),
                        needs.receivedAt(),
                        needs.atEnd()));
        PolicyDiff diff = result.work;
        if (diff == null) {
            return ExitCode.FAILED;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(diff));
        } else {
            print(out, diff);
        }
        return diff.exposes() ? ExitCode.FAILED : result.code;
    }

    private static void print(PrintWriter out, PolicyDiff diff) {
        if (diff.entries().isEmpty()) {
            out.println("no difference in these samples");
        }
        for (PolicyDiff.Entry entry : diff.entries()) {
            out.println(entry.kind().label() + ": " + entry.field() + " on the route " + entry.route() + ", "
                    + entry.count() + (entry.count() == 1 ? " event" : " events"));
            entry.examples().forEach(example -> out.println("    " + example));
        }
    }

    private static ObjectNode json(PolicyDiff diff) {
        ObjectNode all = JSON.createObjectNode();
        all.put("exposes", diff.exposes());
        ArrayNode list = all.putArray("fields");
        for (PolicyDiff.Entry entry : diff.entries()) {
            ObjectNode one = list.addObject();
            one.put("change", entry.kind().label());
            one.put("route", entry.route());
            one.put("field", entry.field());
            one.put("events", entry.count());
            one.set("examples", JSON.valueToTree(entry.examples()));
        }
        return all;
    }
}
