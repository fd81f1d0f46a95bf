package io.sluice.ingest.register;

import io.sluice.ingest.boundary.PrivacyBoundary;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.schema.OwnTypes;
import io.sluice.schema.PolicyEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records of the topic {@code policies} into the {@link PolicyBook}.
 *
 * <p>An entry whose policy does not load stands in the book as missing, so that the job holds back from its time on; a
 * record that is no entry at all is counted and changes nothing. Not thread-safe.
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
        RedactionPolicy policy = load(entry);
        if (entry.getUrgent()) {
            book.addUrgent(record.timestamp(), policy);
        } else {
            book.add(PolicyEntries.countsFrom(entry, record.timestamp()), policy);
        }
    }

    private @Nullable RedactionPolicy load(PolicyEntry entry) {
        PolicyFiles files = PolicyEntries.files(entry);
        if (!files.hash().equals(entry.getHash())) {
            oddities.count("policy-hash");
            return null;
        }
        try {
            RedactionPolicy policy = PolicyReader.read(files);
            if (!policy.version().equals(entry.getVersion())
                    || !PrivacyBoundary.withoutColumn(policy).isEmpty()) {
                oddities.count("policy-unfit");
                return null;
            }
            return policy;
        } catch (PolicyException e) {
            oddities.count("policy-refused");
            // A policy is a file that engineers wrote; its problems name places in it, no record.
            LOG.error("policy {} does not load, and the job will hold back: {}", entry.getVersion(), e.getMessage());
            return null;
        }
    }
}
