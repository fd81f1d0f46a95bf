package io.sluice.cli;

import io.sluice.console.ConfigRefused;
import io.sluice.console.ConsoleConfig;
import io.sluice.console.ConsoleServer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: the server alone, as {@code up} starts it. */
@Command(
        name = "serve",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Runs the server of a configuration until the process is ended.")
final class ServeCommand implements Callable<Integer> {
    private final Surroundings here;

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The server's configuration.")
    String config = "";

    ServeCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        ConsoleConfig read;
        try {
            read = ConsoleConfig.read(here.resolve(config), here.environment());
        } catch (ConfigRefused e) {
            throw new CommandFailure("the server's configuration is refused:\n" + e.getMessage(), e);
        }
        try (EndOfProcess end = new EndOfProcess("serve");
                ConsoleServer server = ConsoleServer.start(read)) {
            here.err().println("The server listens at " + server.url());
            end.await();
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }
}
