package io.sluice.console.policies;

import io.sluice.ingest.register.PolicyEntries;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.RedactionPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How long single events are kept, by route, as the policy says that counts now.
 *
 * <p>Guarantees: a route that this policy no longer has keeps the retention that it had last, so that what is left of it
 * ends; while it cannot be told what that policy says (Kafka was not read yet, or the policy does not load in this release)
 * nothing is kept longer than the configured policy says, nor than was known last. Does not guarantee: that events which were
 * received under another policy are kept as long as that one said.
 *
 * <p>Thread-safe.
 */
public final class ActiveRetentions implements Supplier<Map<String, Duration>> {
    private final PolicyTopic topic;
    private final Map<String, Duration> configured;
    private final Clock clock;
    private final Map<String, Optional<Map<String, Duration>>> read = new HashMap<>();
    private Map<String, Duration> known;

    /** @param configured of the policy that the server's configuration names */
    public ActiveRetentions(KafkaPolicyTopic topic, Map<String, Duration> configured, Clock clock) {
        this((PolicyTopic) topic, configured, clock);
    }

    ActiveRetentions(PolicyTopic topic, Map<String, Duration> configured, Clock clock) {
        this.topic = topic;
        this.configured = Map.copyOf(configured);
        this.clock = clock;
        this.known = this.configured;
    }

    /** The retentions now; waits some seconds where Kafka was not read yet. */
    @Override
    public synchronized Map<String, Duration> get() {
        Map<String, Duration> all = new HashMap<>(configured);
        boolean isKnown = true;
        try {
            Instant now = clock.instant();
            for (PolicyLog.Standing standing : topic.log().standings()) {
                if (!standing.from().isAfter(now)) {
                    Optional<Map<String, Duration>> own = retentions(standing);
                    isKnown = own.isPresent();
                    own.ifPresent(all::putAll);
                }
            }
        } catch (PoliciesUnavailable e) {
            isKnown = false;
        }
        if (isKnown) {
            known = Map.copyOf(all);
            return known;
        }
        Map<String, Duration> shortest = new HashMap<>(all);
        for (Map<String, Duration> other : List.of(configured, known)) {
            other.forEach((route, time) -> shortest.merge(route, time, (a, b) -> a.compareTo(b) < 0 ? a : b));
        }
        return Map.copyOf(shortest);
    }

    private Optional<Map<String, Duration>> retentions(PolicyLog.Standing standing) {
        return read.computeIfAbsent(standing.entry().getHash(), unused -> {
            PolicyFiles files = PolicyEntries.files(standing.entry());
            try {
                return files.hash().equals(standing.entry().getHash())
                        ? Optional.of(of(PolicyEntries.read(files, List.of())))
                        : Optional.empty();
            } catch (PolicyException e) {
                return Optional.empty();
            }
        });
    }

    private static Map<String, Duration> of(RedactionPolicy policy) {
        Map<String, Duration> retentions = new HashMap<>();
        policy.routes().values().forEach(route -> retentions.put(route.name(), route.retention()));
        return retentions;
    }
}
