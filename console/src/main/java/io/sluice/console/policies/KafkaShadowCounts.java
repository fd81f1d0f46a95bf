package io.sluice.console.policies;

import io.sluice.console.topics.CommittedBalance;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the committed balance says of a trial, when somebody asks: from the trial's begin the first time, from
 * where it was after that.
 *
 * <p>Guarantees: each record counts once, over restarts of the job, since the counts go through the transactions of its
 * checkpoints. Thread-safe; one reads at a time.
 */
public final class KafkaShadowCounts implements ShadowCounts {
    /** The balance bears the time of the job's machine, the trial that of the broker. */
    private static final Duration SKEW = Duration.ofHours(1);

    private final CommittedBalance balance;
    private @Nullable ShadowSums sums;
    private long next;

    public KafkaShadowCounts(CommittedBalance balance) {
        this.balance = balance;
    }

    @Override
    public synchronized ShadowState.Counts read(long entry, Instant since) throws PoliciesUnavailable {
        try (CommittedBalance.Reading reading = balance.open()) {
            ShadowSums own = sums;
            if (own == null || own.entry() != entry) {
                own = new ShadowSums(entry);
                next = reading.begin(since.minus(SKEW));
                sums = own;
            }
            ShadowSums into = own;
            next = reading.read(next, each -> each.getShadows().forEach(into::add));
            if (!reading.isEnd(next)) {
                throw new PoliciesUnavailable("There is so much of the balance to read that it takes longer; ask"
                        + " again, it goes on where it was.");
            }
            return own.counts();
        } catch (KafkaException e) {
            // Half of a poll may have been added.
            sums = null;
            throw new PoliciesUnavailable("The balance cannot be read just now: Kafka does not answer; try again.", e);
        }
    }
}
