package io.sluice.redaction.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.transform.Keep;
import io.sluice.redaction.transform.Listed;
import io.sluice.redaction.transform.Mask;
import io.sluice.redaction.transform.NumberRange;
import io.sluice.redaction.transform.Scan;
import io.sluice.redaction.transform.TimeTo;
import io.sluice.redaction.transform.Tokenize;
import io.sluice.redaction.transform.Transform;
import io.sluice.redaction.transform.TruncateIp;
import io.sluice.redaction.transform.Visitor;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as newly exposed, and what only hides more. */
class ExposuresTest {
    private static final String BASE =
            """
            policy: test-1
            clauses:
              c: {says: x, kept-by: rules}
            datasets:
              application: {signals: not-visible, hosts: [app.example.com]}
            purposes:
              analytics: {default: open, closedIn: [DE, FR], closes: {product-choice: drop, opt-out-cookie: drop, dnt: anonymize}}
              security: {default: open}
            routes:
              analytics: {purpose: analytics, retention: 30 d, anonymized: {"@timestamp": hour, url.path: same}, client: {"@timestamp": day, url.path: same}}
              security: {purpose: security, retention: 30 d}
            fields:
              - {field: "@timestamp", clause: c, because: b, owner: me, routes: {analytics: keep, security: keep}}
              - {field: url.path, clause: c, because: b, owner: me, routes: {analytics: template}}
              - {field: url.query, clause: c, because: b, owner: me, routes: {analytics: parameters}}
              - {field: event.action, clause: c, because: b, owner: me, routes: {analytics: {listed: [open, close]}}}
              - {field: "props.*", clause: c, because: b, owner: me, routes: {analytics: scan}}
              - {field: props.email, clause: c, because: b, owner: me, category: email, routes: {}}
            paths:
              application:
                - /pricing
                - {path: "/clients/:client", holds: {client: client-information}, audience: client}
                - {path: /search, query: {sort: [name, date], page: number}}
                - "/help/*"
            freeText: ["props.*"]
            """;

