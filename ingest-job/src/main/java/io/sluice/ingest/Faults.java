package io.sluice.ingest;

import io.sluice.ingest.carry.BoundaryFault;
import java.net.BindException;
import java.util.Locale;
import java.util.Optional;

/** Says in one sentence what is at the bottom of an exception. */
final class Faults {
    private static final int DEEPEST = 50;

    private Faults() {}

    /** Our own sentence if there is one within, else what the innermost exception says of itself. */
    static String sentence(Throwable fault) {
        Throwable innermost = fault;
        Throwable at = fault;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (at instanceof BoundaryFault || at instanceof JobFailed) {
                return firstLine(at);
            }
            innermost = at;
            at = at.getCause();
        }
        return kind(innermost) + ": " + firstLine(innermost);
    }

    /** What kind of fault it is, in words: of a {@code SaslAuthenticationException}, "sasl authentication". */
    static String kind(Throwable fault) {
        return fault.getClass()
                .getSimpleName()
                .replaceAll("(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** Whether it is about a port that another program has. */
    static boolean isTakenPort(Throwable fault) {
        Throwable at = fault;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (at instanceof BindException) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }

    private static String firstLine(Throwable fault) {
        return Optional.ofNullable(fault.getMessage())
                .flatMap(message -> message.lines().findFirst())
                .orElse("no more is known");
    }
}
