package io.sluice.collector;

/** A configuration that the collector does not understand; the message says what is wrong, and holds no secret. */
public final class ConfigRefused extends Exception {
    private static final long serialVersionUID = 1;

    ConfigRefused(String message) {
        super(message);
    }

    ConfigRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
