package io.sluice.cli;

/** A verb could not do what it was asked; the message is one sentence: what, where, what to do. Exit code 1. */
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;

    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
