package io.sluice.redaction.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Patterns that take a backtracking engine for ever, each as a detector beside the shipped ones: refused with its place,
 * or under 100 ms of processor time over 64 KiB of whatever hurts it.
 */
@Tag("corpora")
class HostilePatternsCorpusTest {
    private static final Path FOLDER = Path.of(System.getProperty("sluice.corpora"), "redos-vuln-regex");
    private static final int SIZE = 64 * 1024;
    private static final double MOST_MILLIS = 100;
    private static final int TRIES = 5;

    private static final List<String> PUMPS =
            List.of("a", "ab", "aab", "ba", "abc", "a@a.", "@.a", "1", " ", " \r\n ", "a1 ", "abcde", "Word: ");
    private static final List<String> SAMPLES =
            List.of("a", "ab", "aab", "aba", "abc", "aa!", "x@y.z", "x@y.za1a1a1", "abcde");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** A pattern, and texts made to hurt it. */
    private record Hostile(String pattern, List<String> texts) {}

    @Test
    void eachIsRefusedOrFast() throws IOException {
        int refused = 0;
        int run = 0;
        double slowest = 0;
        String slowestPattern = "";
        List<String> wrong = new ArrayList<>();
        for (Hostile hostile : patterns()) {
            PatternReader reader = new PatternReader().read("hostile.yaml", file(hostile.pattern()));
            if (reader.problems().isEmpty()) {
                run++;
                double millis = millis(reader.detectors().get(0), hostile.texts());
                if (millis > slowest) {
                    slowest = millis;
                    slowestPattern = hostile.pattern();
                }
                if (millis >= MOST_MILLIS) {
                    wrong.add(String.format(Locale.ROOT, "%s takes %.0f ms", hostile.pattern(), millis));
                }
            } else {
                refused++;
                PatternProblem first = reader.problems().get(0);
                if (first.line() != 5
                        || first.column() != 14
                        || !first.message().startsWith("the pattern ")) {
                    wrong.add(hostile.pattern() + " is refused by " + first);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "redos-vuln-regex: %d refused, %d run, the slowest %.1f ms: %s%n",
                refused,
                run,
                slowest,
                slowestPattern);
        assertEquals(List.of(), wrong);
        assertTrue(refused > 0 && run > 0);
    }

    private static String file(String pattern) {
        Pattern other = Pattern.compile(pattern);
        return """
                detectors:
                  - name: hostile
                    category: client-information
                    because: Others call it hostile.
                    pattern: '%s'
                    examples: {found: ['%s'], left: ['%s']}
                """
                .formatted(pattern.replace("'", "''"), found(other), left(other));
    }

    /** A short text that the pattern matches once, by another engine, with the match in braces. */
    private static String found(Pattern other) {
        List<String> samples = new ArrayList<>(SAMPLES);
        samples.add("Authorization: Basic " + "x".repeat(512));
        for (String sample : samples) {
            Matcher matcher = other.matcher(sample);
            if (matcher.find() && matcher.end() > matcher.start()) {
                int start = matcher.start();
                int end = matcher.end();
                if (!matcher.find() || matcher.start() == matcher.end()) {
                    return sample.substring(0, start) + "{{" + sample.substring(start, end) + "}}"
                            + sample.substring(end);
                }
            }
        }
        // Such as one that matches nothing but the empty text, which is what it is refused for.
        return "{{a}}";
    }

    private static String left(Pattern other) {
        return List.of("Z", "-", "%%").stream()
                .filter(text -> !other.matcher(text).find())
                .findFirst()
                .orElse("Z");
    }

    /** The slowest text's best try, so that a busy machine does not count. */
    private double millis(Detector hostile, List<String> texts) {
        List<Detector> all = new ArrayList<>(Detectors.shipped());
        all.add(hostile);
        TextScanner scanner = TextScanner.of(all);
        double slowest = 0;
        for (String text : texts) {
            double best = Double.MAX_VALUE;
            for (int i = 0; i < TRIES && (i < 2 || best > slowest); i++) {
                long before = threads.getCurrentThreadCpuTime();
                scanner.scan(text);
                best = Math.min(best, (threads.getCurrentThreadCpuTime() - before) / 1e6);
            }
            slowest = Math.max(slowest, best);
        }
        return slowest;
    }

    private static List<Hostile> patterns() throws IOException {
        List<Hostile> patterns = new ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve("regexes.jsonl"))) {
            JsonNode row = new ObjectMapper().readTree(line);
            List<String> texts = texts();
            JsonNode evil = row.path("evilInput");
            for (JsonNode pair : evil.path("pumpPairs")) {
                texts.add(pair.path("prefix").asText()
                        + pumped(pair.path("pump").asText())
                        + evil.path("suffix").asText());
            }
            patterns.add(new Hostile(row.path("pattern").asText(), texts));
        }
        for (String pattern : Files.readAllLines(FOLDER.resolve("unlabelled.txt"))) {
            patterns.add(new Hostile(pattern, texts()));
        }
        return patterns;
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (String pump : PUMPS) {
            texts.add(pumped(pump));
            texts.add(pumped(pump) + "!");
        }
        return texts;
    }

    private static String pumped(String pump) {
        return pump.repeat(SIZE / pump.length());
    }
}
