package io.sluice.ingest.register;

import io.sluice.ingest.boundary.Candidate;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.schema.OwnTypes;
import io.sluice.schema.PolicyEntry;
import io.sluice.schema.ShadowEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records of the topic {@code policies} into the {@link PolicyBook}.
 *
 * <p>An entry whose policy does not load stands in the book as missing, so that the job holds back from its time on; a
 * record that is no entry at all is counted and changes nothing. A candidate that does not load is not tried, and holds
 * nothing back. Not thread-safe.
 */
final class PolicyReading {
    static {
        OwnTypes.trust();
    }

    private static final Logger LOG = LoggerFactory.getLogger(PolicyReading.class);

    private final PolicyBook book;
    private final Oddities oddities;

    PolicyReading(PolicyBook book, Oddities oddities) {
        this.book = book;
        this.oddities = oddities;
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        if (PolicyEntries.isShadow(record.key())) {
            book.setCandidate(candidate(record));
            return;
        }
        if (record.value() == null) {
            oddities.count("policy-taken-back");
            return;
        }
        PolicyEntry entry;
        try {
            entry = PolicyEntry.fromByteBuffer(ByteBuffer.wrap(record.value()));
        } catch (IOException | RuntimeException e) {
            oddities.count("policy-undecodable");
            return;
        }
        RedactionPolicy policy = load(entry.getVersion(), entry.getHash(), PolicyEntries.files(entry));
        if (policy == null) {
            LOG.error("policy {} does not load, and the job will hold back from its time on", entry.getVersion());
        }
        if (entry.getUrgent()) {
            book.addUrgent(record.timestamp(), policy);
        } else {
            book.add(PolicyEntries.countsFrom(entry, record.timestamp()), policy);
        }
    }

    private @Nullable Candidate candidate(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return null;
        }
        ShadowEntry entry;
        try {
            entry = ShadowEntry.fromByteBuffer(ByteBuffer.wrap(record.value()));
        } catch (IOException | RuntimeException e) {
            oddities.count("shadow-undecodable");
            return null;
        }
        RedactionPolicy policy =
                load(entry.getVersion(), entry.getHash(), PolicyEntries.files(entry.getVersion(), entry.getFiles()));
        long until = PolicyEntries.triedUntil(entry, Instant.ofEpochMilli(record.timestamp()))
                .toEpochMilli();
        return policy == null ? null : new Candidate(record.offset(), policy, Math.max(1, entry.getOneIn()), until);
    }

    private @Nullable RedactionPolicy load(String version, String hash, PolicyFiles files) {
        if (!files.hash().equals(hash)) {
            oddities.count("policy-hash");
            return null;
        }
        try {
            RedactionPolicy policy = PolicyReader.read(files);
            if (!policy.version().equals(version)
                    || !PolicyEntries.unfit(files, policy).isEmpty()) {
                oddities.count("policy-unfit");
                return null;
            }
            return policy;
        } catch (PolicyException e) {
            oddities.count("policy-refused");
            // A policy is a file that engineers wrote; its problems name places in it, no record.
            LOG.error("policy {} is refused: {}", version, e.getMessage());
            return null;
        }
    }
}
