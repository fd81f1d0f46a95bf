package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.redaction.catalogue.CataloguePage;
import io.sluice.redaction.rule.Clause;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.tests.command.Sluice.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs of the engineer's loop, and what people script of them. */
class RulesContractTest {
    private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();
    private static final String EXAMPLE =
            CHECKOUT.resolve("docs/examples/policy-folder/policy.yaml").toString();
    private static final String SAMPLE =
            CHECKOUT.resolve("docs/examples/policy-folder/sample.jsonl").toString();

    @TempDir
    Path folder;

    private Sluice sluice() {
        return new Sluice(folder);
    }

    @Test
    void theCatalogueIsTheOneOfTheShippedPolicy() throws IOException, PolicyException {
        String page = CataloguePage.of(
                PolicyReader.read(PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow()));
        assertEquals(
                page,
                Files.readString(CHECKOUT.resolve("docs/catalogue.md")),
                "docs/catalogue.md is stale; run ./sluice rules coverage --page docs/catalogue.md");
    }

    @Test
    void lintPrintsEveryProblemForScripts() throws IOException {
        sluice().file("p.yaml", "policy: p-1\nextends: ottomatiq-2024-01-10\nfieldz: []\npurposez: {}\n");
        Run run = sluice().run("rules", "lint", "--json", "--policy", "p.yaml");
        assertEquals(1, run.code());
        JsonNode problems = run.objects().get(0).get("problems");
        assertEquals(2, problems.size());
        assertEquals("p.yaml", problems.get(0).get("file").textValue());
        assertEquals(3, problems.get(0).get("line").intValue());
        assertEquals("fields", problems.get(0).get("meant").textValue());
        assertEquals(0, sluice().run("rules", "lint").code(), "the shipped policy");
    }

    @Test
    void lintRefusesAnIdThatIsTaken() throws IOException {
        sluice().file("p.yaml", "policy: ottomatiq-2024-01-10\nextends: ottomatiq-2024-01-10\n");
        Run run = sluice().run("rules", "lint", "--policy", "p.yaml");
        assertEquals(1, run.code());
        assertTrue(run.out().contains("p.yaml:1:9: the policy ottomatiq-2024-01-10 exists already"), run.out());
    }

    @Test
    void testFailsOnAChangeThatNoExampleNotices() throws IOException {
        sluice().file(
                        "p.yaml",
                        """
                        policy: p-1
                        extends: ottomatiq-2024-01-10
                        fields:
                          - {field: props.theme, clause: usage.data, because: x, owner: me, routes: {analytics: {listed: [dark]}}, examples: [{value: dark, analytics: dark}]}
                        """);
        Run run = sluice().run("rules", "test", "--json", "--hostile-millis", "60000", "--policy", "p.yaml");
        assertEquals(1, run.code(), run.err());
        JsonNode result = run.objects().get(0);
        assertEquals(0, result.get("failing").size());
        assertEquals(5, result.get("laws").size());
        assertEquals(1, result.get("survivors").size(), result.get("survivors").toString());
        assertTrue(
                result.get("survivors")
                        .get(0)
                        .textValue()
                        .startsWith("p.yaml:4: props.theme let out more than listed does on the route analytics"),
                result.toString());
    }

    @Test
    void explainMasksAndSaysWhy() {
        Run run =
                sluice().run("rules", "explain", "--json", "--policy", EXAMPLE, "--detector", "member-number", SAMPLE);
        assertEquals(0, run.code(), run.err());
        JsonNode note = field(run.objects().get(0), "props.note");
        assertEquals("xxxxxx x-99999 xxxxxxx", note.get("value").textValue());
        assertEquals("usage.data", note.get("clause").textValue());
        assertEquals(
                "scan: member <client-information> renewed",
                note.get("routes").get("analytics").textValue());
        assertEquals("found", note.get("detector").get("reason").textValue());
        assertEquals(
                "context",
                field(run.objects().get(1), "props.note")
                        .get("detector")
                        .get("reason")
                        .textValue());
        assertEquals(
                "no-trigger",
                field(run.objects().get(1), "user.id")
                        .get("detector")
                        .get("reason")
                        .textValue());
        assertTrue(field(run.objects().get(1), "user.id")
                .get("detector")
                .get("why")
                .textValue()
                .contains("wrong field"));
        assertFalse(run.out().contains("12344"), "no value of a record");
        assertEquals(2, run.count("in"));
    }

    private static JsonNode field(JsonNode event, String name) {
        for (JsonNode field : event.get("fields")) {
            if (field.get("field").textValue().equals(name)) {
                return field;
            }
        }
        throw new AssertionError(name + " is not explained");
    }

    @Test
    void diffEndsWithOneOnlyIfSomethingIsNewlyExposed() {
        Run exposed = sluice().run("rules", "diff", "--json", "ottomatiq-2024-01-10", EXAMPLE, SAMPLE);
        assertEquals(1, exposed.code(), exposed.err());
        JsonNode note = exposed.objects().get(0).get("fields").get(0);
        assertEquals("newly exposed", note.get("change").textValue());
        assertEquals("props.note", note.get("field").textValue());
        assertEquals(2, note.get("events").intValue());

        Run hidden = sluice().run("rules", "diff", EXAMPLE, "ottomatiq-2024-01-10", SAMPLE);
        assertEquals(0, hidden.code(), hidden.err());
        assertTrue(hidden.out().contains("newly hidden: props.note on the route analytics, 2 events"), hidden.out());

        Run same = sluice().run("rules", "diff", EXAMPLE, EXAMPLE, SAMPLE);
        assertEquals(0, same.code());
        assertEquals("no difference in these samples\n", same.out());
        assertEquals(
                1, sluice().run("rules", "diff", EXAMPLE, EXAMPLE, "missing").code());
    }

