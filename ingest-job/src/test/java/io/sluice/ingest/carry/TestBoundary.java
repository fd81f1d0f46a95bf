package io.sluice.ingest.carry;

import io.sluice.ingest.boundary.Candidate;
import io.sluice.ingest.boundary.Outcomes;
import io.sluice.ingest.boundary.Position;
import io.sluice.ingest.boundary.PrivacyBoundary;
import io.sluice.ingest.boundary.RawRecord;
import io.sluice.ingest.boundary.Sealer;
import io.sluice.ingest.boundary.Shadow;
import io.sluice.ingest.boundary.ShadowTally;
import io.sluice.ingest.enrich.Enricher;
import io.sluice.ingest.parse.Bytes;
import io.sluice.keys.KeyStore;
import io.sluice.keys.ThrowawayKeyStore;
import io.sluice.redaction.consent.Choices;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.PolicyTimeline;
import io.sluice.schema.SealedBlock;
import io.sluice.sinks.vault.BlockSealer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The real boundary with throwaway keys and the shipped policy; fails where a test says so. */
final class TestBoundary implements OpenBoundary {
    /** In a record, makes the boundary fail in the middle of it, with the record in the message. */
    static final String POISON = "poisonous";

    private final KeyStore keys;
    private final BlockSealer blocks;
    private final PrivacyBoundary boundary;
    private final Shadow shadow;
    private @Nullable Candidate candidate;
    private long sealed;

    TestBoundary(int subtask, Consumer<SealedBlock> out) {
        this(subtask, out, new ThrowawayKeyStore(new SecureRandom()), Clock.systemUTC());
    }

    TestBoundary(int subtask, Consumer<SealedBlock> out, KeyStore keys, Clock clock) {
        this.keys = keys;
        blocks = new BlockSealer(keys, new SecureRandom(), clock, "test-" + subtask, out);
        Sealer sealer = new Sealer() {
            @Override
            public void seal(RawRecord from, Position at, Bytes record, boolean quarantined, List<byte[]> terms) {
                TestBoundary.this.seal(from, at, record.array(), record.from(), record.to(), quarantined, terms);
                if (record.text().contains(POISON)) {
                    throw new IllegalStateException("cannot take " + record.text());
                }
            }

            @Override
            public boolean takes(RawRecord from, boolean quarantined) {
                return blocks.takes(from.receivedAt(), quarantined);
            }
        };
        try {
            PolicyTimeline policies = PolicyTimeline.always(
                    PolicyReader.read(PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow()));
            boundary = new PrivacyBoundary(policies, Choices.NONE, keys, Enricher.NONE, sealer);
            shadow = new Shadow(() -> candidate, policies, Choices.NONE, keys, () -> Enricher.NONE, new SecureRandom());
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    /** Tries a policy beside it. */
    TestBoundary trying(Candidate other) {
        candidate = other;
        return this;
    }

    private void seal(
            RawRecord from, Position at, byte[] array, int start, int end, boolean quarantined, List<byte[]> terms) {
        blocks.add(
                from.topicId(),
                from.partition(),
                from.offset(),
                at.ordinal(),
                from.receivedAt(),
                array,
                start,
                end,
                quarantined,
                terms);
        sealed++;
    }

    @Override
    public void process(RawRecord record, Outcomes into) {
        boundary.process(record, into);
    }

    @Override
    public void sealWhole(RawRecord record) {
        seal(
                record,
                new Position(0, 0, 1, 0),
                record.value().array(),
                record.value().from(),
                record.value().to(),
                true,
                List.of());
    }

    @Override
    public long takeSealed() {
        long count = sealed;
        sealed = 0;
        return count;
    }

    @Override
    public void shadow(RawRecord record, ShadowTally into) {
        shadow.look(record, into);
    }

    @Override
    public void endBlocks() {
        blocks.endBlocks();
    }

    @Override
    public void close() {
        shadow.close();
        blocks.close();
        keys.close();
    }
}
