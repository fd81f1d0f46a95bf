package io.sluice.console;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again, in a thread of its own, until it is closed; then that thread has ended. */
final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final String name;
    private final Runnable round;
    private final ScheduledExecutorService clockwork;

    private Rounds(String name, Runnable round) {
        this.name = name;
        this.round = round;
        this.clockwork = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins.
     *
     * @param name of the thread, and in the log
     * @param round one of them; one that fails is said in the log, and the next comes all the same
     */
    static Rounds begin(String name, Runnable round, Duration first, Duration every) {
        Rounds rounds = new Rounds(name, round);
        rounds.clockwork.scheduleWithFixedDelay(
                rounds::runGuarded, first.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return rounds;
    }

    private void runGuarded() {
        try {
            round.run();
        } catch (RuntimeException e) {
            // An exception would end the rounds for good.
            LOG.error("{} failed and is tried again in the next round", name, e);
        }
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
        try {
            if (!clockwork.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("{} did not end in time", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
