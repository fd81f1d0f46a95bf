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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Events of application monitoring, as they are and as properties of our own usage events: nothing of a user, an address,
 * a header, a cookie or a body is in a clean event.
 *
 * <p>The file of invalid events holds well-formed JSON that breaks only the rules of its own product, which Sluice does
 * not know: as JSON it is taken like the others, and none of it leaves. A source that is declared as {@code usage}
 * quarantines it, and all the others too, for they are no usage events.
 */
@Tag("corpora")
class UsageApmCorpusTest {
    private static final Path FOLDER = Path.of(System.getProperty("sluice.corpora"), "usage-apm");
    /** What must not leave, by the names of its steps; browsers shorten {@code user} to {@code u}, headers to {@code he}. */
    private static final Pattern PERSONAL = Pattern.compile("props\\.((.*\\.)?(user|u)\\..*"
            + "|.*\\.request\\.(headers|cookies|body)(\\..*)?|.*\\.q\\.he\\..*|.*\\.remote_address|.*\\.system\\.ip)");
    /** Says one field twice, flat and nested. */
    private static final String TWICE = "should_be_overriden";

    @TempDir
    private Path folder;

    private List<JsonNode> events = List.of();
    private final List<String> marks = new ArrayList<>();

    @BeforeEach
    void markWhatMustNotLeave() throws IOException {
        events = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".ndjson")).sorted().toList()) {
                for (JsonNode event : NestedEvents.read(file)) {
                    events.add(marked("props", event));
                }
            }
        }
        assertEquals(40, events.size());
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
    @ValueSource(strings = {"analytics", "security", "operations"})
    void asTheyAreAllAreTakenAndNothingLeaves(String route) throws IOException {
        Offline run = NestedEvents.redact(NestedEvents.lines(events), route);
        balances(run, events.size(), 0);
        nothingIsLeft(run);
        for (JsonNode clean : run.objects()) {
            TreeSet<String> names = new TreeSet<>();
            clean.fieldNames().forEachRemaining(names::add);
            names.removeAll(List.of("@timestamp", "event.ingested", "event.page_view", "policy.version", "dataset"));
            assertEquals(new TreeSet<>(), names);
        }
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
