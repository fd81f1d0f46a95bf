package io.sluice.tests.scanning;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.redaction.detect.Detectors;
import io.sluice.redaction.detect.TextScanner;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * What a byte of a text made to hurt costs the scanner, all shipped detectors, beside a byte of the median access line,
 * and whether it costs the same in a mebibyte as in 64 KiB. All take turns, by processor time; of each figure the median
 * of the rounds counts.
 *
 * <p>Run by {@code tests/benchmarks/hostile}; its name keeps it out of the tests.
 */
class HostileBenchmark {
    private static final double TIMES_A_LINE = 4;
    private static final double MORE_OR_LESS = 0.2;
    private static final int LARGE = 1 << 20;
    private static final int SMALL = 64 * 1024;
    private static final int LINES = 300;
    private static final int WARM_UPS = 3;
    private static final int ROUNDS = Integer.getInteger("sluice.benchmark.rounds", 7);

    private static final List<String> PIECES = List.of(
            "a.a.a@",
            "7",
            "12",
            "8014729365",
            "%40",
            "%2540",
            "amFuZUBleGFtcGxlLmNvbQ",
            "22 ",
            "name=",
            "user ",
            "4111 1111 1111 1111 ",
            "0123abcd-0123-0123-");

    private final PrintStream out = System.out;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final TextScanner scanner = TextScanner.of(Detectors.shipped());
    private final List<String> lines = AccessLines.of(LINES);
    private int found;

    /** A repeated piece, and its nanoseconds a byte in each round. */
    private static final class Hostile {
        private final String piece;
        private final String large;
        private final String small;
        private final List<Cost> costs = new ArrayList<>();

        Hostile(String piece) {
            this.piece = piece;
            this.large = piece.repeat(LARGE / piece.length());
            this.small = piece.repeat(SMALL / piece.length());
        }

        double median(ToDoubleFunction<Cost> figure) {
            return HostileBenchmark.median(costs.stream().mapToDouble(figure).toArray());
        }

        boolean isWithinBars() {
            return median(Cost::timesALine) <= TIMES_A_LINE
                    && Math.abs(median(Cost::largeBesideSmall) - 1) <= MORE_OR_LESS;
        }
    }

    /** Nanoseconds a byte in one round. */
    private record Cost(double line, double small, double large) {
        /** The dearer of both sizes. */
        double timesALine() {
            return Math.max(small, large) / line;
        }

        double largeBesideSmall() {
            return large / small;
        }
    }

    @Test
    void aHostileByteCostsLittleMoreThanALinesByte() {
        List<Hostile> texts = PIECES.stream().map(Hostile::new).toList();
        for (int round = 1 - WARM_UPS; round <= ROUNDS; round++) {
            measure(texts, round > 0);
        }
        out.printf(
                Locale.ROOT,
                "%-24s %12s %12s %14s %14s%n",
                "repeated",
                "ns/B 64 KiB",
                "ns/B 1 MiB",
                "1 MiB/64 KiB",
                "times a line");
        texts.forEach(hostile -> print(hostile, hostile.isWithinBars() ? "" : "over the bar"));
        out.printf(
                Locale.ROOT,
                "median access line: %.1f ns a byte; bars: %.0f times that, 1 MiB/64 KiB within %.0f %%%n",
                texts.get(0).median(Cost::line),
                TIMES_A_LINE,
                MORE_OR_LESS * 100);
        assertTrue(found > 0, "nothing was found in any line");
        assertAll(texts.stream().map(hostile -> () -> assertTrue(hostile.isWithinBars(), hostile.piece)));
    }

    private void print(Hostile hostile, String remark) {
        out.printf(
                Locale.ROOT,
                "%-24s %12.1f %12.1f %14.2f %14.2f  %s%n",
                hostile.piece,
                hostile.median(Cost::small),
                hostile.median(Cost::large),
                hostile.median(Cost::largeBesideSmall),
                hostile.median(Cost::timesALine),
                remark);
    }

    private void measure(List<Hostile> texts, boolean counts) {
        for (Hostile hostile : texts) {
            double line = median(
                    lines.stream().mapToDouble(each -> nanosAByte(each, SMALL)).toArray());
            Cost cost = new Cost(line, nanosAByte(hostile.small, LARGE), nanosAByte(hostile.large, LARGE));
            if (counts) {
                hostile.costs.add(cost);
            }
        }
    }

    /** Scans a text, all of it ASCII, until so many bytes were scanned. */
    private double nanosAByte(String text, int bytes) {
        int times = Math.max(1, bytes / text.length());
        long began = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            found += scanner.scan(text).size();
        }
        return (threads.getCurrentThreadCpuTime() - began) / ((double) times * text.length());
    }

    private static double median(double[] figures) {
        double[] sorted = figures.clone();
        java.util.Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