    private static RedactionPolicy read(String text) {
        TreeMap<String, String> files = new TreeMap<>();
        files.put("p.yaml", text);
        try {
            return PolicyReader.read(new PolicyFiles("p.yaml", files));
        } catch (PolicyException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static List<String> exposed(String from, String to) {
        assertTrue(BASE.contains(from), from);
        return Exposures.of(read(BASE), read(BASE.replace(from, to))).stream()
                .map(Exposure::toString)
                .toList();
    }

    @Test
    void aPolicyExposesNothingBesideItself() {
        assertEquals(List.of(), Exposures.of(read(BASE), read(BASE.replace("policy: test-1", "policy: test-2"))));
    }

    @Test
    void theShippedOptInPolicyOnlyHidesMoreAndTheWayBackExposes() throws PolicyException {
        RedactionPolicy open =
                PolicyReader.read(PolicyFiles.shipped("ottomatiq-2024-01-10").orElseThrow());
        RedactionPolicy optIn = PolicyReader.read(
                PolicyFiles.shipped("ottomatiq-2024-01-10-optin").orElseThrow());
        assertEquals(List.of(), Exposures.of(open, open));
        assertEquals(List.of(), Exposures.of(open, optIn));
        assertTrue(
                Exposures.of(optIn, open).stream().anyMatch(one -> one.what().equals("closedIn CA-QC")),
                "closed until granted there");
    }

    @Test
    void aDroppedFieldThatLeavesIsExposedAndTheOtherWayRoundIsNot() {
        String rule = "field: props.email, clause: c, because: b, owner: me, category: email, routes: {";
        assertEquals(List.of("props.email (route security): dropped -> scan"), exposed(rule, rule + "security: scan"));
        assertEquals(List.of(), exposed("routes: {analytics: scan}", "routes: {}"));
    }

    /** The rule that held a field back is gone, and a wide one takes its place. */
    @Test
    void aFieldThatFallsUnderAWiderRuleIsExposed() {
        String rule = "  - {field: props.email, clause: c, because: b, owner: me, category: email, routes: {}}\n";
        assertEquals(
                List.of(
                        "props.email (route analytics): dropped -> scan",
                        "props.email (category): email -> no category"),
                exposed(rule, ""));
    }

    /** Two patterns overlap in names that neither of them spells out. */
    @Test
    void anOverlapOfPatternsIsLookedAt() {
        String wide = "  - {field: \"props.*\", clause: c, because: b, owner: me, routes: {analytics: scan}}\n";
        String inner =
                "  - {field: \"props.*.price\", clause: c, because: b, owner: me, routes: {analytics: {number: {min: 0, max: 9}}}}\n";
        String other = "  - {field: \"props.item.*\", clause: c, because: b, owner: me, routes: {}}\n";
        RedactionPolicy before = read(BASE.replace(wide, wide + inner + other));
        RedactionPolicy after = read(BASE.replace(wide, wide + inner));
        List<String> exposed =
                Exposures.of(before, after).stream().map(Exposure::toString).toList();
        assertTrue(exposed.contains("props.item.* (route analytics): dropped -> scan"), exposed.toString());
        assertFalse(exposed.stream().anyMatch(one -> one.startsWith("props.* ")), exposed.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{listed: [open, close]} | {listed: [open, close, pay]} | event.action (route analytics): listed -> listed, wider",
                "analytics: {listed: [open, close]}} | analytics: keep} | event.action (route analytics): listed -> keep",
                "\"@timestamp\": hour | \"@timestamp\": same | @timestamp (route analytics, form anonymized): hour -> keep",
                "\"@timestamp\": hour, | \"@timestamp\": hour, event.action: same, | event.action (route analytics, form anonymized): dropped -> listed",
                "client: {\"@timestamp\": day | client: {\"@timestamp\": hour | @timestamp (route analytics, form client): day -> hour",
                "retention: 30 d, anon | retention: 31 d, anon | retention (route analytics): 30 d -> 31 d",
                "purpose: security, | purpose: analytics, | purpose (route security): security -> analytics",
                "[DE, FR] | [DE] | closedIn FR (route analytics): closed -> open",
                "product-choice: drop | product-choice: anonymize | product-choice (route analytics): closed -> anonymized",
                "opt-out-cookie: drop | opt-out-cookie: anonymize | signal opt-out-cookie (route analytics): closed -> anonymized",
                ", dnt: anonymize | | signal dnt (route analytics): anonymized -> open",
                "- /pricing | - /jobs | path /jobs (dataset application): (other) -> /jobs",
                "- \"/help/*\" | - \"/help/*\"\\n    - /help/me | path /help/me (dataset application): /help/* -> /help/me",
                ", audience: client | | audience of /clients/:client (dataset application): client -> anybody",
                "holds: {client: client-information}, | | :client of /clients/:client (dataset application): cut out before sealing -> not cut out",
                "[name, date] | [name, date, size] | query parameter sort of /search (dataset application): let out -> let out, wider",
                "page: number | page: number, q: [a] | query parameter q of /search (dataset application): dropped -> let out",
                "freeText: [\"props.*\"] | freeText: [] | props.* : searched for identifiers -> not searched",
                "signals: not-visible, hosts: [app | signals: not-visible, hosts: [www | hosts (dataset application): own -> others are own",
                "policy: test-1 | policy: test-1\\noptOutCookie: no_thanks | optOutCookie: analytics_opt_out -> no_thanks",
                "policy: test-1 | policy: test-1\\nphoneRegions: [CA] | phoneRegions US: found -> not found",
                "application: {signals | intranet: {}\\n  application: {signals | dataset intranet: quarantined -> read"
            })
    void whatLetsOutMoreIsNamed(String from, String to, String named) {
        List<String> exposed = exposed(from.replace("\\n", "\n"), to == null ? "" : to.replace("\\n", "\n"));
        assertTrue(exposed.contains(named.replace(" : ", ": ")), exposed.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{listed: [open, close]} | {listed: [open]}",
                "analytics: keep, security: keep | analytics: hour, security: keep",
                "retention: 30 d, anon | retention: 7 d, anon",
                "[DE, FR] | [DE, FR, IT]",
                "default: open, closedIn | default: closed, closedIn",
                "dnt: anonymize | dnt: drop",
                "- /pricing\\n    - {path: \"/clients | - {path: \"/clients",
                "[name, date] | [name]",
                ", page: number | ",
                "policy: test-1 | policy: test-1\\nphoneRegions: [CA, US, GB]",
                "because: b | because: of something else",
            })
    void whatHidesMoreIsNot(String from, String to) {
        assertEquals(List.of(), exposed(from.replace("\\n", "\n"), to == null ? "" : to.replace("\\n", "\n")));
    }

    /** What cannot be compared counts as looser. */
    @Test
    void treatmentsHaveAnOrderOnlyWhereItIsSure() {
        Transform token = new Tokenize("ip");
        assertFalse(Looseness.isLooser((Transform) null, null));
        assertTrue(Looseness.isLooser((Transform) null, token));
        assertFalse(Looseness.isLooser(token, null));
        assertFalse(Looseness.isLooser(new Keep(), token));
        assertTrue(Looseness.isLooser(new Keep(), new Scan()), "arrays and objects");
        assertTrue(Looseness.isLooser(token, new TruncateIp(24, 48)));
        assertTrue(Looseness.isLooser(new TruncateIp(16, 48), new TruncateIp(24, 32)));
        assertFalse(Looseness.isLooser(new TruncateIp(24, 48), new TruncateIp(16, 48)));
        assertTrue(Looseness.isLooser(new NumberRange(0, 9), new NumberRange(0, 10)));
        assertFalse(Looseness.isLooser(new NumberRange(0, 9), new NumberRange(1, 9)));
        assertFalse(Looseness.isLooser(TimeTo.HOUR, TimeTo.DAY));
        assertTrue(Looseness.isLooser(TimeTo.DAY, TimeTo.HOUR));
        assertTrue(Looseness.isLooser(new Mask(4, 0), new Mask(2, 0)), "shows two of a text that was hidden whole");
        assertFalse(Looseness.isLooser(new Mask(4, 0), new Mask(0, 0)));
        assertTrue(Looseness.isLooser(new Listed(Set.of("a"), null), new Listed(Set.of("a"), "other")));
        assertFalse(Looseness.isLooser(new Listed(Set.of("a"), "x"), new Listed(Set.of(), null)));
        Visitor never = new Visitor(Set.of(), Set.of());
        Visitor whereShown = new Visitor(Set.of(), Set.of("application"));
        Visitor always = new Visitor(Set.of("application"), Set.of());
        assertTrue(Looseness.isLooser(never, always));
        assertTrue(Looseness.isLooser(never, whereShown));
        assertTrue(Looseness.isLooser(whereShown, always));
        assertFalse(Looseness.isLooser(always, whereShown));
        assertFalse(Looseness.isLooser(always, never));
        assertFalse(Looseness.isLooser(whereShown, never));
    }

    /** The samples of all shapes tell patterns apart for every name. */
    @Test
    void aSampleSaysWhatEachNameOfItsOverlapSays() {
        FieldTable<String> table = new FieldTable<>(java.util.Map.of(
                FieldPath.of("props.*"), "wide",
                FieldPath.of("props.*.price"), "inner",
                FieldPath.of("props.item.*"), "item",
                FieldPath.of("props.item.price"), "exact"));
        assertEquals("exact", table.find(FieldPath.of("props.item.price")));
        Set<String> said = new java.util.TreeSet<>();
        NameShape.closed(List.of(
                        NameShape.ofField(List.of("props", "*")),
                        NameShape.ofField(List.of("props", "*", "price")),
                        NameShape.ofField(List.of("props", "item", "*")),
                        NameShape.ofField(List.of("props", "item", "price"))))
                .orElseThrow()
                .forEach(shape -> said.add(table.find(FieldPath.of(String.join(".", shape.sample())))));
        assertEquals(Set.of("wide", "inner", "item", "exact"), said);
        assertNull(table.find(FieldPath.of("props")));
    }
}
