package io.sluice.console.policies;

import io.sluice.schema.PolicyEntry;

/** Where policies go live: the topic {@code policies}. */
interface PolicyTopic {
    /** Everything that was written to it. */
    PolicyLog log() throws PoliciesUnavailable;

    /**
     * Writes an entry, under a key of its own so that compaction drops none.
     *
     * @return its offset, once it is recorded; {@link #log} has it then
     */
    long write(PolicyEntry entry) throws PoliciesUnavailable;
}
