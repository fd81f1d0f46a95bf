package io.sluice.console.accounts;

/** Why accounts could not be read, written or changed; the message is one sentence for the person who asked. */
public final class AccountProblem extends Exception {
    private static final long serialVersionUID = 1L;

    public AccountProblem(String message) {
        super(message);
    }

    public AccountProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
