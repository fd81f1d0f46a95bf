package io.sluice.cli;

import io.sluice.ingest.JobFailed;
import io.sluice.ingest.JobRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run}: one job alone, against the brokers and stores of a configuration. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs one job, the boundary job or the index job, against the brokers and stores of a configuration.",
            "It goes on from its newest complete checkpoint; Ctrl-C or SIGTERM takes a last one and ends it."
        },
        footer = {"", "Example:", "  sluice check --config boundary.yaml && sluice run --config boundary.yaml"})
final class RunCommand implements Callable<Integer> {
    private final Surroundings here;

    @Mixin
    ConfigFlag config = new ConfigFlag();

    RunCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        try {
            JobRun.run(config.read(here));
        } catch (JobFailed e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }
}
