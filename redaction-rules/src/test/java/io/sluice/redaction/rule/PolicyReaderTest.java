package io.sluice.redaction.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.redaction.yaml.Problem;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A policy with problems does not load, and says all of them with their places. */
class PolicyReaderTest {
    private static final String SOUND =
            """
            policy: test-1
            clauses:
              log.time: {says: x, kept-by: rules}
            datasets:
              application: {signals: visible}
            purposes:
              analytics: {default: open}
            routes:
              analytics: {purpose: analytics, retention: 7 d}
            fields:
              - field: "@timestamp"
                clause: log.time
                because: it is needed
                owner: me
                routes: {analytics: keep}
            """;

    private static List<String> problems(String text) {
        return assertThrows(PolicyException.class, () -> read(text)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static RedactionPolicy read(String text) throws PolicyException {
        TreeMap<String, String> files = new TreeMap<>();
        files.put("p.yaml", text);
        return PolicyReader.read(new PolicyFiles("p.yaml", files));
    }

    @Test
    void aSoundOneLoads() throws PolicyException {
        assertEquals("test-1", read(SOUND).version());
    }

    @Test
    void allProblemsComeAtOnceWithTheirPlacesAndWhatWasMeant() {
        String broken = SOUND.replace("clause: log.time", "clause: log.tiem")
                .replace("analytics: keep", "analytics: kep")
                .replace("purpose: analytics,", "purpose: analitics,")
                .replace("signals: visible", "signal: visible");
        assertEquals(
                List.of(
                        "p.yaml:5:25: unknown key signal; did you mean signals?",
                        "p.yaml:9:24: a route needs a purpose of this policy; did you mean analytics?",
                        "p.yaml:12:13: unknown clause log.tiem; did you mean log.time?",
                        "p.yaml:15:25: unknown treatment kep; did you mean keep?"),
                problems(broken));
    }

    @Test
    void aClauseThatNothingKeepsIsRefused() {
        assertEquals(
                List.of("p.yaml:1:1: no rule keeps the clause log.ip; say kept-by: open until one does"),
                problems(SOUND.replace("clauses:\n", "clauses:\n  log.ip: {says: x, kept-by: rules}\n")));
    }

    @Test
    void keepingAPersonalCategoryNeedsABecauseAndClientInformationIsNeverKept() {
        assertEquals(
                List.of("p.yaml:11: the rule for @timestamp keeps email on the route analytics; say because"),
                problems(SOUND.replace("    because: it is needed\n", "    category: email\n")).stream()
                        .map(problem -> problem.replace(":11:1:", ":11:"))
                        .toList());
        assertEquals(
                1,
                problems(SOUND.replace("    owner: me\n", "    owner: me\n    category: client-information\n"))
                        .size());
    }

    @Test
    void noYamlAndARepeatedKeyAreReportedWithTheirPlace() {
        assertEquals(1, problems("policy: [").size());
        assertEquals(1, problems(SOUND + "policy: again\n").size());
    }

    @Test
    void twoTemplatesForTheSamePathsAreRefused() {
        assertEquals(
                List.of("p.yaml:17:5: /a/:y matches the same paths as /a/:x"),
                problems(SOUND + "paths:\n  application: [\"/a/:x\", \"/a/:y\"]\n").stream()
                        .map(problem -> problem.replaceFirst(":17:\\d+:", ":17:5:"))
                        .toList());
    }
}
