package io.sluice.ingest;

import java.util.Locale;

/**
 * What came of trying one thing that a job needs.
 *
 * @param level how it went
 * @param what the thing, such as {@code topic raw.access-logs}
 * @param said one sentence: what is there, or what is wrong and what to do
 */
public record CheckLine(Level level, String what, String said) {
    /** How it went. */
    public enum Level {
        OK,
        /** The job runs, but not as it should. */
        WARNING,
        /** The job cannot run. */
        FAILED
    }

    static CheckLine ok(String what, String said) {
        return new CheckLine(Level.OK, what, said);
    }

    static CheckLine warning(String what, String said) {
        return new CheckLine(Level.WARNING, what, said);
    }

    static CheckLine failed(String what, String said) {
        return new CheckLine(Level.FAILED, what, said);
    }

    @Override
    public String toString() {
        return String.format("%-8s%s: %s", level.name().toLowerCase(Locale.ROOT), what, said);
    }
}
