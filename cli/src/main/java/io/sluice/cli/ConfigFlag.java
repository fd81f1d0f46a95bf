package io.sluice.cli;

import io.sluice.ingest.ConfigRefused;
import io.sluice.ingest.IngestConfig;
import picocli.CommandLine.Option;

/** The configuration of a job. */
final class ConfigFlag {
    @Option(names = "--config", paramLabel = "FILE", required = true, description = "Configuration of the job, YAML.")
    String config = "";

    IngestConfig read(Surroundings here) throws CommandFailure {
        try {
            return IngestConfig.read(here.resolve(config), here.environment());
        } catch (ConfigRefused e) {
            throw new CommandFailure("the configuration is refused; correct and try again:\n" + e.getMessage(), e);
        }
    }
}
