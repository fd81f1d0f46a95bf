package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;

/**
 * Reads Client Hints. One task's own: it keeps what it read last, and reads only so many new ones in a second; beyond it
 * hints count for nothing, and the user agent alone describes the event.
 */
final class HintReading {
    private final BoundedCache<HintTexts, ClientHints> cache;
    private final MissBudget misses;

    HintReading(int cachedHints, MissBudget misses) {
        this.cache = new BoundedCache<>(cachedHints);
        this.misses = misses;
    }

    ClientHints of(Event event) {
        HintTexts texts = HintTexts.of(event);
        ClientHints known = cache.get(texts);
        if (known == null && misses.take()) {
            known = ClientHints.read(texts);
            cache.put(texts, known);
        }
        return known == null ? ClientHints.NONE : known;
    }
}
