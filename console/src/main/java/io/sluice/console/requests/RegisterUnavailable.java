package io.sluice.console.requests;

/** The consent register could not be read or written; the message is one sentence for the person who asked. */
public final class RegisterUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public RegisterUnavailable(String message) {
        super(message);
    }

    public RegisterUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
