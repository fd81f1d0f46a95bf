package io.sluice.cli;

import io.sluice.infra.up.Up;
import io.sluice.infra.up.UpOptions;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up}: everything on one machine. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts everything on this machine: Kafka, Elasticsearch, both jobs, the server, and sample traffic.",
            "Ctrl-C stops all of it; the data stay in the folder, and the next up goes on with them."
        })
final class UpCommand implements Callable<Integer> {
    private final Surroundings here;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where everything lives (default: ${DEFAULT-VALUE}).")
    String dir = ".sluice";

    @Option(names = "--fresh", description = "Delete what is in the folder and start over.")
    boolean fresh;

    @Option(names = "--no-sample", description = "Feed no sample traffic.")
    boolean noSample;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the sample traffic (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Requests a second of the sample traffic (default: ${DEFAULT-VALUE}).")
    int rate = 20;

    UpCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        if (rate < 1) {
            throw new CommandFailure("--rate is at least 1; --no-sample feeds nothing");
        }
        UpOptions options =
                new UpOptions(here.resolve(dir), fresh, !noSample, seed, rate, self(), here.outIsTerminal());
        PrintStream out = new PrintStream(here.out(), true, StandardCharsets.UTF_8);
        try {
            new Up(options, out, here.random(), here.clock()).run();
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.OK;
        }
    }

    /** This command as a process of its own. */
    private static List<String> self() {
        String java = ProcessHandle.current()
                .info()
                .command()
                .orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The parts run in a folder of their own, so relative names would lead nowhere.
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return List.of(java, "-cp", classPath, Main.class.getName());
    }
}
