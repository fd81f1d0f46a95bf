package io.sluice.tests.corpora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.schema.CleanEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Deep and wide usage events of a forge: authors of commits, in lists of objects, become pseudonyms by a rule with an
 * asterisk, what the policy lists stays as it was, and no other field is in a clean event.
 */
@Tag("corpora")
class UsageGharchiveCorpusTest {
    private static final Path FILE =
            Path.of(System.getProperty("sluice.corpora"), "usage-gharchive", "gharchive_log.jsonl");
    private static final String EMAIL = "props.payload.commits.author.email";
    private static final String NAME = "props.payload.commits.author.name";
    /** What the policy lets out unchanged, as it stands there. */
    private static final List<Pattern> KEPT = List.of(
            Pattern.compile("props\\.(type|public|created_at|repo\\.id)"),
            Pattern.compile("props\\.payload\\.(action|size|ref|commits\\.sha|commits\\.distinct)"),
            Pattern.compile("props\\.payload\\.pull_request\\.labels\\..+"),
            Pattern.compile("props\\.payload\\.pull_request\\.[^.]+\\.repo\\.topics"),
            Pattern.compile("props\\.payload\\.[^.]+\\.language"));

    @TempDir
    private Path folder;

    private List<JsonNode> run(String route, String keys, List<JsonNode> events) throws IOException {
        Offline run = NestedEvents.redact(
                NestedEvents.usageEvents(events, event -> event.get("type").asText()),
                route,
                "--policy",
                TestPolicy.in(folder, "usage-gharchive").toString(),
                "--keys",
                NestedEvents.keys(folder, keys));
        allAreReleased(run, events.size());
        return run.objects();
    }

    private static void allAreReleased(Offline run, int events) throws IOException {
        assertEquals(0, run.exit(), run.err());
        assertEquals(events, run.balance().get("lines").asInt());
        assertEquals(events, run.balance().get("in").asInt());
        assertEquals(events, run.balance().get("released").asInt());
        assertEquals(events, run.objects().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"analytics", "security", "operations"})
    void authorsBecomePseudonymsAndWhatIsListedStays(String route) throws IOException {
        List<JsonNode> events = NestedEvents.read(FILE);
        List<JsonNode> objects = run(route, "keys", events);
        Map<String, Map<JsonNode, JsonNode>> tokens = Map.of(EMAIL, new HashMap<>(), NAME, new HashMap<>());
        Set<String> names = new TreeSet<>();
        int authors = 0;
        for (int i = 0; i < events.size(); i++) {
            Map<String, JsonNode> before = NestedEvents.fields(events.get(i));
            Map<String, JsonNode> left = NestedEvents.properties(objects.get(i));
            names.addAll(left.keySet());
            for (String field : List.of(EMAIL, NAME)) {
                JsonNode made = left.remove(field);
                assertEquals(before.containsKey(field), made != null, "event " + (i + 1));
                if (made != null) {
                    authors += made.size();
                    note(NestedEvents.values(before.get(field)), NestedEvents.values(made), tokens.get(field));
                }
            }
            assertEquals(kept(before), left, "event " + (i + 1));
        }
        assertEquals(2 * 40, authors);
        tokens.forEach((field, made) -> {
            assertTrue(made.size() >= 20, field + " " + made.size());
            assertEquals(made.size(), new HashSet<>(made.values()).size(), field);
            String type = field.equals(EMAIL) ? "tok_email_" : "tok_user_";
            made.values().forEach(token -> assertTrue(token.asText().startsWith(type), field));
        });
        System.out.println("usage-gharchive " + route + ": authors' values " + authors + ", different e-mails "
                + tokens.get(EMAIL).size() + ", names " + tokens.get(NAME).size() + ", properties " + names.size());
    }

    /** Notes which token was made of which value: of one value always the same. */
    private static void note(List<JsonNode> values, List<JsonNode> made, Map<JsonNode, JsonNode> tokens) {
        assertEquals(values.size(), made.size());
        for (int k = 0; k < values.size(); k++) {
            JsonNode other = tokens.put(values.get(k), made.get(k));
            assertTrue(other == null || other.equals(made.get(k)));
        }
    }

    private static Map<String, JsonNode> kept(Map<String, JsonNode> before) {
        Map<String, JsonNode> kept = new TreeMap<>();
        before.forEach((name, value) -> {
            if (KEPT.stream().anyMatch(one -> one.matcher(name).matches())) {
                kept.put(name, value);
            }
        });
        return kept;
    }

    @Test
    void aTokenFollowsFromValueAndKey() throws IOException {
        List<JsonNode> events = NestedEvents.read(FILE);
        List<JsonNode> first = run("analytics", "keys", events);
        assertEquals(first, run("analytics", "keys", events));
        List<JsonNode> others = run("analytics", "other-keys", events);
        int compared = 0;
        for (int i = 0; i < first.size(); i++) {
            for (String field : List.of(EMAIL, NAME)) {
                if (first.get(i).has(field)) {
                    List<JsonNode> mine = NestedEvents.values(first.get(i).get(field));
                    List<JsonNode> theirs = NestedEvents.values(others.get(i).get(field));
                    for (int k = 0; k < mine.size(); k++) {
                        assertNotEquals(mine.get(k), theirs.get(k));
                        compared++;
                    }
                }
            }
        }
        assertEquals(2 * 40, compared);
    }

    /** However many names events have: outside the properties, which are one field of the index, only its columns. */
    @Test
    void noEventAddsAFieldToTheIndex() throws IOException {
        List<JsonNode> events = NestedEvents.read(FILE);
        Offline run = NestedEvents.redact(
                NestedEvents.usageEvents(events, event -> event.get("type").asText()),
                "operations",
                "--policy",
                TestPolicy.keepingAllBut(folder, Map.of()).toString());
        allAreReleased(run, events.size());
        Set<String> columns = CleanEvent.getClassSchema().getFields().stream()
                .map(field -> field.getProp("ecs"))
                .collect(Collectors.toSet());
        assertEquals(
                Schema.Type.MAP,
                CleanEvent.getClassSchema().getField("props").schema().getTypes().stream()
                        .map(Schema::getType)
                        .filter(type -> type != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow());
        Set<String> properties = new TreeSet<>();
        for (JsonNode clean : run.objects()) {
            properties.addAll(NestedEvents.properties(clean).keySet());
            clean.fieldNames()
                    .forEachRemaining(name -> assertTrue(name.startsWith("props.") || columns.contains(name), name));
        }
        assertTrue(properties.size() > 400, "only " + properties.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"analytics", "security", "operations"})
    void asTheyAreNobodyIsLeft(String route) throws IOException {
        List<JsonNode> events = NestedEvents.read(FILE);
        Set<String> people = new TreeSet<>();
        for (JsonNode event : events) {
            Map<String, JsonNode> fields = NestedEvents.fields(event);
            fields.forEach((name, value) -> {
                if (name.equals(EMAIL) || name.equals(NAME) || name.endsWith("login")) {
                    NestedEvents.values(value).forEach(one -> people.add(one.asText()));
                }
            });
        }
        assertTrue(people.size() > 50, "only " + people.size());
        Offline run = NestedEvents.redact(NestedEvents.lines(events), route);
        allAreReleased(run, events.size());
        for (JsonNode clean : run.objects()) {
            clean.forEach(value -> assertTrue(!people.contains(value.asText())));
        }
        assertEquals(
                List.of(),
                people.stream()
                        .filter(person -> person.length() > 5)
                        .filter(run.out()::contains)
                        .toList());
    }
}
