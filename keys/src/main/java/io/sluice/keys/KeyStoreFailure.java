package io.sluice.keys;

/**
 * The key store cannot be used: a file of it is missing, damaged, too open or not to be written.
 *
 * <p>The message is one sentence for the operator: what, where, what to do. It names keys and never holds one.
 */
public final class KeyStoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeyStoreFailure(String message) {
        super(message);
    }

    public KeyStoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
