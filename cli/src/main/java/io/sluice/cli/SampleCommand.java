package io.sluice.cli;

import io.sluice.infra.sample.SampleFile;
import io.sluice.infra.sample.SampleRecord;
import io.sluice.infra.sample.SampleTraffic;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sample}: lines of the sample traffic, for measurements and for trying things out. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints sample traffic of an invented application and its marketing site; nobody in it exists.",
        footer = {
            "",
            "Examples:",
            "  sluice sample --lines 1000 | sluice redact - --format combined",
            "  sluice sample --kind usage-event --rate 5"
        })
final class SampleCommand implements Callable<Integer> {
    private static final int REQUESTS_PER_SECOND = 200;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--seed", paramLabel = "NUMBER", description = "The same seed gives the same traffic (default: 1).")
    long seed = 1;

    @Option(
            names = "--lines",
            paramLabel = "NUMBER",
            description = "How many lines (default: 1000; with --rate: without end).")
    @Nullable
    Long lines;

    @Option(
            names = "--rate",
            paramLabel = "NUMBER",
            description = "Lines a second, at the times of now (default: as fast as possible, from a fixed time on).")
    @Nullable
    Integer rate;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "access-log: combined lines (default); usage-event; app-log.")
    String kind = "access-log";

    SampleCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        if ((lines != null && lines < 0) || (rate != null && rate < 1)) {
            throw new ParameterException(spec.commandLine(), "--lines takes 0 or more, --rate 1 or more");
        }
        SampleRecord.Source source = source();
        try {
            OutputStream out = new BufferedOutputStream(here.out(), BUFFER_BYTES);
            if (rate == null && source == SampleRecord.Source.ACCESS_LOG) {
                SampleFile.write(out, seed, lines == null ? 1000 : lines);
            } else {
                write(source, out);
            }
            out.flush();
        } catch (IOException e) {
            throw new CommandFailure("cannot write the lines: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }

    private SampleRecord.Source source() {
        return switch (kind) {
            case "access-log" -> SampleRecord.Source.ACCESS_LOG;
            case "usage-event" -> SampleRecord.Source.USAGE_EVENT;
            case "app-log" -> SampleRecord.Source.APP_LOG;
            default ->
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no kind " + kind + " for --kind; it is access-log, usage-event or app-log");
        };
    }

    private void write(SampleRecord.Source source, OutputStream out) throws IOException, InterruptedException {
        Clock clock = here.clock();
        SampleTraffic traffic = new SampleTraffic(
                seed, rate == null ? SampleTraffic.steps(SampleFile.START, REQUESTS_PER_SECOND) : clock::millis);
        long most = lines != null ? lines : rate == null ? 1000 : Long.MAX_VALUE;
        long begun = System.nanoTime();
        for (long written = 0; written < most; ) {
            if (rate != null) {
                pace(begun + TimeUnit.SECONDS.toNanos(1) / rate * written, out);
            }
            SampleRecord record = traffic.next();
            if (record.source() == source) {
                out.write(record.value());
                out.write('\n');
                written++;
            }
        }
    }

    /** Waits until a line is due; what was written before is seen meanwhile. */
    private static void pace(long due, OutputStream out) throws IOException, InterruptedException {
        long left = due - System.nanoTime();
        if (left > 0) {
            out.flush();
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}
