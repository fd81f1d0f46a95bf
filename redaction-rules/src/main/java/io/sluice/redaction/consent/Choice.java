package io.sluice.redaction.consent;

/** What a person recorded for a purpose. */
public enum Choice {
    GRANTED,
    REFUSED
}
