package io.sluice.console.audit;

/** The audit log cannot be written, so that nothing was done; the message is one sentence for the person who asked. */
public final class AuditUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    public AuditUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
