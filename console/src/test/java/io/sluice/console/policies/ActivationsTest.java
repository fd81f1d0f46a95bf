package io.sluice.console.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.console.HandSetClock;
import io.sluice.console.audit.AuditLog;
import io.sluice.console.audit.AuditUnavailable;
import io.sluice.console.policies.Activation.Progress;
import io.sluice.console.policies.ActivationRefused.Reason;
import io.sluice.redaction.rule.PolicyFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationsTest {
    private static final String SHIPPED = PolicyFiles.DEFAULT;
    private static final String HIDES =
            "fields: [{field: http.version, clause: usage.data, because: b, owner: me, routes: {}}]\n";
    private static final String SHOWS =
            "fields: [{field: props.note, clause: usage.data, because: b, owner: me, routes: {analytics: scan}}]\n";

    @TempDir
    Path folder;

    private final HandSetClock clock = new HandSetClock();
    private final HeldTopic topic = new HeldTopic(clock);
    private Activations activations;

    @BeforeEach
    void begin() throws Exception {
        topic.begin(SHIPPED);
        activations = topic.activations(new AuditLog(folder.resolve("audit.jsonl"), clock));
        clock.pass(Duration.ofDays(10));
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

    private Activation activate(String id, String rules) throws Exception {
        return activations.activate("ann", policy(id, rules), false, false);
    }

    private ActivationRefused refused(Reason reason, org.junit.jupiter.api.function.Executable asked) {
        ActivationRefused refused = assertThrows(ActivationRefused.class, asked);
        assertEquals(reason, refused.reason());
        return refused;
    }

    private List<String> audit() throws Exception {
        return AuditLines.of(folder.resolve("audit.jsonl"));
    }

    @Test
    void whatOnlyHidesMoreGoesLiveAtOnceAndIsInForceWhenItsTimeHasCome() throws Exception {
        Activation recorded = activate("hides-1", HIDES);
        assertEquals(Progress.PENDING, recorded.progress(), "no job runs");
        assertEquals(clock.instant().plusSeconds(30), recorded.countsFrom());
        topic.taken();
        long offset = recorded.offset() == null ? -1 : recorded.offset();
        assertEquals(Progress.RECORDED, activations.state(offset).progress(), "every task has it, too early");
        clock.pass(Duration.ofSeconds(29));
        assertEquals(
                List.of(SHIPPED, "hides-1"),
                activations.active().active().stream().map(Activation::version).toList());
        clock.pass(Duration.ofSeconds(1));
        topic.taken();
        Activation live = activations.state(offset);
        assertEquals(Progress.IN_FORCE, live.progress());
        assertEquals(recorded.countsFrom(), live.inForceSince());
        assertEquals(1, activations.active().active().size());
        assertEquals(List.of(SHIPPED, "hides-1"), topic.versions());
        assertEquals(List.of("ann activate hides-1"), audit());
    }

    @Test
    void askedAgainItIsWrittenOnce() throws Exception {
        activate("hides-1", HIDES);
        activate("hides-1", HIDES);
        assertEquals(List.of(SHIPPED, "hides-1"), topic.versions());
    }

    @Test
    void whatExposesWaitsForAnotherAccount() throws Exception {
        Activation waiting = activate("shows-1", SHOWS);
        assertEquals(Progress.WAITING, waiting.progress());
        assertEquals(
                "props.note (route analytics): dropped -> scan",
                waiting.exposed().get(0).toString());
        assertEquals(List.of(SHIPPED), topic.versions());
        String request = String.valueOf(waiting.request());
        refused(Reason.FORBIDDEN, () -> activations.approve("ann", request));
        assertEquals(List.of(SHIPPED), topic.versions());
        assertEquals(1, activations.active().waiting().size(), "somebody else may still");
        assertEquals("shows-1", activations.approve("bob", request).version());
        assertEquals(List.of(SHIPPED, "shows-1"), topic.versions());
        refused(Reason.UNKNOWN, () -> activations.approve("bob", request));
        assertEquals(
                List.of("ann ask shows-1", "ann refuse shows-1", "bob approve shows-1", "ann activate shows-1"),
                audit());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "bob"})
    void whatWaitsIsTakenBackByWhoAskedOrByAnother(String account) throws Exception {
        String request = String.valueOf(activate("shows-1", SHOWS).request());
        String other = String.valueOf(activate("shows-2", SHOWS).request());
        Activation withdrawn = activations.withdraw(account, request);
        assertEquals(Progress.WITHDRAWN, withdrawn.progress());
        assertEquals("ann", withdrawn.askedBy());
        refused(Reason.UNKNOWN, () -> activations.approve("bob", request));
        refused(Reason.UNKNOWN, () -> activations.withdraw(account, request));
        assertEquals(
                List.of(other),
                activations.active().waiting().stream().map(Activation::request).toList());
        assertEquals(List.of(SHIPPED), topic.versions());
        assertEquals(List.of("ann ask shows-1", "ann ask shows-2", account + " withdraw shows-1"), audit());
    }

    @Test
    void withoutAuditNothingIsTakenBack() throws Exception {
        String request = String.valueOf(activate("shows-1", SHOWS).request());
        Files.delete(folder.resolve("audit.jsonl"));
        Files.createDirectory(folder.resolve("audit.jsonl"));
        assertThrows(AuditUnavailable.class, () -> activations.withdraw("ann", request));
        assertEquals(1, activations.active().waiting().size());
    }

    @Test
    void anApprovalHoldsForWhatItWasComparedWith() throws Exception {
        String request = String.valueOf(activate("shows-1", SHOWS).request());
        activate("hides-1", HIDES);
        refused(Reason.CONFLICT, () -> activations.approve("bob", request));
        assertEquals(List.of(SHIPPED, "hides-1"), topic.versions());
    }

    @Test
    void aRequestEndsAfterADay() throws Exception {
        String request = String.valueOf(activate("shows-1", SHOWS).request());
        clock.pass(Duration.ofHours(24));
        refused(Reason.UNKNOWN, () -> activations.approve("bob", request));
    }

    @Test
    void theWayBackFromWhatExposedNeedsNobodyAndTheOtherWayBackDoes() throws Exception {
        refused(Reason.CONFLICT, () -> activations.rollBack("ann", false));
        activations.approve("bob", String.valueOf(activate("shows-1", SHOWS).request()));
        assertEquals(SHIPPED, activations.rollBack("ann", false).version());
        assertEquals(List.of(SHIPPED, "shows-1", SHIPPED), topic.versions());
        assertEquals(Progress.WAITING, activations.rollBack("ann", false).progress(), "back to what exposes more");
    }

    /** A record of yesterday may still be unread, and was received under a stricter policy than the newest. */
    @Test
    void whatIsUrgentIsComparedWithAllThatUnreadRecordsWereReceivedUnder() throws Exception {
        activations.approve("bob", String.valueOf(activate("shows-1", SHOWS).request()));
        clock.pass(Duration.ofDays(1));
        PolicyFiles same = policy("shows-2", SHOWS);
        assertEquals(List.of(), activations.activate("ann", same, false, true).exposed());
        assertFalse(activations.activate("ann", same, true, true).exposed().isEmpty());
        clock.pass(Duration.ofDays(4));
        assertEquals(List.of(), activations.activate("ann", same, true, true).exposed());
    }

    @Test
    void aDryRunLeavesNothing() throws Exception {
        assertEquals(
                Progress.TRIED,
                activations
                        .activate("ann", policy("shows-1", SHOWS), false, true)
                        .progress());
        assertEquals(List.of(SHIPPED), topic.versions());
        assertFalse(Files.exists(folder.resolve("audit.jsonl")));
        assertEquals(List.of(), activations.active().waiting());
    }

    @Test
    void allProblemsComeBackAndTheOldOneStays() throws Exception {
        ActivationRefused refused = refused(Reason.INVALID, () -> activate("broken-1", "fieldz: []\npurposez: {}\n"));
        assertEquals(2, refused.problems().size());
        assertTrue(
                refused.problems().get(0).startsWith("policy.yaml:3:9: unknown key fieldz"),
                refused.problems().get(0));
        assertEquals(List.of(SHIPPED), topic.versions());
        assertEquals(List.of("ann refuse broken-1"), audit());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hides-1", "ottomatiq-2024-01-10-optin"})
    void anIdStandsForOneContent(String id) throws Exception {
        activate("hides-1", HIDES);
        ActivationRefused refused = refused(Reason.INVALID, () -> activate(id, HIDES + "# changed\n"));
        assertTrue(
                refused.problems().get(0).contains("exists already, with other content"),
                refused.problems().get(0));
    }

    /** What is checked under one name must not be another thing under the name the jobs read. */
    @Test
    void aFileUnderTheNameOfThePolicyItselfIsNoWayRoundTheCheck() throws Exception {
        PolicyFiles tricky = policy("hides-1", HIDES);
        TreeMap<String, String> files = new TreeMap<>(tricky.files());
        files.put("hides-1.yaml", "policy: other-1\nextends: " + SHIPPED + "\n" + SHOWS);
        Activation live = activations.activate("ann", new PolicyFiles("policy.yaml", files), false, false);
        assertEquals(List.of(), live.exposed());
        assertFalse(topic.log().standings().get(1).entry().getFiles().toString().contains("props.note"));
    }

    @Test
    void withoutAuditNothingGoesLive() throws Exception {
        Activations unaudited = topic.activations(new AuditLog(folder, clock));
        assertThrows(AuditUnavailable.class, () -> unaudited.activate("ann", policy("hides-1", HIDES), false, false));
        assertThrows(AuditUnavailable.class, () -> unaudited.activate("ann", policy("shows-1", SHOWS), false, false));
        assertEquals(List.of(SHIPPED), topic.versions());
        assertEquals(List.of(), unaudited.active().waiting());
    }

    @Test
    void whatKafkaDoesNotAcknowledgeIsSaidInTheAuditToo() throws Exception {
        assertThrows(PoliciesUnavailable.class, () -> activate("lost-1", HIDES));
        assertEquals(List.of("ann activate lost-1", "ann not-acknowledged lost-1"), audit());
    }

    @Test
    void beforeTheFirstPolicyThereIsNothingToCompareWith() throws Exception {
        Activations empty = new HeldTopic(clock).activations(new AuditLog(folder.resolve("other"), clock));
        refused(Reason.CONFLICT, () -> empty.activate("ann", policy("hides-1", HIDES), false, false));
    }
}
