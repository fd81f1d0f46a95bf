package io.sluice.ingest.register;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts, by code, entries of the registers that were not understood; logs the first of each code. Thread-safe. */
final class Oddities {
    private static final Logger LOG = LoggerFactory.getLogger(Oddities.class);

    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    void count(String code) {
        if (counts.computeIfAbsent(code, unused -> new AtomicLong()).getAndIncrement() == 0) {
            LOG.warn("an entry of a register was not understood: {}", code);
        }
    }

    /** How often each code was seen. */
    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((code, count) -> all.put(code, count.get()));
        return all;
    }
}
