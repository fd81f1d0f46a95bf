package io.sluice.cli;

import io.sluice.ingest.offline.ExplainWork;
import io.sluice.redaction.detect.Detector;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.yaml.Problems;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rules explain}: what happened to each part of a record, and why. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints for each record what becomes of each field on each route, by which rule and why, and what the detectors"
                    + " find in it. Values of the record are masked: letters as x, digits as 9.",
            "With --detector it also says why that detector fired in a field or did not: no trigger, pattern, validator,"
                    + " context, too far, excluded, already covered, wrong field."
        },
        footer = {
            "",
            "Examples:",
            "  sluice rules explain access.log",
            "  echo 'member 12345' | sluice rules explain - --format text --detector member-number --policy p.yaml"
        })
final class RulesExplain implements Callable<Integer> {
    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    SampleRun sample = new SampleRun();

    @Mixin
    PolicyFlag policy = new PolicyFlag();

    @Option(names = "--detector", paramLabel = "NAME", description = "Detector whose firing is to be explained.")
    @Nullable
    String detector;

    @Option(names = "--json", description = "Print one JSON object for each event.")
    boolean json;

    RulesExplain(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        sample.input.require();
        RedactionPolicy loaded = policy.load(here);
        Detector asked = asked(loaded);
        return sample.run(
                        here,
                        () -> loaded,
                        needs -> new ExplainWork(
                                loaded,
                                needs.keys(),
                                needs.enricher(),
                                needs.options(),
                                needs.receivedAt(),
                                asked,
                                json,
                                needs.atEnd()))
                .code;
    }

    private @Nullable Detector asked(RedactionPolicy loaded) {
        if (detector == null) {
            return null;
        }
        List<Detector> all = loaded.detectors();
        for (Detector one : all) {
            if (one.name().equals(detector)) {
                return one;
            }
        }
        List<String> names = all.stream().map(Detector::name).toList();
        String meant = Problems.nearest(detector, names);
        throw new ParameterException(
                spec.commandLine(),
                "there is no detector " + detector + "; "
                        + (meant == null ? "it is one of " + String.join(", ", names) : "did you mean " + meant + "?"));
    }
}
