package io.sluice.console.promises;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How what keeps the clauses fares.
 *
 * @param jobRunning whether the boundary job reports
 * @param policy version of the policy that counts now; absent if there is none
 * @param since from when on the balance was added up
 * @param balance what the job accounted for since then
 * @param expiry what the last round of expiry could not end; absent if this server ends nothing, or has not yet
 */
public record Live(
        boolean jobRunning, @Nullable String policy, Instant since, Balance balance, @Nullable ExpiryRound expiry) {
    /** How much of the balance is added up. */
    public static final Duration WINDOW = Duration.ofHours(1);

    /**
     * Entries of the balance, added up.
     *
     * @param routes by route
     * @param sealed records sealed for the vault
     * @param unknownSource records quarantined since no policy knows their source
     * @param unlisted fields dropped since no rule lists them
     */
    public record Balance(Map<String, Outcomes> routes, long sealed, long unknownSource, long unlisted) {}

    /** Records and events of one route. */
    public record Outcomes(long in, long released, long suppressed, long quarantined, long duplicate) {
        Outcomes plus(Outcomes more) {
            return new Outcomes(
                    in + more.in,
                    released + more.released,
                    suppressed + more.suppressed,
                    quarantined + more.quarantined,
                    duplicate + more.duplicate);
        }
    }

    /**
     * One round of expiry.
     *
     * @param at when it ended
     * @param failed how many stores could not let go what is over
     */
    public record ExpiryRound(Instant at, int failed) {}
}
