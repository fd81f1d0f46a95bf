package io.sluice.cli;

import io.sluice.ingest.Check;
import io.sluice.ingest.CheckLine;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code check}: tries all that {@code run} needs. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Tries all that a job needs, one line each, and changes nothing. Exit code 1 if it cannot run.",
        footer = {"", "Example:", "  sluice check --config boundary.yaml"})
final class CheckCommand implements Callable<Integer> {
    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    ConfigFlag config = new ConfigFlag();

    CheckCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        List<CheckLine> lines = Check.run(config.read(here));
        lines.forEach(spec.commandLine().getOut()::println);
        boolean fails = lines.stream().anyMatch(line -> line.level() == CheckLine.Level.FAILED);
        return fails ? ExitCode.FAILED : ExitCode.OK;
    }
}
