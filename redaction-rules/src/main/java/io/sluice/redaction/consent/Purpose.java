package io.sluice.redaction.consent;

/** What data is used for; each route has exactly one. */
public record Purpose(String name) {
    @Override
    public String toString() {
        return name;
    }
}
