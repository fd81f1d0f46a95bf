package io.sluice.ingest.offline;

import java.io.IOException;
import java.util.Locale;

/** Results could not be written. */
public final class OutputFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean closedByReader;

    OutputFailure(IOException cause) {
        super("cannot write the results: " + cause.getMessage() + "; what was written so far is incomplete");
        String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        this.closedByReader = reason.contains("broken pipe") || reason.contains("pipe closed");
    }

    /** Whether the reader went away, as {@code head} does when it has enough: nothing to complain of. */
    public boolean closedByReader() {
        return closedByReader;
    }
}
