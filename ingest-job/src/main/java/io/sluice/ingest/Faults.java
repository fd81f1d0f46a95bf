package io.sluice.ingest;

import io.sluice.ingest.carry.BoundaryFault;
import java.util.Optional;

/** Says in one sentence what is at the bottom of an exception. */
final class Faults {
    private static final int DEEPEST = 50;

    private Faults() {}

    /** Our own sentence if there is one within, else the innermost message with its kind. */
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
        return innermost.getClass().getSimpleName() + ": " + firstLine(innermost);
    }

    private static String firstLine(Throwable fault) {
        return Optional.ofNullable(fault.getMessage())
                .flatMap(message -> message.lines().findFirst())
                .orElse("no more is known");
    }
}
