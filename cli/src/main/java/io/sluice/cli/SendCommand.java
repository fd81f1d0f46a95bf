package io.sluice.cli;

import io.sluice.cli.send.SendProblem;
import io.sluice.cli.send.SendTarget;
import io.sluice.cli.send.Sender;
import io.sluice.ingest.offline.Input;
import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.redaction.yaml.Problems;
import io.sluice.sinks.topics.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code send}: real files into the raw topics. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Ships files into a raw topic, from where the boundary job takes them.",
        footer = {
            "",
            "Examples:",
            "  sluice send --format combined --dataset marketing-site access.log",
            "  sluice send --format usage events.jsonl.gz",
            "  sluice send --config producer.yaml --topic raw.app-logs app.log",
            "  sluice send --follow --format nginx --state /var/lib/sluice/nginx.json /var/log/nginx/access.log",
            "",
            "FORMAT and the other source options travel with the records, and count where the topic's sources: entry",
            "does not pin them. producer.yaml has kafka: (properties of a client) and topics: {prefix: ...}.",
            "",
            "--follow sends each line when it has its end, from the beginning of a file that it does not know, and goes on",
            "over rotation (renamed and made anew, or copied and emptied), also one that happened while it did not run, as",
            "long as the old file is still beside it and not compressed. It waits for files that are not there and for a",
            "Kafka that does not answer. Every line is sent at least once: after a kill those of the last second may come",
            "twice, and none is lost. The state file holds how far each file was acknowledged, and nothing that stands in it."
        })
final class SendCommand implements Callable<Integer> {
    private static final long PATIENCE_SECONDS = 20;

    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Files to send, unpacked if gzip; - is standard input.")
    List<String> files = List.of();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Raw topic (default by format: raw.access-logs, raw.usage-events, else raw.app-logs).")
    @Nullable
    String topic;

    @Mixin
    SourceFlags source = new SourceFlags();

    @Mixin
    DirFlag dir = new DirFlag();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Kafka to send to (default: the one that `sluice up` runs for --dir).")
    @Nullable
    String config;

    @Option(names = "--follow", description = "Go on as the files grow, until Ctrl-C or SIGTERM.")
    boolean follow;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Where --follow keeps how far each file was acknowledged (default: DIR/follow.json).")
    @Nullable
    String state;

    @Option(names = "--json", description = "Print a summary as JSON on standard output.")
    boolean json;

    SendCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        SourceOptions options = source.options();
        FollowRun following = follow ? following(options) : null;
        if (state != null && following == null) {
            throw wrong("--state has no meaning without --follow; leave it away");
        }
        try {
            SendTarget target = config == null
                    ? SendTarget.ofFolder(dir.path(here))
                    : SendTarget.ofConfig(here.resolve(config), here.environment());
            String to = topic(target.topics(), options.format());
            if (following != null) {
                return following.run(target, to, source.given(), this::summary);
            }
            return send(target, to, options);
        } catch (SendProblem e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private FollowRun following(SourceOptions options) {
        if (options.format().isBinary()) {
            throw wrong("--format " + options.format().label()
                    + " has no lines, which --follow sends; leave one of them away");
        }
        if (options.format() == LogFormat.W3C && options.logFormat() == null) {
            throw wrong(
                    "--follow sends lines apart from the #Fields line above them; declare the columns with --log-format");
        }
        if (options.framing() instanceof Framing.Whole) {
            throw wrong("--framing file has no meaning with --follow, which sends lines; leave one of them away");
        }
        for (String file : files) {
            if (file.equals(Input.STANDARD_INPUT) || file.endsWith(".gz")) {
                throw wrong("--follow follows log files, not " + file + "; leave one of them away");
            }
        }
        if (state == null && config != null) {
            throw wrong("--follow with --config needs --state FILE, where it keeps how far each file was acknowledged");
        }
        Path places = state == null ? dir.path(here).resolve("follow.json") : here.resolve(state);
        return new FollowRun(here, spec, files.stream().map(here::resolve).toList(), places, options);
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private String topic(Topics topics, LogFormat format) {
        if (topic == null) {
            return switch (format) {
                case COMBINED, COMMON, VHOST, NGINX, APACHE, HAPROXY, W3C, CLOUDFRONT, ALB -> topics.rawAccessLogs();
                case USAGE, AVRO_USAGE, SEGMENT, SNOWPLOW, MATOMO, GA4, POSTHOG, REQUEST -> topics.rawUsageEvents();
                default -> topics.rawAppLogs();
            };
        }
        if (!topics.raw().contains(topic)) {
            String meant = Problems.nearest(topic, topics.raw());
            throw wrong("there is no raw topic " + topic + " for --topic; "
                    + (meant == null
                            ? "it is one of " + String.join(", ", topics.raw())
                            : "did you mean " + meant + "?"));
        }
        return topic;
    }

    private int send(SendTarget target, String to, SourceOptions options) throws SendProblem {
        ProgressBar progress = new ProgressBar(here);
        CountDownLatch done = new CountDownLatch(1);
        boolean complete = false;
        Sender sender = Sender.open(target, to, source.given(), Sender.Patience.SOME);
        Thread onInterrupt = new Thread(() -> stop(sender, done), "send-stop");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try (sender) {
            complete =
                    sender.send(files, here.folder(), here.in(), options, new InputFlags.Reports(here, progress, spec));
        } finally {
            progress.end();
            summary(sender.sent());
            done.countDown();
            forget(onInterrupt);
        }
        return complete ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Ctrl-C: what was handed to Kafka is waited for, and counted. */
    private static void stop(Sender sender, CountDownLatch done) {
        sender.stop();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already.
        }
    }

    private void summary(Sender.Sent sent) {
        here.err()
                .println("Sent " + sent.lines() + " lines (" + sent.bytes() + " bytes) in " + sent.records()
                        + " records to " + sent.topic() + ".");
        if (sent.cutShort() > 0) {
            here.err()
                    .println(sent.cutShort()
                            + " of them are above 1 MiB: sent cut short, to be quarantined as too-large.");
        }
        if (json) {
            spec.commandLine()
                    .getOut()
                    .println("{\"topic\":\"" + sent.topic() + "\",\"lines\":" + sent.lines()
                            + ",\"records\":" + sent.records() + ",\"bytes\":" + sent.bytes() + ",\"cut\":"
                            + sent.cutShort()
                            + "}");
            spec.commandLine().getOut().flush(); // the process may end before anybody else does
        }
    }
}