    @Test
    void coverageHasEveryFieldOfEveryDataset() {
        Run run = sluice().run("rules", "coverage", "--json", SAMPLE);
        assertEquals(0, run.code(), run.err());
        JsonNode all = run.objects().get(0);
        long datasets = Stream.of("application", "marketing-site")
                .filter(name -> all.get("fields").findValuesAsText("dataset").contains(name))
                .count();
        assertEquals(2, datasets);
        assertEquals(2, all.get("unlisted").get("props.note").intValue());
    }

    @Test
    void benchPrintsEachDetector() throws IOException {
        sluice().file("a.log", "write to jane@example.com\n");
        Run run = sluice().run("rules", "bench", "--json", "--format", "text", "a.log");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.objects().get(0).has("email"), run.out());
        assertTrue(run.objects().get(0).get("all detectors").doubleValue() > 0);
    }

    @Test
    void promisesShowsWhatIsOpen() {
        Run run = sluice().run("promises", "--json");
        assertEquals(0, run.code(), run.err());
        boolean open = false;
        for (JsonNode clause : run.objects().get(0).get("clauses")) {
            open |= clause.get("clause").textValue().equals("rights.access")
                    && clause.get("open").booleanValue();
        }
        assertTrue(open);
        assertTrue(sluice().onTerminal().run("promises").out().contains("\u001b[31m"), "red on a terminal");
        assertFalse(sluice().run("promises").out().contains("\u001b"));
    }

    /** A mechanism that keeps a clause names its test, which must be there. */
    @Test
    void eachMechanismHasTheTestThatItNames() throws IOException {
        List<String> files;
        try (Stream<Path> all = Files.walk(CHECKOUT)) {
            files = all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java") || name.endsWith("IT.java"))
                    .toList();
        }
        for (Clause.KeptBy mechanism : Clause.KeptBy.values()) {
            boolean named = mechanism != Clause.KeptBy.RULES && mechanism != Clause.KeptBy.OPEN;
            assertTrue(!named || files.contains(mechanism.test() + ".java"), mechanism.test());
        }
    }

    @Test
    void newWritesNothingOver() {
        assertEquals(0, sluice().run("rules", "new", "policy", "mine").code());
        Run again = sluice().run("rules", "new", "policy", "mine");
        assertEquals(1, again.code());
        assertTrue(again.err().contains("exists already"), again.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"activate", "shadow"})
    void aLiveVerbSaysAllProblemsBeforeItAsksTheServer(String verb) throws IOException {
        sluice().file("p.yaml", "policy: p-1\nextends: ottomatiq-2024-01-10\nfieldz: []\npurposez: {}\n");
        Run refused = sluice().run("rules", verb, "p.yaml");
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("p.yaml:3:9: unknown key fieldz"), refused.err());
        assertTrue(refused.err().contains("purposez"), refused.err());
        assertEquals("", refused.out());
    }

    @ParameterizedTest
    @CsvSource({
        "shadow ottomatiq-2024-01-10",
        "shadow",
        "shadow --stop",
        "activate ottomatiq-2024-01-10",
        "approve 1f0c9a7e",
        "rollback",
        "active"
    })
    void withoutAServerTheLiveVerbsSayHowToStartOne(String line) {
        Run run = sluice().run(("rules " + line).split(" "));
        assertEquals(1, run.code());
        assertTrue(run.err().contains("start it with `sluice up`, or name a server with --server"), run.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rules                                | say what to do: new, lint, test",
                "rules lnt                            | did you mean lint?",
                "rules new                            | say what to begin: policy, detector or rule",
                "rules new detector Bad --policy p    | a detector's name is lower case",
                "rules new policy x --extends nothing | --extends takes one of",
                "rules explain                        | name at least one FILE",
                "rules explain --detector emial -     | did you mean email?",
                "rules diff                           | name the policy in use",
                "rules diff a                         | name the policy that is to take the place of a",
                "rules bench                          | name at least one FILE",
                "rules shadow a --stop                | give either POLICY or --stop",
                "rules shadow a --sample 0            | --sample takes 1 to 1000000",
                "rules shadow a --for 31d             | --for takes 1m to 30d",
                "rules shadow a --for 2               | --for takes 1m to 30d",
                "rules withdraw                       | Missing required parameter: 'ID'",
                "rules activate                       | Missing required parameter: 'POLICY'",
                "rules approve                        | Missing required parameter: 'ID'",
                "rules rollback --wait=5000           | --wait takes 0 to 3600 seconds"
            })
    void wrongUsageIsSaid(String line, String sentence) {
        Run run = sluice().run(line.split(" +"));
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(sentence), run.err());
    }

    @ParameterizedTest
    @CsvSource({
        "new",
        "lint",
        "test",
        "explain",
        "diff",
        "coverage",
        "bench",
        "shadow",
        "activate",
        "approve",
        "withdraw",
        "rollback",
        "active"
    })
    void eachVerbHelpsWithAnExample(String verb) {
        Run run = sluice().run("rules", verb, "--help");
        assertEquals(0, run.code());
        assertTrue(run.out().contains("sluice rules " + verb), run.out());
        assertTrue(run.out().contains("Example"), run.out());
    }
}
