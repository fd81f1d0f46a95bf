package io.sluice.console.promises;

import io.sluice.console.policies.Activation;
import io.sluice.console.policies.Activations;
import io.sluice.console.policies.ActivePolicies;
import io.sluice.console.policies.PoliciesUnavailable;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brings together what the parts of the server know of how the promises are kept just now. Thread-safe. */
public final class LiveFigures {
    private final Activations policies;
    private final RecentBalance balance;
    private final Supplier<Live.@Nullable ExpiryRound> expiry;
    private final Clock clock;

    /** Where the balance comes from. */
    public interface RecentBalance {
        /**
         * The entries written since then, added up.
         *
         * @throws PoliciesUnavailable if they cannot be read now
         */
        Live.Balance since(Instant begin) throws PoliciesUnavailable;
    }

    /** @param expiry the last round; null if there was none */
    public LiveFigures(
            Activations policies, RecentBalance balance, Supplier<Live.@Nullable ExpiryRound> expiry, Clock clock) {
        this.policies = policies;
        this.balance = balance;
        this.expiry = expiry;
        this.clock = clock;
    }

    /** @throws PoliciesUnavailable if Kafka does not answer */
    public Live now() throws PoliciesUnavailable {
        Instant now = clock.instant();
        Instant since = now.minus(Live.WINDOW);
        ActivePolicies active = policies.active();
        // The first of them counts now, the others wait for their time.
        @Nullable
        String version = active.active().stream()
                .filter(policy ->
                        policy.countsFrom() != null && !policy.countsFrom().isAfter(now))
                .map(Activation::version)
                .findFirst()
                .orElse(null);
        return new Live(active.jobRunning(), version, since, balance.since(since), expiry.get());
    }
}
