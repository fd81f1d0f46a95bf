package io.sluice.console.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.console.HandSetClock;
import io.sluice.console.audit.AuditLog;
import io.sluice.console.audit.AuditUnavailable;
import io.sluice.console.policies.ActivationRefused.Reason;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.schema.ShadowCount;
import io.sluice.schema.ShadowField;
import io.sluice.schema.ShadowOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShadowsTest {
    private static final String SHIPPED = PolicyFiles.DEFAULT;
    private static final Duration USUAL = Shadows.USUAL;
    private static final String SHOWS =
            "fields: [{field: props.note, clause: usage.data, because: b, owner: me, routes: {analytics: scan}}]\n";

    @TempDir
    Path folder;

    private final HandSetClock clock = new HandSetClock();
    private final HeldTopic topic = new HeldTopic(clock);
    private final ShadowCounts counts = (entry, since) -> {
        ShadowSums sums = new ShadowSums(entry);
        sums.add(count(1, 3, 0));
        sums.add(count(2, 50, 10));
        sums.add(count(2, 60, 20));
        return sums.counts();
    };
    private Shadows shadows;

    private static ShadowCount count(long entry, long events, long exposed) {
        return new ShadowCount(
                entry,
                1L,
                0L,
                events,
                List.of(new ShadowField("analytics", "props.note", exposed, 0L, 0L, 10L)),
                List.of(new ShadowOutcome("analytics", "released", "suppressed", 10L)));
    }

    private AuditLog auditLog() {
        return new AuditLog(folder.resolve("audit.jsonl"), clock);
    }

    @BeforeEach
    void begin() throws Exception {
        topic.begin(SHIPPED);
        shadows = new Shadows(topic, counts, auditLog(), clock);
    }

    private static PolicyFiles policy(String id, String rules) {
        return new PolicyFiles(
                "policy.yaml",
                new TreeMap<>(Map.of(
                        "policy.yaml",
                        "policy: " + id + "\nextends: " + SHIPPED + "\n" + rules,
                        SHIPPED + ".yaml",
                        PolicyFiles.shipped(SHIPPED).orElseThrow().files().get(SHIPPED + ".yaml"))));
    }

    private List<String> audit() throws Exception {
        return AuditLines.of(folder.resolve("audit.jsonl"));
    }

    @Test
    void triesOneBesideThePolicyThatCountsAndEndsIt() throws Exception {
        ShadowState begun = shadows.start("ann", policy("shows-1", SHOWS), 20, USUAL);
        assertEquals("shows-1", begun.version());
        assertFalse(begun.everyTaskHasIt());
        topic.taken();
        assertTrue(shadows.state().everyTaskHasIt());
        assertEquals(List.of(SHIPPED), topic.versions(), "it goes not live, for all it exposes");
        shadows.start("bob", policy("shows-2", SHOWS), 1, USUAL);
        assertEquals("shows-2", shadows.state().version());
        shadows.stop("ann");
        ActivationRefused none = assertThrows(ActivationRefused.class, shadows::state);
        assertEquals(Reason.UNKNOWN, none.reason());
        assertThrows(ActivationRefused.class, () -> shadows.stop("ann"));
        assertEquals(List.of("shows-1, one in 20, 86400 s", "shows-2, one in 1, 86400 s", "none"), topic.shadows());
        assertEquals(List.of("ann shadow shows-1", "bob shadow shows-2", "ann end-shadow shows-2"), audit());
    }

    @Test
    void endsByItselfAndSaysSoOnceAndWhatItCounted() throws Exception {
        shadows.start("ann", policy("shows-1", SHOWS), 20, Duration.ofHours(2));
        shadows.start("ann", policy("shows-2", SHOWS), 20, Duration.ofHours(2));
        assertEquals(clock.instant().plus(Duration.ofHours(2)), shadows.state().until());
        clock.pass(Duration.ofHours(2).minusSeconds(1));
        shadows.sayWhatIsOver();
        assertFalse(shadows.state().over());
        clock.pass(Duration.ofSeconds(1));
        shadows.sayWhatIsOver();
        shadows.sayWhatIsOver();
        assertTrue(shadows.state().over());
        assertEquals(110, shadows.state().counts().events(), "what it counted is still to be seen");
        Shadows afterARestart = new Shadows(topic, counts, auditLog(), clock);
        afterARestart.sayWhatIsOver();
        assertEquals(List.of("ann shadow shows-1", "ann shadow shows-2", "(server) shadow-over shows-2"), audit());
        afterARestart.start("ann", policy("shows-3", SHOWS), 20, Duration.ofMinutes(1));
        clock.pass(Duration.ofMinutes(1));
        afterARestart.sayWhatIsOver();
        assertEquals("(server) shadow-over shows-3", audit().get(4));
    }

    @Test
    void addsUpWhatWasCountedOfItAndOfNoOther() throws Exception {
        shadows.start("ann", policy("shows-1", SHOWS), 20, USUAL);
        assertFalse(shadows.state().exposes(), "it counted something the same");
        shadows.start("ann", policy("shows-2", SHOWS), 20, USUAL);
        ShadowState state = shadows.state();
        assertEquals(
                new FoldedCounts(
                        2,
                        0,
                        110,
                        List.of(new FoldedCounts.Field("analytics", "props.note", 30L, null, null, 20)),
                        List.of(new ShadowState.Outcome("analytics", "released", "suppressed", 20))),
                state.counts());
        assertTrue(state.exposes());
    }

    @Test
    void whatDoesNotLoadIsRefusedAndWhatIsTriedStays() throws Exception {
        shadows.start("ann", policy("shows-1", SHOWS), 20, USUAL);
        ActivationRefused refused = assertThrows(
                ActivationRefused.class, () -> shadows.start("ann", policy("broken-1", "fieldz: []\n"), 20, USUAL));
        assertEquals(Reason.INVALID, refused.reason());
        assertTrue(
                refused.problems().get(0).startsWith("policy.yaml:3:9: unknown key fieldz"),
                refused.problems().get(0));
        assertThrows(ActivationRefused.class, () -> shadows.start("ann", policy(SHIPPED + "-optin", SHOWS), 20, USUAL));
        assertEquals("shows-1", shadows.state().version());
        assertEquals(List.of("ann shadow shows-1", "ann refuse broken-1", "ann refuse " + SHIPPED + "-optin"), audit());
    }

    @Test
    void withoutAuditNothingIsTried() {
        Shadows unaudited = new Shadows(topic, counts, new AuditLog(folder, clock), clock);
        assertThrows(AuditUnavailable.class, () -> unaudited.start("ann", policy("shows-1", SHOWS), 20, USUAL));
        assertEquals(List.of(), topic.shadows());
    }

    @Test
    void whatKafkaDoesNotAcknowledgeIsSaidInTheAuditToo() throws Exception {
        assertThrows(PoliciesUnavailable.class, () -> shadows.start("ann", policy("lost-1", SHOWS), 20, USUAL));
        assertEquals(List.of("ann shadow lost-1", "ann not-acknowledged lost-1"), audit());
    }
}
