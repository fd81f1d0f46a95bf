package io.sluice.redaction.rule;

import java.util.Locale;
import java.util.Optional;

/**
 * A promise of the privacy notice.
 *
 * @param id such as {@code log.ip}
 * @param says what the notice says, in our words
 * @param keptBy what keeps it
 */
public record Clause(String id, String says, KeptBy keptBy) {
    /** What can keep a clause. */
    public enum KeptBy {
        RULES,
        DATASET,
        ROUTE,
        PURPOSE,
        RETENTION,
        REQUEST,
        VAULT,
        CONSENT,
        VERSION,
        /** Not built yet; shown red. */
        OPEN;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<KeptBy> byLabel(String label) {
            for (KeptBy mechanism : values()) {
                if (mechanism.label().equals(label)) {
                    return Optional.of(mechanism);
                }
            }
            return Optional.empty();
        }
    }
}
