package io.sluice.ingest.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.boundary.Candidate;
import io.sluice.ingest.parse.Bytes;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.schema.PolicyEntry;
import io.sluice.schema.ShadowEntry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PolicyBookTest {
    private static final String OPTIN = "ottomatiq-2024-01-10-optin";

    private final PolicyBook book = new PolicyBook();
    private final Oddities oddities = new Oddities();
    private final PolicyReading reading = new PolicyReading(book, oddities);

    @Test
    void holdsNothingUntilTheFirstEntryWhichCountsForEveryTime() throws Exception {
        assertNull(book.at(0));
        assertFalse(book.isCompleteUntil(Long.MIN_VALUE));
        reading.take(record(1_000_000, entry(PolicyFiles.DEFAULT, 5_000_000, false)));
        assertEquals(PolicyFiles.DEFAULT, version(Long.MIN_VALUE));
        assertEquals(PolicyFiles.DEFAULT, version(Long.MAX_VALUE));
        assertTrue(book.isCompleteUntil(Long.MAX_VALUE));
    }

    @Test
    void letsAnEntryCountNoSoonerThanThirtySecondsAfterTheTopicGotIt() throws Exception {
        reading.take(record(0, entry(PolicyFiles.DEFAULT, 0, false)));
        reading.take(record(1_000_000, entry(OPTIN, 0, false)));
        assertEquals(PolicyFiles.DEFAULT, version(1_029_999));
        assertEquals(OPTIN, version(1_030_000));
        reading.take(record(2_000_000, entry(PolicyFiles.DEFAULT, 9_000_000, false)));
        assertEquals(OPTIN, version(8_999_999));
        assertEquals(PolicyFiles.DEFAULT, version(9_000_000));
    }

    @Test
    void letsAnUrgentEntryCountForWhateverIsNotYetRead() throws Exception {
        reading.take(record(0, entry(PolicyFiles.DEFAULT, 0, false)));
        reading.take(record(500_000, entry(PolicyFiles.DEFAULT, 9_000_000, false)));
        reading.take(record(1_000_000, entry(OPTIN, 0, true)));
        assertEquals(OPTIN, version(Long.MIN_VALUE));
        assertEquals(OPTIN, version(8_999_999));
        assertEquals(PolicyFiles.DEFAULT, version(9_000_000));
    }

    @Test
    void answersAsMissingWhatDoesNotLoadAndNeverThePolicyBefore() throws Exception {
        reading.take(record(0, entry(PolicyFiles.DEFAULT, 0, false)));
        PolicyEntry changed = entry(OPTIN, 0, false);
        changed.getFiles().computeIfPresent(OPTIN + ".yaml", (name, text) -> text + "\n# changed\n");
        reading.take(record(1_000_000, changed));
        assertEquals(PolicyFiles.DEFAULT, version(1_029_999));
        assertNull(book.at(1_030_000));
        assertTrue(book.isCompleteUntil(1_029_999));
        assertFalse(book.isCompleteUntil(1_030_000));
        assertEquals(Map.of("policy-hash", 1L), oddities.counts());
    }

    /** Records would be on a route of which the balance knows no outcome, or on one that has no topic. */
    @Test
    void answersAsMissingWhatHasOtherRoutesThanTheJob() throws Exception {
        reading.take(record(0, entry(PolicyFiles.DEFAULT, 0, false)));
        PolicyFiles fewer = PolicyEntriesTest.withRoutes("analytics", "security");
        reading.take(record(1_000_000, PolicyEntries.of("routes-1", fewer, Instant.EPOCH, false)));
        assertEquals(PolicyFiles.DEFAULT, version(1_029_999));
        assertNull(book.at(1_030_000));
        assertEquals(Map.of("policy-unfit", 1L), oddities.counts());
    }

    @Test
    void ignoresAndCountsWhatIsNoEntry() throws Exception {
        reading.take(record(0, entry(PolicyFiles.DEFAULT, 0, false)));
        reading.take(new ConsumerRecord<>(
                "policies", 0, 1, new byte[] {1}, Bytes.of("no entry").copy()));
        assertEquals(PolicyFiles.DEFAULT, version(Long.MAX_VALUE));
        assertEquals(Map.of("policy-undecodable", 1L), oddities.counts());
    }

    @Test
    void givesTheSameObjectForTheSamePolicy() throws Exception {
        reading.take(record(0, entry(PolicyFiles.DEFAULT, 0, false)));
        assertSame(book.at(1), book.at(2));
    }

    @Test
    void takesACandidateThatChangesNoAnswerAndEndsIt() throws Exception {
        reading.take(record(0, entry(PolicyFiles.DEFAULT, 0, false)));
        RedactionPolicy active = book.at(1);
        PolicyFiles optin = PolicyFiles.shipped(OPTIN).orElseThrow();
        reading.take(shadow(4, PolicyEntries.shadow(OPTIN, optin, 10, Duration.ofHours(2))));
        Candidate candidate = book.candidate();
        assertEquals(
                List.of(4L, OPTIN, 10),
                List.of(candidate.entry(), candidate.policy().version(), candidate.oneIn()));
        ConsumerRecord<byte[], byte[]> entry = shadow(4, null);
        assertEquals(entry.timestamp() + 7_200_000, candidate.until(), "from when the topic got it");
        assertSame(active, book.at(Long.MAX_VALUE));
        reading.take(shadow(5, null));
        assertNull(book.candidate());
        assertSame(active, book.at(Long.MAX_VALUE));
        assertEquals(Map.of(), oddities.counts());
    }

    @Test
    void doesNotTryWhatDoesNotLoadNorHoldsBackForIt() throws Exception {
        reading.take(record(0, entry(PolicyFiles.DEFAULT, 0, false)));
        PolicyFiles optin = PolicyFiles.shipped(OPTIN).orElseThrow();
        reading.take(shadow(4, PolicyEntries.shadow(OPTIN, optin, 10, Duration.ofHours(2))));
        ShadowEntry changed = PolicyEntries.shadow(OPTIN, optin, 10, Duration.ofHours(2));
        changed.setHash("0");
        reading.take(shadow(5, changed));
        assertNull(book.candidate(), "nor the one before it");
        assertTrue(book.isCompleteUntil(Long.MAX_VALUE));
        assertEquals(Map.of("policy-hash", 1L), oddities.counts());
    }

    /** A job of an earlier release must not take it for a policy going live. */
    @Test
    void aCandidateIsNoPolicyEntryToWhoDoesNotKnowItsKey() throws Exception {
        reading.take(record(0, entry(PolicyFiles.DEFAULT, 0, false)));
        ConsumerRecord<byte[], byte[]> shadow = shadow(
                4, PolicyEntries.shadow(OPTIN, PolicyFiles.shipped(OPTIN).orElseThrow(), 10, Duration.ofHours(2)));
        reading.take(new ConsumerRecord<>("policies", 0, 4, new byte[] {1}, shadow.value()));
        assertEquals(PolicyFiles.DEFAULT, version(Long.MAX_VALUE));
        assertTrue(book.isCompleteUntil(Long.MAX_VALUE));
        assertEquals(Map.of("policy-undecodable", 1L), oddities.counts());
    }

    private static ConsumerRecord<byte[], byte[]> shadow(long offset, ShadowEntry entry) throws Exception {
        return new ConsumerRecord<>(
                "policies",
                0,
                offset,
                PolicyEntries.shadowKey(),
                entry == null ? null : entry.toByteBuffer().array());
    }

    private String version(long receivedAt) {
        RedactionPolicy policy = book.at(receivedAt);
        return policy == null ? "" : policy.version();
    }

    private static PolicyEntry entry(String version, long activeFrom, boolean urgent) throws Exception {
        PolicyFiles files = PolicyFiles.shipped(version).orElseThrow();
        assertEquals(version, PolicyReader.read(files).version());
        return PolicyEntries.of(version, files, Instant.ofEpochMilli(activeFrom), urgent);
    }

    private static ConsumerRecord<byte[], byte[]> record(long appended, PolicyEntry entry) throws Exception {
        ByteBuffer value = entry.toByteBuffer();
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return new ConsumerRecord<>(
                "policies",
                0,
                0,
                appended,
                TimestampType.LOG_APPEND_TIME,
                1,
                bytes.length,
                new byte[] {1},
                bytes,
                new RecordHeaders(),
                Optional.empty());
    }
}
