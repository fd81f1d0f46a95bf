package io.sluice.tests.corpora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Events of application monitoring, as they are and as properties of our own usage events: nothing of a user, an address,
 * a header, a cookie or a body is in a clean event.
 *
 * <p>The file of invalid events holds one that the intake's specification refuses, a transaction whose id is a number; the
 * metadata and the span around it are valid, and taken by that product too. A source that is declared as {@code usage}
 * quarantines all, for they are no usage events.
 */
@Tag("corpora")
class UsageApmCorpusTest {
    private static final Path FOLDER = Path.of(System.getProperty("sluice.corpora"), "usage-apm");
    /** What must not leave, by the names of its steps; browsers shorten {@code user} to {@code u}, headers to {@code he}. */
    private static final Pattern PERSONAL = Pattern.compile("props\\.((.*\\.)?(user|u)\\..*"
            + "|.*\\.request\\.(headers|cookies|body)(\\..*)?|.*\\.q\\.he\\..*|.*\\.remote_address|.*\\.system\\.ip)");

    /** E-mail and IPv4 addresses. */
    private static final Pattern ADDRESS =
            Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+|\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b");

    private static final String INVALID = "invalid-event.ndjson";
    /** Says one field twice, flat and nested. */
    private static final String TWICE = "should_be_overriden";

    @TempDir
    private Path folder;

    private List<JsonNode> events = List.of();
    private final List<String> marks = new ArrayList<>();
    /** The places of those that the intake refuses. */
    private final TreeSet<Integer> refused = new TreeSet<>();

