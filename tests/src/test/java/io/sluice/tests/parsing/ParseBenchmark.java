package io.sluice.tests.parsing;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.tests.scanning.Jmh;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Our parsers of combined lines beside httpdlog-parser and the grok of Elasticsearch, on generated lines and the same
 * fields, by JMH; and the format declared for nginx and for Apache beside the built-in one. All are measured once in each
 * round, each in a Java of its own; the median of the rounds' ratios counts.
 *
 * <p>Run by {@code tests/benchmarks/parse}; its name keeps it out of the tests.
 */
class ParseBenchmark {
    private static final double TIMES_HTTPDLOG = 10;
    private static final double TIMES_GROK = 5;
    private static final double DEARER = 1.5;
    private static final int ROUNDS = Integer.getInteger("sluice.benchmark.rounds", 3);

    private final PrintStream out = System.out;

    @Test
    void parsesManyTimesFasterThanOthersAndHardlySlowerByADeclaredFormat() throws Exception {
        List<Map<String, Double>> rounds = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            Map<String, Double> nanos = new HashMap<>();
            for (RunResult result : new Jmh(ParseSpeed.class).run(options())) {
                nanos.put(
                        result.getPrimaryResult().getLabel(),
                        result.getPrimaryResult().getScore());
            }
            rounds.add(nanos);
            out.printf(
                    Locale.ROOT,
                    "round %d, ns a line: built in %,.0f, nginx %,.0f, Apache %,.0f, httpdlog-parser %,.0f, grok %,.0f%n",
                    round,
                    nanos.get("builtIn"),
                    nanos.get("nginx"),
                    nanos.get("apache"),
                    nanos.get("httpdlog"),
                    nanos.get("grok"));
        }
        verdict(rounds);
    }

    private void verdict(List<Map<String, Double>> rounds) {
        double httpdlog = median(rounds, nanos -> ratio(nanos, "httpdlog", "builtIn"));
        double grok = median(rounds, nanos -> ratio(nanos, "grok", "builtIn"));
        double nginx = median(rounds, nanos -> ratio(nanos, "nginx", "builtIn"));
        double apache = median(rounds, nanos -> ratio(nanos, "apache", "builtIn"));
        out.printf(Locale.ROOT, "%nmedians of %d rounds%n", ROUNDS);
        out.printf(Locale.ROOT, "beside httpdlog-parser: %.1f times faster; bar: %.0f%n", httpdlog, TIMES_HTTPDLOG);
        out.printf(Locale.ROOT, "beside grok: %.1f times faster; bar: %.0f%n", grok, TIMES_GROK);
        out.printf(
                Locale.ROOT,
                "declared formats beside the built-in one: nginx %.2f, Apache %.2f times the cost; bar: %.1f%n",
                nginx,
                apache,
                DEARER);
        assertAll(
                () -> assertTrue(httpdlog >= TIMES_HTTPDLOG, "too little faster than httpdlog-parser"),
                () -> assertTrue(grok >= TIMES_GROK, "too little faster than grok"),
                () -> assertTrue(nginx <= DEARER, "a format declared for nginx is too dear"),
                () -> assertTrue(apache <= DEARER, "a format declared for Apache is too dear"));
    }

    private static ChainedOptionsBuilder options() {
        return new OptionsBuilder()
                .forks(1)
                .warmupIterations(6)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .jvmArgs("-Xmx1g", "-XX:+UseSerialGC");
    }

    private static double ratio(Map<String, Double> nanos, String over, String under) {
        return Objects.requireNonNull(nanos.get(over)) / Objects.requireNonNull(nanos.get(under));
    }

    private static double median(List<Map<String, Double>> rounds, ToDoubleFunction<Map<String, Double>> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
