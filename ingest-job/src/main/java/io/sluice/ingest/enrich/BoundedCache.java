package io.sluice.ingest.enrich;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the values that were asked for last, up to a bound. Not thread-safe: each task has its own. */
final class BoundedCache<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int bound;

    BoundedCache(int bound) {
        super(16, 0.75f, true);
        this.bound = bound;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > bound;
    }
}
