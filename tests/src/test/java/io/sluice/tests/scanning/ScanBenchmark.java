package io.sluice.tests.scanning;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.redaction.detect.TextScanner;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The scanner on generated access lines: the shipped detectors beside {@link RegexTwin}, and five hundred rules beside
 * twenty, by JMH. All of them are measured once in each round, each in a Java of its own; the median of the rounds'
 * ratios counts, for what is slow beside both halves of a round leaves their ratio alone.
 *
 * <p>Run by {@code tests/benchmarks/scan}; its name keeps it out of the tests.
 */
class ScanBenchmark {
    static final int FEW = 20;
    static final int MANY = 500;

    private static final double TIMES_FASTER = 50;
    private static final double DEARER = 1.5;
    private static final double MOST_HEAP = 16;
    private static final double MIB = 1 << 20;

    private static final int ROUNDS = Integer.getInteger("sluice.benchmark.rounds", 3);

    private final PrintStream out = System.out;

    @Test
    void scansFasterThanPatternsOneAfterAnotherAndHardlySlowerWithMoreRules() throws Exception {
        // Before JMH and the compiler have run here: what they let go later would be taken off.
        Heap heap = Heap.ofDrawn(MANY);
        List<Round> rounds = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            Round measured = new Round(new Jmh(ScanSpeed.class).run(options()));
            rounds.add(measured);
            out.printf(
                    Locale.ROOT,
                    "round %d, ns a line: shipped %,.0f, java.util.regex %,.0f (%.1f times); %d rules %,.0f, %d rules"
                            + " %,.0f (%.2f times); a clean line: %,.0f ns, %,.0f bytes%n",
                    round,
                    measured.nanos("shipped"),
                    measured.nanos("regex"),
                    measured.faster(),
                    FEW,
                    measured.nanos("fewRules"),
                    MANY,
                    measured.nanos("manyRules"),
                    measured.dearer(),
                    measured.nanos("cleanLines"),
                    measured.bytes("cleanLines"));
        }
        verdict(rounds, heap);
    }

    private void verdict(List<Round> rounds, Heap heap) {
        double faster = median(rounds, Round::faster);
        double dearer = median(rounds, Round::dearer);
        out.printf(Locale.ROOT, "%nmedians of %d rounds%n", ROUNDS);
        out.printf(
                Locale.ROOT,
                "shipped detectors beside java.util.regex, %d patterns one after another: %.1f times faster a line;"
                        + " bar: %.0f%n",
                RegexTwin.ofShipped().size(),
                faster,
                TIMES_FASTER);
        out.printf(
                Locale.ROOT, "%d rules beside %d: %.2f times the cost a line; bar: %.1f%n", MANY, FEW, dearer, DEARER);
        out.printf(
                Locale.ROOT,
                "heap of the scanner with %d rules: %.1f MiB, of which the table %.1f; bar: %.0f%n",
                MANY,
                heap.used() / MIB,
                heap.table() / MIB,
                MOST_HEAP);
        out.printf(
                Locale.ROOT,
                "allocation: %,.0f bytes a clean line, %,.0f a line as it comes%n",
                median(rounds, round -> round.bytes("cleanLines")),
                median(rounds, round -> round.bytes("shipped")));
        assertAll(
                () -> assertTrue(faster >= TIMES_FASTER, "too little faster than java.util.regex"),
                () -> assertTrue(dearer <= DEARER, "too dear with many rules"),
                () -> assertTrue(heap.used() <= MOST_HEAP * MIB, "too much heap"));
    }

    private static ChainedOptionsBuilder options() {
        return new OptionsBuilder()
                .forks(1)
                .warmupIterations(8)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xmx1g", "-XX:+UseSerialGC");
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** One measurement of everything, by the method's name. */
    private static final class Round {
        private final Map<String, RunResult> results = new HashMap<>();

        Round(Iterable<RunResult> measured) {
            measured.forEach(result -> results.put(result.getPrimaryResult().getLabel(), result));
        }

        double nanos(String method) {
            return results.get(method).getPrimaryResult().getScore();
        }

        double bytes(String method) {
            return results.get(method)
                    .getSecondaryResults()
                    .get("gc.alloc.rate.norm")
                    .getScore();
        }

        double faster() {
            return nanos("regex") / nanos("shipped");
        }

        double dearer() {
            return nanos("manyRules") / nanos("fewRules");
        }
    }

    /**
     * What a scanner keeps from being collected.
     *
     * @param used bytes that the heap holds more once the scanner is compiled, its rules' texts included
     * @param table bytes of the automaton's table among them
     */
    private record Heap(long used, long table) {
        static Heap ofDrawn(int rules) {
            ScanSpeed.drawn(FEW); // what the first scanner of all loads is no matter of this one
            String yaml = DrawnRules.yaml(DrawnRules.first(rules));
            long before = reachable();
            TextScanner scanner = TextScanner.of(List.copyOf(DrawnRules.detectors(yaml)));
            return new Heap(reachable() - before, scanner.tableBytes());
        }

        /** The serial collector leaves what is reachable and nothing else. */
        private static long reachable() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        }
    }
}
