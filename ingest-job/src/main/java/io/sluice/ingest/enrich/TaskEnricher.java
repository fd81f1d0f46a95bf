package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;

/** All lookups, one after the other; each is total. */
record TaskEnricher(GeoLookup geo, UserAgents userAgents, Referrers referrers) implements Enricher {
    @Override
    public void enrich(Event event) {
        geo.enrich(event);
        userAgents.enrich(event);
        referrers.enrich(event);
    }
}
