package io.sluice.console.client;

/** The server was not found, not reached or refused; the message is one sentence for the person at the command line. */
public final class ServerProblem extends Exception {
    private static final long serialVersionUID = 1L;

    public ServerProblem(String message) {
        super(message);
    }

    public ServerProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
