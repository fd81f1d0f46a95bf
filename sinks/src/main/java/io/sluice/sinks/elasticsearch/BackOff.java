package io.sluice.sinks.elasticsearch;

import java.io.Serializable;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long each time, up to a cap, with jitter so that subtasks do not come
 * back together.
 *
 * @param first before the second try
 * @param longest the cap
 */
public record BackOff(Duration first, Duration longest) implements Serializable {
    /** 2^20 times the first wait is more than any cap. */
    private static final int DOUBLINGS = 20;

    /**
     * The wait in milliseconds, between half and all of its step.
     *
     * @param faults how many tries failed so far, at least 1
     */
    long millis(int faults, RandomGenerator random) {
        long step = Math.min(longest.toMillis(), first.toMillis() << Math.min(faults - 1, DOUBLINGS));
        return step / 2 + random.nextLong(step / 2 + 1);
    }
}
