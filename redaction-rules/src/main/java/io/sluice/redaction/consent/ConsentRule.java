package io.sluice.redaction.consent;

import io.sluice.redaction.consent.Signals.Signal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a purpose is closed.
 *
 * @param purpose the purpose
 * @param openUntilRefused whether it is open when nothing is recorded; else it is closed until granted
 * @param closedIn countries (ISO 3166-1, or ISO 3166-2 for one subdivision) where it is closed until granted all the same
 * @param refused what a recorded refusal does; {@link ConsentDecision#OPEN} if the purpose cannot be refused
 * @param signals what each signal does; signals not named do nothing
 */
public record ConsentRule(
        Purpose purpose,
        boolean openUntilRefused,
        Set<String> closedIn,
        ConsentDecision refused,
        Map<Signal, ConsentDecision> signals) {
    /**
     * The decision for one event; the strictest of all that applies.
     *
     * @param onEvent signals on the event
     * @param choice the strictest choice recorded for any of its identifiers, or null
     * @param country where it came from, or null
     * @param region subdivision of it (ISO 3166-2, such as {@code CA-QC}), or null
     */
    public ConsentDecision decide(
            Set<Signal> onEvent, @Nullable Choice choice, @Nullable String country, @Nullable String region) {
        ConsentDecision decision = ConsentDecision.OPEN;
        if (choice == Choice.REFUSED) {
            decision = refused;
        } else if (choice == null && !isOpen(country, region)) {
            decision = ConsentDecision.ANONYMIZED;
        }
        for (Signal signal : onEvent) {
            decision = decision.and(signals.getOrDefault(signal, ConsentDecision.OPEN));
        }
        return decision;
    }

    private boolean isOpen(@Nullable String country, @Nullable String region) {
        if (!openUntilRefused) {
            return false;
        }
        if (closedIn.isEmpty()) {
            return true;
        }
        // Where it is not known where an event comes from, the stricter rule holds.
        if (country == null || closedIn.contains(country)) {
            return false;
        }
        return region == null
                ? closedIn.stream().noneMatch(closed -> closed.startsWith(country + "-"))
                : !closedIn.contains(region);
    }
}
