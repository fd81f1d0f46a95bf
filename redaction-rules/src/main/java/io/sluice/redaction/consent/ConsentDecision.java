package io.sluice.redaction.consent;

/** What becomes of an event on a route of some purpose; later constants are stricter. */
public enum ConsentDecision {
    /** The purpose is open. */
    OPEN,
    /** Only the anonymized form may leave. */
    ANONYMIZED,
    /** The route's purpose is closed: suppressed. */
    CLOSED;

    /** The stricter of the two. */
    public ConsentDecision and(ConsentDecision other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
