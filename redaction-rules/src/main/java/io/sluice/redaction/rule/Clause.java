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
        RULES("rules", "their examples"),
        DATASET("each source has a dataset, and a record of an unknown one is quarantined", "PrivacyBoundaryTest"),
        ROUTE("clean routes are the only way out, and the vault has none", "JobGraphTest"),
        PURPOSE("each route has one purpose, and none serves a closed one", "PolicyReaderTest"),
        RETENTION("each store drops what is older than its route says", "TopicInstallerIT"),
        REQUEST("a request to the server, with an audit entry", "ConsoleIT"),
        VAULT("the sealed record, for a short fixed time", "BoundaryJobIT"),
        CONSENT("the consent register and the signals on the event", "RegisterIT"),
        VERSION("each event carries the policy under which it was redacted", "PrivacyBoundaryTest"),
        /** Not built yet; shown red. */
        OPEN("nothing yet", "none");

        private final String means;
        private final String test;

        KeptBy(String means, String test) {
            this.means = means;
            this.test = test;
        }

        /** What the mechanism is, a sentence without its full stop. */
        public String means() {
            return means;
        }

        /** The test that proves it. */
        public String test() {
            return test;
        }

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
