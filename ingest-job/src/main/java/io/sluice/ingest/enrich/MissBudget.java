package io.sluice.ingest.enrich;

import java.time.Clock;

/**
 * How much of something costly may be done: so many a second, and up to {@value #SECONDS_SAVED} seconds' worth at once
 * after a pause. Not thread-safe.
 */
final class MissBudget {
    private static final int SECONDS_SAVED = 10;

    private final int perSecond;
    private final Clock clock;
    private long left;
    private long filledAt;

    /** @param perSecond 0 for no bound */
    MissBudget(int perSecond, Clock clock) {
        this.perSecond = perSecond;
        this.clock = clock;
        this.left = (long) perSecond * SECONDS_SAVED;
        this.filledAt = clock.millis();
    }

    /** Takes one, if there is one left. */
    boolean take() {
        if (perSecond == 0) {
            return true;
        }
        if (left == 0) {
            fill();
        }
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    private void fill() {
        long now = clock.millis();
        long seconds = (now - filledAt) / 1000;
        if (seconds != 0) {
            // A clock that was set back gives nothing, and counts anew from where it stands.
            left = (long) perSecond * Math.max(0, Math.min(seconds, SECONDS_SAVED));
            filledAt = now;
        }
    }
}
