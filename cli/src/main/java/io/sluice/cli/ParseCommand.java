package io.sluice.cli;

import io.sluice.ingest.offline.Balance;
import io.sluice.ingest.offline.ParseWork;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.SourceOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parse}: the event before redaction. */
@Command(
        name = "parse",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints each record as it was parsed, before redaction: personal data included.",
        footer = {
            "",
            "Examples:",
            "  sluice parse --format combined access.log",
            "  sluice parse --explain unknown.log",
            "  sluice parse --format nginx --log-format '$remote_addr [$time_local] \"$request\" $status' access.log",
            "  sluice parse --origin --framing jsonl:/message app.jsonl",
            "  sluice parse --formats"
        })
final class ParseCommand implements Callable<Integer> {
    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    InputFlags input = new InputFlags();

    @Mixin
    SourceFlags source = new SourceFlags();

    @Mixin
    RedactCommand.ReceivedAtFlag receivedAt = new RedactCommand.ReceivedAtFlag();

    @Option(names = "--formats", description = "List the formats that --format takes, and end.")
    boolean formats;

    @Option(
            names = "--explain",
            description =
                    "Say in each object what its record was seen as and by what, and the shape of what was not understood.")
    boolean explain;

    @Option(names = "--json", description = "Print JSON, as always.")
    boolean json;

    ParseCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (formats) {
            for (LogFormat format : LogParsers.formats()) {
                spec.commandLine().getOut().println(format.label());
            }
            return ExitCode.OK;
        }
        input.require();
        SourceOptions options = source.options();
        long at = receivedAt.millis(here);
        return input.run(
                here,
                options,
                new Balance(),
                () -> explain ? ParseWork.explaining(options, at) : new ParseWork(options, at));
    }
}
