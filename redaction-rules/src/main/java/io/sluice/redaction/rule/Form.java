package io.sluice.redaction.rule;

import java.util.Locale;

/** In what form an event leaves on a route. */
public enum Form {
    /** What the field rules say. */
    FULL,
    /** For a person who sent a signal: what the route lists for it, and nothing else. */
    ANONYMIZED,
    /** Of a page made for a practice's clients: what the route lists for it, and nothing else. */
    CLIENT;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
