package io.sluice.tests.jobs;

import io.sluice.ingest.IngestConfig;
import io.sluice.ingest.JobRun;
import java.nio.file.Path;

/** A job in a process that a test can kill. */
final class JobMain {
    private JobMain() {}

    public static void main(String[] arguments) throws Exception {
        JobRun.run(IngestConfig.read(Path.of(arguments[0]), System.getenv()));
    }
}
