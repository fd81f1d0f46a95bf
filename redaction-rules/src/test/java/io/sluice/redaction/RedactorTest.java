package io.sluice.redaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.keys.ThrowawayKeyStore;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.rule.Form;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.RedactionPolicy;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What leaves of nested values, of names that senders chose, and of what nobody listed. */
class RedactorTest {
    private static final String POLICY =
            """
            policy: test-1
            clauses: {usage.data: {says: x, kept-by: rules}}
            datasets: {application: {signals: visible}}
            paths: {application: [{path: "/clients/:client", holds: {client: client-information}}]}
            purposes: {analytics: {default: open}}
            routes:
              analytics:
                purpose: analytics
                retention: 7 d
                anonymized: {"props.*": same}
            freeText: [props.note]
            fields:
              - {field: "props.*", clause: usage.data, because: x, owner: me, routes: {analytics: scan}}
              - {field: props.email, clause: usage.data, because: x, owner: me}
              - {field: props.items.price, clause: usage.data, because: x, owner: me, routes: {analytics: {number: {max: 100}}}}
              - {field: props.items.name, clause: usage.data, because: x, owner: me}
              - {field: "props.*.size", clause: usage.data, because: x, owner: me, routes: {analytics: {listed: [s, m]}}}
            """;

    private final RedactionPolicy policy = policy();
    private final Redactor redactor = new Redactor(policy, new ThrowawayKeyStore(new SecureRandom()), policy.scanner());

    private static RedactionPolicy policy() {
        try {
            return PolicyReader.read(new PolicyFiles("p.yaml", new TreeMap<>(Map.of("p.yaml", POLICY))));
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, String> redact(Event event, Form form) {
        Scanned scanned = redactor.scan(event, policy.datasets().get("application"), 0);
        Redacted redacted = redactor.redact(scanned, policy.routes().get("analytics"), form);
        Map<String, String> left = new LinkedHashMap<>();
        for (int i = 0; i < redacted.size(); i++) {
            left.put(redacted.path(i).name(), redacted.value(i).plain());
        }
        return left;
    }

    private static FieldPath field(String name) {
        return FieldPath.of(name);
    }

    @Test
    void aRuleThatDropsHoldsBesideOneThatKeepsAllBelow() {
        Event event = new Event().set(field("props.email"), "x").set(field("props.plan"), "pro");
        assertEquals(Map.of("props.plan", "pro"), redact(event, Form.FULL));
        assertEquals(Map.of("props.plan", "pro"), redact(event, Form.ANONYMIZED));
    }

    @Test
    void eachValueInAnArrayFallsUnderTheRuleOfItsOwnName() {
        Value items = new Value.Items(List.of(
                new Value.Members(Map.of("price", new Value.Whole(5), "name", new Value.Text("Jane Doe"))),
                new Value.Members(Map.of("price", new Value.Whole(4111111111111111L))),
                new Value.Members(Map.of("price", new Value.Decimal(7.5), "size", new Value.Text("m")))));
        Map<String, String> left = redact(new Event().set(field("props.items"), items), Form.FULL);
        assertEquals(Map.of("props.items.price", "5, 7.5", "props.items.size", "m"), left);
    }

    @Test
    void textsInArraysAreScanned() {
        Value tags = new Value.Items(List.of(new Value.Text("red"), new Value.Text("to jane@example.com")));
        assertEquals(
                Map.of("props.tags", "red, to <email>"), redact(new Event().set(field("props.tags"), tags), Form.FULL));
    }

    @Test
    void aNameThatHoldsPersonalDataIsDroppedWithItsValue() {
        Event event = new Event()
                .set(field("props.jane@example.com"), 1)
                .set(field("props.4111111111111111"), true)
                .set(
                        field("props.map"),
                        new Value.Items(List.of(new Value.Members(
                                Map.of("jane@example.com", new Value.Text("x"), "plain", new Value.Text("y"))))));
        assertEquals(Map.of("props.map.plain", "y"), redact(event, Form.FULL));
    }

    @Test
    void numbersAndFlagsAreTreatedToo() {
        Event event = new Event()
                .set(field("props.a"), 4111111111111111L)
                .set(field("props.b"), new Value.Decimal(4111111111111111d))
                .set(field("props.c"), 12)
                .set(field("props.d"), true)
                .set(field("props.e"), new Value.Decimal(Double.NaN));
        assertEquals(Map.of("props.c", "12", "props.d", "true"), redact(event, Form.FULL));
    }

    @Test
    void whatNobodyListedIsDroppedAndCountedByTheShapeOfItsName() {
        Event event = new Event()
                .set(field("kubernetes.pod_7"), "x")
                .set(field("url.original"), "/x")
                .set(field("@timestamp"), new Value.Moment(0))
                .set(field("other"), new Value.Items(List.of(new Value.Members(Map.of("jane", new Value.Flag(true))))));
        Scanned scanned = redactor.scan(event, policy.datasets().get("application"), 0);
        assertEquals(
                List.of("kubernetes.pod_7", "@timestamp", "other.jane", "url.path"),
                scanned.unlisted().stream().map(FieldPath::name).toList());
        assertEquals("a.a_9", io.sluice.redaction.event.Fields.shape(field("kubernetes.pod_7")));
        assertEquals("props.a@a.a", io.sluice.redaction.event.Fields.shape(field("props.jane@example.com")));
        assertTrue(redact(event, Form.FULL).isEmpty());
    }

    @Test
    void aPathWithoutTemplateIsCutWhereATemplateThatBeginsAlikeHoldsAClient() {
        Event event = new Event().set(Fields.URL_ORIGINAL, "/clients/jane/doe?page=2");
        Scanned scanned = redactor.scan(event, policy.datasets().get("application"), 0);
        assertEquals(List.of(new Cut("/clients/jane/doe", "/clients/" + Cut.MARK)), scanned.cuts());
    }

    @Test
    void whatIsFreeTextInAnArrayIsSearchedForWhatMustBeCut() {
        Event event = new Event()
                .set(field("props.note"), new Value.Items(List.of(new Value.Text("password=hunter2-planted"))));
        Scanned scanned = redactor.scan(event, policy.datasets().get("application"), 0);
        assertTrue(scanned.cuts().stream().anyMatch(cut -> cut.text().contains("hunter2-planted")));
        assertNull(redact(event, Form.CLIENT).get("props.note"));
    }
}
