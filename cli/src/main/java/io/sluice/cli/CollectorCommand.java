package io.sluice.cli;

import io.sluice.collector.Collector;
import io.sluice.collector.CollectorConfig;
import io.sluice.collector.ConfigRefused;
import io.sluice.collector.web.CollectorServer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code collector}: the HTTP endpoint for trackers, alone. */
@Command(
        name = "collector",
        mixinStandardHelpOptions = true,
        description = {
            "Takes what trackers send over HTTP and writes it into the raw topic, until the process is ended.",
            "Trackers of Segment, RudderStack, Snowplow, Matomo, PostHog and GA4 are pointed at it unchanged."
        },
        footer = {"", "Example:", "  sluice collector --config collector.yaml"})
final class CollectorCommand implements Callable<Integer> {
    private final Surroundings here;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "The collector's configuration, YAML.")
    String config = "";

    CollectorCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        CollectorConfig read;
        try {
            read = CollectorConfig.read(here.resolve(config), here.environment());
        } catch (ConfigRefused e) {
            throw new CommandFailure("the collector's configuration is refused:\n" + e.getMessage(), e);
        }
        try (EndOfProcess end = new EndOfProcess("collector");
                CollectorServer server = Collector.start(read, here.clock())) {
            here.err().println("The collector listens at " + server.url());
            end.await();
        } catch (IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }
}
