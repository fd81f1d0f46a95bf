package io.sluice.infra.process;

import java.io.IOException;

/** A process did not come up; the message is one sentence for the person at the terminal. */
public final class StartFailed extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean portTaken;

    /** @param message what failed, where, and what to do */
    public StartFailed(String message) {
        this(message, false);
    }

    private StartFailed(String message, boolean portTaken) {
        super(message);
        this.portTaken = portTaken;
    }

    /** Another program listens already. */
    public static StartFailed portTaken(String program, int port) {
        return new StartFailed(
                "port " + port + ", on which " + program + " is to listen, is taken by another program: stop that"
                        + " program or choose another port",
                true);
    }

    /** The ports were free when the program was started, and another took one of them first. */
    public static StartFailed portLost(String program) {
        return new StartFailed(
                "a port of " + program + " was taken by another program while it started: try again", true);
    }

    /** Whether a port was the reason, so that another port helps. */
    public boolean isPortTaken() {
        return portTaken;
    }
}
