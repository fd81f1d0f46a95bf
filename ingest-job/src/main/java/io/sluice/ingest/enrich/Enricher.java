package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;

/** Looks up what is known of an address and a user agent. */
public interface Enricher {
    Enricher NONE = event -> {};

    void enrich(Event event);
}
