package io.sluice.infra.process;

import java.io.IOException;

/** A process did not come up; the message is one sentence for the person at the terminal. */
public final class StartFailed extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, where, and what to do */
    public StartFailed(String message) {
        super(message);
    }

    /** The port was free when the program was started, and another took it first. */
    public static StartFailed portLost(String program, int port) {
        return new StartFailed("port " + port + " was taken by another program while " + program
                + " started: try again, or stop that program");
    }
}
