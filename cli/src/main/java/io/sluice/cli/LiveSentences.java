package io.sluice.cli;

import io.sluice.console.client.LiveAnswer;
import io.sluice.redaction.rule.Clause;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What keeps a clause, as it fares on the running job: one sentence for each mechanism that has figures. */
final class LiveSentences {
    private LiveSentences() {}

    static Optional<String> of(Clause.KeptBy mechanism, LiveAnswer live) {
        return switch (mechanism) {
            case RULES ->
                Optional.of(byRoute("released", live.released()) + "; " + number(live.unlisted())
                        + " fields dropped that no rule lists");
            case DATASET -> Optional.of(number(live.unknownSource()) + " records of an unknown source quarantined");
            case ROUTE -> Optional.of(byRoute("released", live.released()) + "; nothing by another way");
            case PURPOSE, CONSENT -> Optional.of(byRoute("suppressed", live.suppressed()));
            case VAULT -> Optional.of(number(live.sealed()) + " records sealed");
            case VERSION -> Optional.of(live.policy().isEmpty() ? "no policy counts yet" : live.policy() + " counts");
            case RETENTION -> expiry(live);
            case REQUEST, OPEN -> Optional.empty();
        };
    }

    private static Optional<String> expiry(LiveAnswer live) {
        if (live.expiryAt().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("what is over was let go at " + live.expiryAt()
                + (live.expiryFailed() == 0
                        ? ""
                        : ", but not by " + live.expiryFailed() + " stores; see the server's log"));
    }

    private static String byRoute(String what, Map<String, Long> counts) {
        return counts.isEmpty()
                ? "nothing came"
                : what + " "
                        + counts.entrySet().stream()
                                .map(route -> route.getKey() + " " + number(route.getValue()))
                                .collect(Collectors.joining(", "));
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
