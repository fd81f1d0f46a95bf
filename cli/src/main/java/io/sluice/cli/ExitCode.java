package io.sluice.cli;

/** What the process answers. */
final class ExitCode {
    /** It was done; for offline verbs: the input was read to its end, whatever was quarantined or found. */
    static final int OK = 0;
    /** Unreadable input, a refused policy or another failure. */
    static final int FAILED = 1;
    /** Wrong usage. */
    static final int USAGE = 2;

    private ExitCode() {}
}