    @BeforeEach
    void markWhatMustNotLeave() throws IOException {
        events = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".ndjson")).sorted().toList()) {
                for (JsonNode event : NestedEvents.read(file)) {
                    if (file.endsWith(INVALID) && event.at("/transaction/id").isNumber()) {
                        refused.add(events.size());
                    }
                    events.add(marked("props", event));
                }
            }
        }
        assertEquals(40, events.size());
        assertEquals(1, refused.size());
        assertTrue(marks.size() >= 80, "only " + marks.size());
    }

    /** The same with something in each such value that stands nowhere else: words like {@code foo} stand all over. */
    private JsonNode marked(String name, JsonNode node) {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(member ->
                            object.set(member.getKey(), marked(name + "." + member.getKey(), member.getValue())));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> array.add(marked(name, item)));
            return array;
        }
        if (!PERSONAL.matcher(name).matches() || !node.isTextual() && !node.isNumber()) {
            return node;
        }
        String mark = Long.toString(7_350_000_000L + marks.size());
        marks.add(mark);
        return node.isTextual() ? new TextNode(mark + node.asText()) : new LongNode(Long.parseLong(mark));
    }

    private void nothingIsLeft(Offline run) {
        assertEquals(List.of(), marks.stream().filter(run.out()::contains).toList());
    }

    private static void balances(Offline run, int released, int quarantined) throws IOException {
        assertEquals(0, run.exit(), run.err());
        JsonNode balance = run.balance();
        assertEquals(released, balance.get("released").asInt());
        assertEquals(quarantined, balance.get("quarantined").asInt());
        assertEquals(0, balance.get("suppressed").asInt());
        assertEquals(released + quarantined, balance.get("in").asInt());
        assertEquals(released + quarantined, balance.get("lines").asInt());
        assertEquals(released + quarantined, run.objects().size());
    }

    @ParameterizedTest
    @CsvSource({
        "analytics, auto",
        "security, auto",
        "operations, auto",
        "analytics, apm",
        "security, apm",
        "operations, apm"
    })
    void asTheyAreTheInvalidAreQuarantinedAllOthersAreTakenAndNothingLeaves(String route, String format)
            throws IOException {
        Offline run = NestedEvents.redact(NestedEvents.lines(events), route, "--format", format);
        balances(run, events.size() - refused.size(), refused.size());
        nothingIsLeft(run);
        List<JsonNode> objects = run.objects();
        int people = 0;
        for (int i = 0; i < objects.size(); i++) {
            JsonNode clean = objects.get(i);
            assertEquals(
                    refused.contains(i) ? "unparseable" : "",
                    clean.path("reason").asText(),
                    "event " + (i + 1));
            people += clean.path("user.id").asText().startsWith("tok_user_") ? 1 : 0;
        }
        // Users have their own fields now, so that security finds them by their tokens.
        assertEquals(route.equals("security"), people >= 8, people + " people");
    }

    /** As the files have them: with names twice in an object, and with absent values. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "apm"})
    void soAreTheFilesThemselves(String format) throws IOException {
        int all = 0;
        int quarantined = 0;
        int lookedFor = 0;
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".ndjson")).sorted().toList()) {
                Offline run = NestedEvents.redact(Files.readAllBytes(file), "analytics", "--format", format);
                int lines = NestedEvents.read(file).size();
                int wrong = file.endsWith(INVALID) ? refused.size() : 0;
                balances(run, lines - wrong, wrong);
                List<String> addresses = ADDRESS.matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .toList();
                assertEquals(
                        List.of(),
                        addresses.stream().filter(run.out()::contains).toList(),
                        file + " leaves one");
                lookedFor += addresses.size();
                all += lines;
                quarantined += wrong;
            }
        }
        assertEquals(events.size(), all);
        assertEquals(refused.size(), quarantined);
        assertTrue(lookedFor > 10, lookedFor + " addresses looked for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"analytics", "security", "operations"})
    void aPolicyThatKeepsTheRestLeavesNothingOfAPerson(String route) throws IOException {
        Offline run = NestedEvents.redact(
                NestedEvents.usageEvents(events, event -> event.fieldNames().next()),
                route,
                "--policy",
                TestPolicy.in(folder, "usage-apm").toString());
        balances(run, events.size() - 1, 1);
        nothingIsLeft(run);
        int possible = 0;
        int kept = 0;
        int tokens = 0;
        List<JsonNode> objects = run.objects();
        for (int i = 0; i < objects.size(); i++) {
            JsonNode clean = objects.get(i);
            if (events.get(i).toString().contains(TWICE)) {
                assertEquals("invalid-json", clean.path("reason").asText());
                continue;
            }
            Map<String, JsonNode> left = NestedEvents.properties(clean);
            Map<String, JsonNode> expected = new TreeMap<>();
            NestedEvents.fields(events.get(i)).forEach((name, value) -> {
                if (!PERSONAL.matcher(name).matches()) {
                    expected.put(name, value);
                }
            });
            for (String name : new TreeSet<>(left.keySet())) {
                if (PERSONAL.matcher(name).matches()) {
                    assertEquals("security", route, name);
                    assertTrue(left.remove(name).asText().startsWith("tok_"), name);
                    tokens++;
                }
            }
            if (route.equals("analytics")) {
                // There the rule scans: a number that could be somebody's telephone is dropped.
                assertTrue(expected.keySet().containsAll(left.keySet()), "event " + (i + 1));
            } else {
                assertEquals(expected, left, "event " + (i + 1));
            }
            possible += expected.size();
            kept += left.size();
        }
        System.out.println("usage-apm " + route + ": kept fields " + kept + " of " + possible + ", tokens " + tokens
                + ", values looked for " + marks.size());
        assertTrue(possible > 500 && kept >= 0.98 * possible, kept + " of " + possible);
        assertEquals(route.equals("security"), tokens > 20, tokens + " tokens");
    }

    @Test
    void aSourceDeclaredAsUsageQuarantinesThemWithAReason() throws IOException {
        Offline run = NestedEvents.redact(NestedEvents.lines(events), "analytics", "--format", "usage");
        balances(run, 0, events.size());
        for (JsonNode object : run.objects()) {
            assertEquals("missing-type", object.path("reason").asText());
        }
    }

    @Test
    void whatIsCutShortIsQuarantinedWithAReason() throws IOException {
        StringBuilder halves = new StringBuilder();
        for (JsonNode event : events) {
            String line = event.toString();
            halves.append(line, 0, line.length() / 2).append('\n');
        }
        Offline run = NestedEvents.redact(halves.toString().getBytes(StandardCharsets.UTF_8), "analytics");
        balances(run, 0, events.size());
        nothingIsLeft(run);
        for (JsonNode object : run.objects()) {
            assertEquals("invalid-json", object.path("reason").asText());
        }
    }
}
