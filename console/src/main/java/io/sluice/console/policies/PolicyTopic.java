package io.sluice.console.policies;

import io.sluice.schema.PolicyEntry;
import io.sluice.schema.ShadowEntry;
import org.jspecify.annotations.Nullable;

/** Where policies go live, and where one is tried: the topic {@code policies}. */
interface PolicyTopic {
    /** Everything that was written to it. */
    PolicyLog log() throws PoliciesUnavailable;

    /**
     * Writes an entry, under a key of its own so that compaction drops none.
     *
     * @return its offset, once it is recorded; {@link #log} has it then
     */
    long write(PolicyEntry entry) throws PoliciesUnavailable;

    /**
     * Writes the candidate that is tried from now on, in place of the one before.
     *
     * @param entry null ends the trial
     * @return its offset, once it is recorded; {@link #log} has it then
     */
    long writeShadow(@Nullable ShadowEntry entry) throws PoliciesUnavailable;
}
