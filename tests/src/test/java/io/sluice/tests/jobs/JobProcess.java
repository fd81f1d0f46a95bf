package io.sluice.tests.jobs;

import io.sluice.infra.Installation;
import io.sluice.infra.process.ChildProcess;
import io.sluice.infra.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One job in a process of its own. */
final class JobProcess implements AutoCloseable {
    private final ChildProcess process;

    private JobProcess(ChildProcess process) {
        this.process = process;
    }

    static JobProcess start(Path config) throws IOException {
        Path dir = config.toAbsolutePath().getParent();
        Path logging = Files.writeString(
                dir.resolve("log4j2.properties"),
                """
                rootLogger.level = INFO
                rootLogger.appenderRef.out.ref = out
                appender.out.type = Console
                appender.out.name = out
                appender.out.layout.type = PatternLayout
                appender.out.layout.pattern = %d %-5p %c{1} %m%n
                """);
        return new JobProcess(ChildProcess.start(Command.of(
                "job",
                List.of(
                        Installation.java().toString(),
                        "-Xmx768m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlog4j2.configurationFile=" + logging,
                        "-cp",
                        System.getProperty("java.class.path"),
                        JobMain.class.getName(),
                        config.toString()),
                dir,
                dir.resolve("job.log"))));
    }

    ChildProcess process() {
        return process;
    }

    /** What it logged so far, over all starts. */
    String log() throws IOException {
        return Files.readString(process.log());
    }

    void kill() throws Exception {
        process.kill();
        process.onExit().get();
    }

    @Override
    public void close() {
        process.close();
    }
}
