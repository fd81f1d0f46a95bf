package io.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ingest.offline.RuleBench;
import io.sluice.redaction.rule.RedactionPolicy;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rules bench}: what rules cost. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures on samples, in processor time, what it costs to search their free text: nanoseconds a text for all"
                    + " detectors together, for none, and what each adds alone.",
            "All look in one pass, so together they cost less than their sum. Figures of different runs do not compare."
        },
        footer = {"", "Example:", "  sluice rules bench --policy my-rules/policy.yaml app.log"})
final class RulesBench implements Callable<Integer> {
    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    SampleRun sample = new SampleRun();

    @Mixin
    PolicyFlag policy = new PolicyFlag();

    @Option(names = "--json", description = "Print one JSON object: nanoseconds by name.")
    boolean json;

    RulesBench(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        sample.input.require();
        RedactionPolicy loaded = policy.load(here);
        SampleRun.Result<RuleBench> result = sample.run(
                here,
                () -> loaded,
                needs -> new RuleBench(
                        loaded, needs.keys(), needs.enricher(), needs.options(), needs.receivedAt(), needs.atEnd()));
        RuleBench bench = result.work;
        if (bench == null) {
            return ExitCode.FAILED;
        }
        Map<String, Double> nanos = bench.nanos();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().valueToTree(nanos).toString());
        } else {
            out.println(bench.basis());
            nanos.forEach((name, value) -> out.println(String.format(Locale.ROOT, "%10.0f ns  %s", value, name)));
        }
        return result.code;
    }
}
