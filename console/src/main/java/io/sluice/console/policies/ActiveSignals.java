package io.sluice.console.policies;

import io.sluice.ingest.register.PolicyEntries;
import io.sluice.redaction.rule.Dataset;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.SignalsShown;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a dataset's access logs show what browsers signal of their people's choices, as the policy says that counts now.
 *
 * <p>Thread-safe.
 */
public final class ActiveSignals {
    private final PolicyTopic topic;
    private final Clock clock;
    private String hash = "";
    private Map<String, SignalsShown> known = Map.of();

    public ActiveSignals(KafkaPolicyTopic topic, Clock clock) {
        this((PolicyTopic) topic, clock);
    }

    ActiveSignals(PolicyTopic topic, Clock clock) {
        this.topic = topic;
        this.clock = clock;
    }

    /** Of a dataset; empty if the policy has none of that name, or it is not known which policy counts. */
    public synchronized Optional<SignalsShown> of(String dataset) {
        try {
            Instant now = clock.instant();
            topic.log().standings().stream()
                    .filter(standing -> !standing.from().isAfter(now))
                    .reduce((before, after) -> after)
                    .ifPresent(this::read);
        } catch (PoliciesUnavailable e) {
            return Optional.empty();
        }
        return Optional.ofNullable(known.get(dataset));
    }

    private void read(PolicyLog.Standing standing) {
        if (hash.equals(standing.entry().getHash())) {
            return;
        }
        hash = standing.entry().getHash();
        known = Map.of();
        PolicyFiles files = PolicyEntries.files(standing.entry());
        try {
            Map<String, SignalsShown> signals = new HashMap<>();
            if (files.hash().equals(hash)) {
                for (Dataset dataset :
                        PolicyEntries.read(files, List.of()).datasets().values()) {
                    signals.put(dataset.name(), dataset.signals());
                }
            }
            known = Map.copyOf(signals);
        } catch (PolicyException e) {
            // One that this release does not understand: nothing is said of its datasets.
        }
    }
}
