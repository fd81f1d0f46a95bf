package io.sluice.console.policies;

import java.time.Instant;

/** What the boundary job has counted of candidates. */
interface ShadowCounts {
    /**
     * The sums of one trial, as far as the job has accounted for them.
     *
     * @param entry offset of the candidate in the topic of policies
     * @param since when the topic got it
     */
    ShadowState.Counts read(long entry, Instant since) throws PoliciesUnavailable;
}
