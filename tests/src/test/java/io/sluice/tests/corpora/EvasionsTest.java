package io.sluice.tests.corpora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table {@code evasions.tsv}: personal data in every carrier, as it is and encoded, through the boundary, on every
 * route, under the shipped policy and under one that lets scanned text through everywhere. None survives.
 */
class EvasionsTest {
    /** How much of a value may stand in a clean event by chance. */
    private static final int WINDOW = 6;
    /** How much of an encoded form may. */
    private static final int FORM_WINDOW = 12;
    /** What wraps a value, such as {@code {\"v\":\"}, names nobody. */
    private static final String WRAPPING = "\\\"{}:";

    private static final int LAYERS = 6;

    @TempDir
    private static Path folder;

    private record Evasion(String carrier, String encoding, String value, String form, String line) {
        static Evasion of(String row) {
            String[] columns = row.split("\t", -1);
            assertEquals(5, columns.length, row);
            return new Evasion(columns[0], columns[1], columns[2], columns[3], columns[4]);
        }

        /** Whether any of it is left in a text. */
        boolean survivesIn(String text) {
            Set<String> found = Unwrapping.forms(text, LAYERS).stream()
                    .map(form -> form.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
            String small = value.toLowerCase(Locale.ROOT);
            return anyWindow(small, WINDOW, window -> found.stream().anyMatch(form -> form.contains(window)))
                    || anyWindow(form, FORM_WINDOW, window -> !wraps(window) && text.contains(window));
        }

        private static boolean wraps(String window) {
            return window.chars().anyMatch(c -> WRAPPING.indexOf(c) >= 0);
        }

        private static boolean anyWindow(String text, int size, Predicate<String> found) {
            for (int i = 0; i + size <= text.length(); i++) {
                if (found.test(text.substring(i, i + size))) {
                    return true;
                }
            }
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "analytics, shipped", "security, shipped", "operations, shipped",
        "analytics, free-text", "security, free-text", "operations, free-text"
    })
    void noneSurvives(String route, String policy) throws IOException {
        List<Evasion> table = table();
        String input = table.stream().map(evasion -> evasion.line() + "\n").collect(Collectors.joining());
        Offline run = Offline.run(
                input.getBytes(StandardCharsets.UTF_8),
                "redact",
                "--route",
                route,
                "--policy",
                policy.equals("shipped")
                        ? "ottomatiq-2024-01-10"
                        : FreeTextPolicy.in(folder).toString(),
                "-");

        assertEquals(0, run.exit(), run.err());
        assertEquals(table.size(), run.balance().get("released").asInt());
        List<String> survivors = new ArrayList<>();
        List<JsonNode> objects = run.objects();
        for (int i = 0; i < table.size(); i++) {
            Evasion evasion = table.get(i);
            if (evasion.survivesIn(textOf(objects.get(i)))) {
                survivors.add(evasion.carrier() + ", " + evasion.encoding());
            }
        }
        assertEquals(List.of(), survivors);
    }

    /** What is printed, without the tokens and times that Sluice made. */
    private static String textOf(JsonNode object) {
        StringBuilder text = new StringBuilder();
        object.properties().forEach(field -> {
            String value = field.getValue().asText();
            if (!value.startsWith("tok_") && !field.getKey().equals("event.ingested")) {
                text.append(field.getKey()).append('\n').append(value).append('\n');
            }
        });
        return text.toString();
    }

    /** The check itself sees what it is meant to see: each row's own record does hold its value. */
    @Test
    void theCheckFindsEachValueInItsRecord() throws IOException {
        List<String> unseen = new ArrayList<>();
        for (Evasion evasion : table()) {
            if (!evasion.survivesIn(evasion.line())) {
                unseen.add(evasion.carrier() + ", " + evasion.encoding());
            }
        }
        assertEquals(List.of(), unseen);
    }

    @Test
    void theTableHoldsEveryCarrier() throws IOException {
        Set<String> carriers = table().stream().map(Evasion::carrier).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                new TreeSet<>(List.of(
                        "path",
                        "query value",
                        "query key",
                        "fragment",
                        "referrer",
                        "title",
                        "JSON value",
                        "JSON key",
                        "header",
                        "cookie",
                        "user name",
                        "message",
                        "log prefix",
                        "form body",
                        "nested JSON string",
                        "JWT claim")),
                carriers);
        assertTrue(table().size() >= 200);
    }

    private static List<Evasion> table() throws IOException {
        return resource("evasions.tsv")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(Evasion::of)
                .toList();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = EvasionsTest.class.getResourceAsStream(name)) {
            assertNotNull(in, name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
