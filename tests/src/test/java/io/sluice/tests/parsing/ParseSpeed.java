package io.sluice.tests.parsing;

import io.sluice.ingest.parse.Bytes;
import io.sluice.tests.scanning.AccessLines;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What {@link ParseBenchmark} measures, by the line. Ours begin with bytes, the others with a text that is there. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParseSpeed {
    static final int LINES = 1_000;

    private final List<String> lines = lines();
    private final List<Bytes> bytes = lines.stream().map(Bytes::of).toList();
    private final SluiceParse builtIn = SluiceParse.builtIn();
    private final SluiceParse nginx = SluiceParse.nginx();
    private final SluiceParse apache = SluiceParse.apache();
    private final HttpdlogParse httpdlog = new HttpdlogParse();
    private final GrokParse grok = new GrokParse();

    /** The first generated lines that are whole: in a hundred there is one that its writer spoilt. */
    static List<String> lines() {
        return AccessLines.of(2 * LINES).stream()
                .filter(line -> line.endsWith("\""))
                .limit(LINES)
                .toList();
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public void builtIn(Blackhole sink) {
        parse(builtIn, sink);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public void nginx(Blackhole sink) {
        parse(nginx, sink);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public void apache(Blackhole sink) {
        parse(apache, sink);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public void httpdlog(Blackhole sink) {
        for (String line : lines) {
            sink.consume(httpdlog.parse(line));
        }
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public void grok(Blackhole sink) {
        for (String line : lines) {
            sink.consume(grok.parse(line));
        }
    }

    private void parse(SluiceParse parser, Blackhole sink) {
        for (Bytes line : bytes) {
            sink.consume(parser.parse(line));
        }
    }
}
