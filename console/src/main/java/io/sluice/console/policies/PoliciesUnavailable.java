package io.sluice.console.policies;

/** The topic of policies could not be read or written; the message is one sentence for the person who asked. */
public final class PoliciesUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public PoliciesUnavailable(String message) {
        super(message);
    }

    public PoliciesUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
