package io.sluice.cli;

import io.sluice.ingest.offline.Balance;
import io.sluice.ingest.offline.DetectWork;
import io.sluice.ingest.offline.PieceWork;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.redaction.detect.Detector;
import io.sluice.redaction.detect.Detectors;
import io.sluice.redaction.detect.TextScanner;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code detect}: what the detectors find in free text. */
@Command(
        name = "detect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints where personal data stands in free text, and of what kind; never the data.",
        footer = {
            "",
            "Examples:",
            "  echo 'write to jane@example.com' | sluice detect -",
            "  sluice detect --framing file letter.txt",
            "",
            "Bounds count Unicode code points from 0, the end is exclusive."
        })
final class DetectCommand implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    InputFlags input = new InputFlags();

    @Mixin
    SourceFlags.FramingFlag framing = new SourceFlags.FramingFlag();

    @Mixin
    PolicyFlag policy = new PolicyFlag();

    @Option(names = "--json", description = "Print JSON on a terminal too: one object for each record.")
    boolean json;

    DetectCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        input.require();
        // Nothing is joined, whatever the format, so the pieces need not look for continuation lines either.
        SourceOptions options =
                SourceOptions.DEFAULT.withFormat(LogFormat.COMMON).withFraming(framing.framing());
        return input.run(here, options, Balance.withFindings(), () -> work(options));
    }

    private PieceWork work(SourceOptions options) throws CommandFailure {
        List<Detector> detectors = policy.isGiven() ? policy.load(here).detectors() : Detectors.shipped();
        return new DetectWork(TextScanner.of(detectors), options.framing(), json || !here.outIsTerminal());
    }
}
