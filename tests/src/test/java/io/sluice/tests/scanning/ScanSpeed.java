package io.sluice.tests.scanning;

import io.sluice.redaction.detect.Detectors;
import io.sluice.redaction.detect.TextScanner;
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

/** What {@link ScanBenchmark} measures, by the line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScanSpeed {
    private static final int LINES = 500;

    private final TextScanner shipped = TextScanner.of(Detectors.shipped());
    private final RegexTwin twin = RegexTwin.ofShipped();
    private final List<String> lines = AccessLines.of(LINES);
    private final List<String> clean = AccessLines.clean(LINES, shipped);

    /** The drawn rules, compiled where they are measured. */
    @State(Scope.Thread)
    public static class Few {
        private final TextScanner scanner = drawn(ScanBenchmark.FEW);
    }

    /** As {@link Few}. */
    @State(Scope.Thread)
    public static class Many {
        private final TextScanner scanner = drawn(ScanBenchmark.MANY);
    }

    static TextScanner drawn(int rules) {
        return TextScanner.of(List.copyOf(DrawnRules.detectors(DrawnRules.yaml(DrawnRules.first(rules)))));
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public void shipped(Blackhole sink) {
        scan(shipped, lines, sink);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public void regex(Blackhole sink) {
        for (String line : lines) {
            sink.consume(twin.find(line));
        }
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public void cleanLines(Blackhole sink) {
        scan(shipped, clean, sink);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public void fewRules(Few few, Blackhole sink) {
        scan(few.scanner, lines, sink);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public void manyRules(Many many, Blackhole sink) {
        scan(many.scanner, lines, sink);
    }

    private static void scan(TextScanner scanner, List<String> lines, Blackhole sink) {
        for (String line : lines) {
            sink.consume(scanner.scan(line));
        }
    }
}
