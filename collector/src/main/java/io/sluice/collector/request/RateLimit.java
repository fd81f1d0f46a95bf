package io.sluice.collector.request;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many requests a client network may make: so many a second, and twice as many at once. Of the networks seen, the last
 * 10,000 are remembered. Thread-safe.
 */
public final class RateLimit {
    private static final int NETWORKS = 10_000;

    private final int perSecond;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > NETWORKS;
        }
    };

    /** What a network has left at a time. */
    private record Bucket(double left, long at) {}

    /** @param perSecond requests of one network, at least 1 */
    public RateLimit(int perSecond, Clock clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /** Takes one request of a network; false if it has none left. */
    public synchronized boolean take(String network) {
        long now = clock.millis();
        Bucket before = buckets.getOrDefault(network, new Bucket(2.0 * perSecond, now));
        double left = Math.min(2.0 * perSecond, before.left() + Math.max(0, now - before.at()) * perSecond / 1000.0);
        boolean taken = left >= 1;
        buckets.put(network, new Bucket(taken ? left - 1 : left, now));
        return taken;
    }
}
