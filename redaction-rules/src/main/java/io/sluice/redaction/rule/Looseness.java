package io.sluice.redaction.rule;

import io.sluice.redaction.transform.Encrypt;
import io.sluice.redaction.transform.Keep;
import io.sluice.redaction.transform.Listed;
import io.sluice.redaction.transform.Mask;
import io.sluice.redaction.transform.NumberRange;
import io.sluice.redaction.transform.Scan;
import io.sluice.redaction.transform.TimeTo;
import io.sluice.redaction.transform.Transform;
import io.sluice.redaction.transform.TruncateIp;
import io.sluice.redaction.transform.Visitor;
import io.sluice.redaction.url.ParameterRule;
import org.jspecify.annotations.Nullable;

/**
 * Whether one treatment of a value may let out more than another.
 *
 * <p>Guarantees: two treatments of which it is not known that the second lets out no more count as looser.
 */
final class Looseness {
    private Looseness() {}

    /** Whether what {@code after} lets out may be more; null drops. */
    static boolean isLooser(@Nullable Transform before, @Nullable Transform after) {
        if (after == null || after.equals(before)) {
            return false;
        }
        if (before == null) {
            return true;
        }
        if (before instanceof Keep) {
            // Keep drops arrays and objects, which scan takes apart; a visitor is made of other fields.
            return after instanceof Scan || after instanceof Visitor;
        }
        return !isNarrower(before, after);
    }

    private static boolean isNarrower(Transform before, Transform after) {
        if (before instanceof Listed was && after instanceof Listed is) {
            // Another constant for all other values says no more than the old one did.
            return was.values().containsAll(is.values()) && (was.otherwise() != null || is.otherwise() == null);
        }
        if (before instanceof NumberRange was && after instanceof NumberRange is) {
            return is.min() >= was.min() && is.max() <= was.max();
        }
        if (before instanceof TruncateIp was && after instanceof TruncateIp is) {
            return is.v4() <= was.v4() && is.v6() <= was.v6();
        }
        if (before instanceof TimeTo was && after instanceof TimeTo is) {
            return is.unit().toMillis() % was.unit().toMillis() == 0;
        }
        if (before instanceof Encrypt was && after instanceof Encrypt is) {
            return is.field().equals(was.field()) && was.operations().containsAll(is.operations());
        }
        if (before instanceof Visitor was && after instanceof Visitor is) {
            // What is always made is made where it is shown, too.
            return was.always().containsAll(is.always())
                    && is.whereShown().stream()
                            .allMatch(dataset -> was.whereShown().contains(dataset)
                                    || was.always().contains(dataset));
        }
        // A smaller mask shows a part of short texts that a larger one hides whole; only the empty one is surely
        // narrower.
        return before instanceof Mask && after instanceof Mask is && is.first() + is.last() == 0;
    }

    /** Whether what {@code after} lets out of a query parameter may be more; null drops. */
    static boolean isLooser(@Nullable ParameterRule before, @Nullable ParameterRule after) {
        if (after == null || after.equals(before)) {
            return false;
        }
        return !(before instanceof ParameterRule.Listed was
                && after instanceof ParameterRule.Listed is
                && was.values().containsAll(is.values()));
    }

    /** A treatment in words. */
    static String label(@Nullable Transform treatment) {
        return treatment == null ? "dropped" : treatment.label();
    }
}
