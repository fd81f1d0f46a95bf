package io.sluice.redaction.rule;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.redaction.event.Fields;
import io.sluice.redaction.transform.Transform;
import io.sluice.redaction.transform.Visitor;
import io.sluice.redaction.yaml.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                List.of("p.yaml:3:11: no rule keeps the clause log.ip; say kept-by: open until one does"),
                problems(SOUND.replace("clauses:\n", "clauses:\n  log.ip: {says: x, kept-by: rules}\n")));
    }

    @Test
    void keepingAPersonalCategoryNeedsABecauseAndClientInformationIsNeverKept() {
        assertEquals(
                List.of("p.yaml:15:25: the rule for @timestamp keeps email on the route analytics; say because"),
                problems(SOUND.replace("    because: it is needed\n", "    category: email\n")));
        assertEquals(
                List.of(
                        "p.yaml:16:25: the rule for @timestamp keeps client-information on the route analytics, which no"
                                + " route may"),
                problems(SOUND.replace("    owner: me\n", "    owner: me\n    category: client-information\n")));
    }

    @Test
    void aFieldWithoutAClauseIsRefused() {
        assertEquals(
                List.of("p.yaml:11:5: the rule for @timestamp needs clause: the promise of the notice that it keeps"),
                problems(SOUND.replace("    clause: log.time\n", "")));
        assertEquals(
                List.of("p.yaml:11:5: a rule needs field: the name of the field it is for"),
                problems(SOUND.replace("- field: \"@timestamp\"\n    clause", "- clause")));
    }

    @Test
    void aClauseThatConsentIsToKeepNeedsAPurposeThatCanBeRefused() {
        String consent = SOUND.replace("clauses:\n", "clauses:\n  usage.opt-out: {says: x, kept-by: consent}\n");
        assertEquals(
                List.of("p.yaml:3:18: no purpose can be refused, so consent does not keep the clause usage.opt-out; say"
                        + " what closes one, or kept-by: open"),
                problems(consent));
        assertDoesNotThrow(
                () -> read(consent.replace("{default: open}", "{default: open, closes: {product-choice: drop}}")));
        assertDoesNotThrow(() -> read(consent.replace("kept-by: consent", "kept-by: open")));
    }

    /** Each of these would look like a rule and drop everything, or let nothing out that it names. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hour       | the treatment hour is for @timestamp alone; on props.plan it can never apply",
                "template   | the treatment template is for url.path alone; on props.plan it can never apply",
                "parameters | the treatment parameters is for url.query alone; on props.plan it can never apply",
                "visitor    | the treatment visitor is for visitor.id alone; on props.plan it can never apply"
            })
    void aRuleThatCanNeverApplyIsRefused(String treatment, String what) {
        assertEquals(
                List.of("p.yaml:19:26: " + what),
                problems(SOUND
                        + "  - {field: props.plan, clause: log.time, because: x,\n     owner: me,\n\n     routes: {analytics: "
                        + treatment + "}}\n"));
    }

    @Test
    void aTreatmentThatNoTimeSurvivesIsRefusedOnTheTime() {
        assertEquals(
                List.of("p.yaml:15:25: @timestamp is a time, and scan can never apply to one"),
                problems(SOUND.replace("analytics: keep", "analytics: scan")));
    }

    @Test
    void aFormThatNamesWhatItsRuleDropsIsRefused() {
        String forms = SOUND.replace(
                "retention: 7 d}", "retention: 7 d, anonymized: {\"@timestamp\": hour, log.level: same}}");
        assertEquals(
                List.of("p.yaml:9:95: the anonymized form of the route analytics names log.level, which has no rule"),
                problems(forms));
        assertEquals(
                List.of(
                        "p.yaml:9:95: the anonymized form of the route analytics names log.level, which its rule does not"
                                + " let out there, so it can never apply"),
                problems(forms + "  - {field: log.level, clause: log.time}\n"));
    }

    @Test
    void theQueryOfAPageForClientsCanNeverApply() {
        assertEquals(
                List.of("p.yaml:18:7: of a page with audience: client no route lets a query out, so the query of /i can"
                        + " never apply"),
                problems(
                        SOUND + "paths:\n  application:\n    - {path: /i, audience: client, query: {page: number}}\n"));
    }

    @Test
    void anExampleThatDoesNotHoldIsRefused() {
        String example = SOUND + "    examples:\n      - {time: \"2024-01-10T12:00:00Z\", analytics: \"%s\"}\n";
        assertDoesNotThrow(() -> read(example.formatted("2024-01-10T12:00:00Z")));
        assertEquals(
                List.of("p.yaml:17:9: this example does not hold: on the route analytics @timestamp gives"
                        + " 2024-01-10T12:00:00Z, not 2024-01-10T00:00:00Z"),
                problems(example.formatted("2024-01-10T00:00:00Z")));
        assertEquals(
                List.of("p.yaml:17:9: an example needs a value, a number, a time or a flag"),
                problems(SOUND + "    examples:\n      - {analytics: x}\n"));
    }

    @Test
    void anotherPolicyOfTheSameIdAndOtherContentIsRefused() throws PolicyException {
        PolicyFiles own = new PolicyFiles("p.yaml", new TreeMap<>(Map.of("p.yaml", SOUND)));
        PolicyFiles same = new PolicyFiles("q.yaml", new TreeMap<>(Map.of("q.yaml", SOUND)));
        PolicyFiles other = new PolicyFiles("q.yaml", new TreeMap<>(Map.of("q.yaml", SOUND + "# other\n")));
        assertEquals("test-1", PolicyReader.read(own, List.of(same)).version());
        assertEquals(
                "p.yaml:1:9: the policy test-1 exists already, with other content, in q.yaml; give this one an id of its"
                        + " own",
                assertThrows(PolicyException.class, () -> PolicyReader.read(own, List.of(other)))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default: open}   | default: opne}                       | p.yaml:7:24: default is open (until refused) or closed (until granted); did you mean open?",
                "default: open}   | default: open, closedIn: [CA, QC-1]} | p.yaml:7:45: QC-1 is no country or region, such as CA or CA-QC",
                "default: open}   | default: open, closes: {dtn: drop}}  | p.yaml:7:44: unknown signal dtn; did you mean dnt?",
                "default: open}   | default: open, closes: {dnt: dorp}}  | p.yaml:7:44: the effect is drop or anonymize; did you mean drop?",
                "retention: 7 d   | retention: a week                    | p.yaml:9:46: a route needs a retention in days, such as 90 d",
                "signals: visible | signals: visble                      | p.yaml:5:26: signals is one of [not-collected, not-visible, visible]; did you mean visible?",
                "kept-by: rules   | kept-by: rule                        | p.yaml:3:32: kept-by is one of [rules, dataset, route, purpose, retention, request, vault, consent, version, open]; did you mean rules?",
                "analytics: keep  | analitics: keep                      | p.yaml:15:25: unknown route analitics; did you mean analytics?",
                "analytics: keep  | analytics: {mask: {frist: 1}}        | p.yaml:15:40: unknown key frist; did you mean first?",
                "analytics: keep  | analytics: tokenize                  | p.yaml:15:25: the treatment tokenize needs options",
                "'\"@timestamp\"' | '\"*\"'                                | p.yaml:11:12: an asterisk may not come first: it would let out what nobody listed",
                "'\"@timestamp\"' | props.a*                             | p.yaml:11:12: an asterisk stands for a whole name between dots, such as props.*.price",
                "'\"@timestamp\"' | props..a                             | p.yaml:11:12: a field is names between dots, such as props.plan, not props..a"
            })
    void unknownNamesAreSaidWithWhatWasMeant(String from, String to, String problem) {
        assertEquals(problem, problems(SOUND.replace(from, to)).get(0));
    }

    @Test
    void unknownRegionsCategoriesAndBasesAreSaid() {
        assertEquals(
                List.of("p.yaml:16:20: unknown region QB, for one such as CA; did you mean QA?"),
                problems(SOUND + "phoneRegions: [CA, QB]\n").stream()
                        .map(problem -> problem.replaceFirst("mean ..", "mean QA"))
                        .toList());
        assertEquals(
                List.of("p.yaml:16:15: unknown category emial; did you mean email?"),
                problems(SOUND + "    category: emial\n"));
        assertEquals(
                "p.yaml:1:10: there is no shipped policy ottomatiq-2024-01-11 to extend; did you mean"
                        + " ottomatiq-2024-01-10?",
                problems("extends: ottomatiq-2024-01-11\n" + SOUND).get(0));
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

    @Test
    void whatAnExtendingPolicySaysOfADatasetCountsForTheRulesOfTheOther() throws PolicyException {
        TreeMap<String, String> files = new TreeMap<>(
                PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow().files());
        files.put(
                "own.yaml",
                "policy: own-1\nextends: " + PolicyFiles.DEFAULT
                        + "\ndatasets:\n  marketing-site: {hosts: [www.example.com], signals: visible}\n");
        RedactionPolicy policy = PolicyReader.read(new PolicyFiles("own.yaml", files));
        List<Transform> visitors = policy.fields().stream()
                .filter(rule -> rule.field().equals(Fields.VISITOR_ID))
                .flatMap(rule -> rule.routes().values().stream())
                .toList();
        assertFalse(visitors.isEmpty());
        for (Transform visitor : visitors) {
            assertEquals(new Visitor(Set.of("application"), Set.of("marketing-site")), visitor);
        }
    }
}
