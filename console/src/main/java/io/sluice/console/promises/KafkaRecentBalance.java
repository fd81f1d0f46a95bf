package io.sluice.console.promises;

import io.sluice.console.policies.PoliciesUnavailable;
import io.sluice.console.topics.CommittedBalance;
import java.time.Instant;
import org.apache.kafka.common.KafkaException;

/** Reads the end of the committed balance when somebody asks. Thread-safe. */
public final class KafkaRecentBalance implements LiveFigures.RecentBalance {
    private final CommittedBalance balance;

    public KafkaRecentBalance(CommittedBalance balance) {
        this.balance = balance;
    }

    @Override
    public Live.Balance since(Instant begin) throws PoliciesUnavailable {
        BalanceSums sums = new BalanceSums();
        try (CommittedBalance.Reading reading = balance.open()) {
            if (!reading.isEnd(reading.read(reading.begin(begin), sums::add))) {
                throw new PoliciesUnavailable("The balance takes longer to read than 15 seconds; ask again.");
            }
            return sums.sums();
        } catch (KafkaException e) {
            throw new PoliciesUnavailable("The balance cannot be read just now: Kafka does not answer; try again.", e);
        }
    }
}
