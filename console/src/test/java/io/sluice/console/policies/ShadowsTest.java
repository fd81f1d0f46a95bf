package io.sluice.console.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.console.audit.AuditLog;
import io.sluice.console.audit.AuditUnavailable;
import io.sluice.console.policies.ActivationRefused.Reason;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.schema.ShadowCount;
import io.sluice.schema.ShadowField;
import io.sluice.schema.ShadowOutcome;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShadowsTest {
    private static final String SHIPPED = PolicyFiles.DEFAULT;
    private static final String SHOWS =
            "fields: [{field: props.note, clause: usage.data, because: b, owner: me, routes: {analytics: scan}}]\n";

    @TempDir
    Path folder;

    private final Clock clock = Clock.systemUTC();
    private final HeldTopic topic = new HeldTopic(clock);
    private final ShadowCounts counts = (entry, since) -> {
        ShadowSums sums = new ShadowSums(entry);
        sums.add(count(1, 3, 0));
        sums.add(count(2, 5, 1));
        sums.add(count(2, 6, 2));
        return sums.counts();
    };
    private Shadows shadows;

    private static ShadowCount count(long entry, long events, long exposed) {
        return new ShadowCount(
                entry,
                1L,
                0L,
                events,
                List.of(new ShadowField("analytics", "props.note", exposed, 0L, 0L, 1L)),
                List.of(new ShadowOutcome("analytics", "released", "suppressed", 1L)));
    }

    @BeforeEach
    void begin() throws Exception {
        topic.begin(SHIPPED);
        shadows = new Shadows(topic, counts, new AuditLog(folder.resolve("audit.jsonl"), clock));
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
        ShadowState begun = shadows.start("ann", policy("shows-1", SHOWS), 20);
        assertEquals("shows-1", begun.version());
        assertFalse(begun.everyTaskHasIt());
        topic.taken();
        assertTrue(shadows.state().everyTaskHasIt());
        assertEquals(List.of(SHIPPED), topic.versions(), "it goes not live, for all it exposes");
        shadows.start("bob", policy("shows-2", SHOWS), 1);
        assertEquals("shows-2", shadows.state().version());
        shadows.stop("ann");
        ActivationRefused none = assertThrows(ActivationRefused.class, shadows::state);
        assertEquals(Reason.UNKNOWN, none.reason());
        assertThrows(ActivationRefused.class, () -> shadows.stop("ann"));
        assertEquals(List.of("shows-1, one in 20", "shows-2, one in 1", "none"), topic.shadows());
        assertEquals(List.of("ann shadow shows-1", "bob shadow shows-2", "ann end-shadow shows-2"), audit());
    }

    @Test
    void addsUpWhatWasCountedOfItAndOfNoOther() throws Exception {
        shadows.start("ann", policy("shows-1", SHOWS), 20);
        assertFalse(shadows.state().exposes(), "it counted something the same");
        shadows.start("ann", policy("shows-2", SHOWS), 20);
        ShadowState state = shadows.state();
        assertEquals(
                new ShadowState.Counts(
                        2,
                        0,
                        11,
                        List.of(new ShadowState.Field("analytics", "props.note", 3, 0, 0, 2)),
                        List.of(new ShadowState.Outcome("analytics", "released", "suppressed", 2))),
                state.counts());
        assertTrue(state.exposes());
    }

    @Test
    void whatDoesNotLoadIsRefusedAndWhatIsTriedStays() throws Exception {
        shadows.start("ann", policy("shows-1", SHOWS), 20);
        ActivationRefused refused = assertThrows(
                ActivationRefused.class, () -> shadows.start("ann", policy("broken-1", "fieldz: []\n"), 20));
        assertEquals(Reason.INVALID, refused.reason());
        assertTrue(
                refused.problems().get(0).startsWith("policy.yaml:3:9: unknown key fieldz"),
                refused.problems().get(0));
        assertThrows(ActivationRefused.class, () -> shadows.start("ann", policy(SHIPPED + "-optin", SHOWS), 20));
        assertEquals("shows-1", shadows.state().version());
        assertEquals(List.of("ann shadow shows-1", "ann refuse broken-1", "ann refuse " + SHIPPED + "-optin"), audit());
    }

    @Test
    void withoutAuditNothingIsTried() {
        Shadows unaudited = new Shadows(topic, counts, new AuditLog(folder, clock));
        assertThrows(AuditUnavailable.class, () -> unaudited.start("ann", policy("shows-1", SHOWS), 20));
        assertEquals(List.of(), topic.shadows());
    }

    @Test
    void whatKafkaDoesNotAcknowledgeIsSaidInTheAuditToo() throws Exception {
        assertThrows(PoliciesUnavailable.class, () -> shadows.start("ann", policy("lost-1", SHOWS), 20));
        assertEquals(List.of("ann shadow lost-1", "ann not-acknowledged lost-1"), audit());
    }
}
