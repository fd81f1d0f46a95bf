package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;

/**
 * Adds to an event what can be looked up from its plaintext, in memory, with no call to anything outside the process.
 *
 * <p>Sets {@code source.geo.*} and {@code source.as.*} from {@code source.ip}, {@code user_agent.*} from
 * {@code user_agent.original}, {@code http.request.referrer_class} from the referrer and the page. Never throws: what
 * cannot be looked up stays absent. No decision about privacy may depend on what it sets. One task's own, not
 * thread-safe; made by {@link EnrichData#enricher}.
 */
public interface Enricher {
    /** Adds nothing. */
    Enricher NONE = event -> {};

    void enrich(Event event);

    /**
     * Loads data for one enricher alone, as offline commands need it; the data lives as long as the enricher.
     *
     * @throws IllegalArgumentException if a configured database cannot be read, saying which and what to do
     */
    static Enricher load(EnrichConfig config) {
        return EnrichData.load(config).enricher();
    }
}
