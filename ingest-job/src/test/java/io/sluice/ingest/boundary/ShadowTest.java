package io.sluice.ingest.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.enrich.Enricher;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.keys.KeyStore;
import io.sluice.keys.KeyedHash;
import io.sluice.redaction.consent.Choice;
import io.sluice.redaction.consent.Choices;
import io.sluice.redaction.consent.GateKey;
import io.sluice.redaction.consent.Purpose;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.PolicyTimeline;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.schema.ShadowCount;
import io.sluice.schema.ShadowField;
import io.sluice.schema.ShadowOutcome;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShadowTest {
    private static final long RECEIVED =
            Instant.parse("2024-01-10T12:34:56.789Z").toEpochMilli();
    /** The end of a trial without one. */
    private static final long NEVER = Long.MAX_VALUE;

    private static final String EVENT =
            "{\"type\":\"login\",\"timestamp\":\"2024-01-10T12:34:50Z\",\"user\":{\"id\":\"u-1\"},"
                    + "\"page\":{\"url\":\"https://www.example.com/clients/jane-doe\"},\"props\":{\"jane_doe\":5}}";

    private static final Choices REFUSED = new Choices() {
        @Override
        public @Nullable Choice find(GateKey key, Purpose purpose) {
            return Choice.REFUSED;
        }

        @Override
        public boolean isEmpty() {
            return false;
        }
    };

    private final PolicyTimeline active = PolicyTimeline.always(policy("active-1", ""));
    private final ShadowTally tally = new ShadowTally();
    private @Nullable Candidate candidate;

    private static RedactionPolicy policy(String id, String fields) {
        TreeMap<String, String> files = new TreeMap<>(
                PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow().files());
        files.put("p.yaml", "policy: " + id + "\nextends: " + PolicyFiles.DEFAULT + "\n" + fields);
        try {
            return PolicyReader.read(new PolicyFiles("p.yaml", files));
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    private static RedactionPolicy rule(String field, String routes) {
        return policy(
                "candidate-1",
                "fields: [{field: \"" + field + "\", clause: usage.data, because: x, owner: me, routes: {" + routes
                        + "}}]\n");
    }

    /** A store that has nothing but the gate key: whatever else is asked of it fails. */
    private static KeyStore gateAlone(@Nullable KeyedHash gate) {
        return (KeyStore) Proxy.newProxyInstance(
                KeyStore.class.getClassLoader(), new Class<?>[] {KeyStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("gate") && gate != null) {
                        return gate;
                    }
                    throw new IllegalStateException("no key of the installation is the shadow's");
                });
    }

    private Shadow shadow(Choices choices) {
        return shadow(choices, gateAlone(new KeyedHash(new byte[KeyedHash.LENGTH])));
    }

    private Shadow shadow(Choices choices, KeyStore keys) {
        return new Shadow(() -> candidate, active, choices, keys, () -> Enricher.NONE, new SecureRandom());
    }

    private static RawRecord record(long offset, String... events) {
        return record(RECEIVED, offset, events);
    }

    private static RawRecord record(long receivedAt, long offset, String... events) {
        return new RawRecord(
                "topic-a",
                0,
                offset,
                receivedAt,
                Bytes.of(String.join("\n", events)),
                SourceOptions.DEFAULT.withFormat(LogFormat.USAGE));
    }

    private ShadowCount counted() {
        List<ShadowCount> all = tally.take();
        assertEquals(1, all.size());
        assertEquals(List.of(), tally.take(), "it begins anew");
        return all.get(0);
    }

    private static ShadowField field(ShadowCount count, String route, String field) {
        return count.getFields().stream()
                .filter(one -> one.getRoute().equals(route) && one.getField().equals(field))
                .findFirst()
                .orElseThrow(() -> new AssertionError(count.toString()));
    }

    @Test
    void countsPerRouteAndFieldWhatWouldBeSeen() {
        candidate = new Candidate(
                7, rule("event.action", "analytics: {listed: {values: [logout], otherwise: (other)}}"), 1, NEVER);
        try (Shadow shadow = shadow(Choices.NONE)) {
            shadow.look(record(0, EVENT, EVENT), tally);
            shadow.look(record(1, EVENT), tally);
        }
        ShadowCount count = counted();
        assertEquals(
                List.of(7L, 2L, 0L, 3L),
                List.of(count.getEntry(), count.getRecords(), count.getFailed(), count.getEvents()));
        assertEquals(
                new ShadowField("analytics", "event.action", 0L, 3L, 0L, 0L),
                field(count, "analytics", "event.action"));
        assertEquals(
                new ShadowField("analytics", "@timestamp", 0L, 0L, 0L, 3L), field(count, "analytics", "@timestamp"));
        assertEquals(
                new ShadowField("analytics", "visitor.id", 0L, 0L, 0L, 3L),
                field(count, "analytics", "visitor.id"),
                "both make the same pseudonym");
        assertEquals(
                new ShadowField("analytics", "url.path /clients/:client", 0L, 0L, 0L, 3L),
                field(count, "analytics", "url.path /clients/:client"));
        assertEquals(List.of(), count.getOutcomes());
    }

    @Test
    void namesAFieldAsThePolicyDoesAndNeverAsTheSenderDid() {
        candidate = new Candidate(7, rule("props.*", "analytics: {number: {max: 99}}"), 1, NEVER);
        try (Shadow shadow = shadow(Choices.NONE)) {
            shadow.look(record(0, EVENT), tally);
        }
        ShadowCount count = counted();
        assertEquals(new ShadowField("analytics", "props.*", 1L, 0L, 0L, 0L), field(count, "analytics", "props.*"));
        assertFalse(count.toString().contains("jane"), count.toString());
    }

    @Test
    void countsOutcomesThatDifferAndLooksChoicesUpByTheGateKeyAlone() {
        candidate = new Candidate(
                7,
                policy("candidate-1", "purposes: {analytics: {default: open, closes: {event-flag: drop}}}\n"),
                1,
                NEVER);
        try (Shadow shadow = shadow(REFUSED)) {
            shadow.look(record(0, EVENT), tally);
        }
        ShadowCount count = counted();
        assertEquals(0, count.getFailed());
        assertEquals(List.of(new ShadowOutcome("analytics", "suppressed", "released", 1L)), count.getOutcomes());
    }

    @Test
    void whatFailsIsCountedAndGoesNoFurther() {
        candidate = new Candidate(7, rule("props.note", "analytics: scan"), 1, NEVER);
        try (Shadow shadow = shadow(REFUSED, gateAlone(null))) {
            shadow.look(record(0, EVENT), tally);
            shadow.look(record(1, EVENT), tally);
        }
        ShadowCount count = counted();
        assertEquals(List.of(2L, 2L, 0L), List.of(count.getRecords(), count.getFailed(), count.getEvents()));
        assertEquals(List.of(), count.getFields());
    }

    @Test
    void takesACandidateAndEndsWithIt() {
        try (Shadow shadow = shadow(Choices.NONE)) {
            shadow.look(record(0, EVENT), tally);
            assertEquals(List.of(), tally.take(), "nobody is tried");
            candidate = new Candidate(7, rule("props.note", "analytics: scan"), 1, NEVER);
            shadow.look(record(1, EVENT), tally);
            candidate = new Candidate(8, rule("props.note", "analytics: scan"), 1, NEVER);
            shadow.look(record(2, EVENT), tally);
            assertEquals(
                    List.of(7L, 8L),
                    tally.take().stream().map(ShadowCount::getEntry).toList());
            candidate = null;
            shadow.look(record(3, EVENT), tally);
            assertEquals(List.of(), tally.take());
        }
    }

    @Test
    void endsByReceiveTime() {
        candidate = new Candidate(7, rule("props.note", "analytics: scan"), 1, RECEIVED);
        try (Shadow shadow = shadow(Choices.NONE)) {
            shadow.look(record(RECEIVED - 1, 0, EVENT), tally);
            shadow.look(record(RECEIVED, 1, EVENT), tally);
            shadow.look(record(RECEIVED - 1, 2, EVENT), tally);
        }
        assertEquals(2, counted().getRecords(), "one that was received before and is read after counts");
    }

    @Test
    void comparesASampleThatFollowsFromWhereARecordStood() {
        Candidate tenth = new Candidate(7, active.at(0), 10, NEVER);
        int taken = 0;
        for (int offset = 0; offset < 10_000; offset++) {
            RawRecord record = record(offset, "");
            assertEquals(tenth.takes(record), tenth.takes(record(offset, "other")), "a replay takes the same");
            taken += tenth.takes(record) ? 1 : 0;
        }
        assertTrue(taken > 800 && taken < 1200, "taken: " + taken);
    }
}
