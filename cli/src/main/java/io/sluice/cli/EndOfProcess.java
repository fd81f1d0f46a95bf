package io.sluice.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of this process by a signal: a program waits for it, and the process for the program to have closed.
 *
 * <p>Declared before what has to be closed first in a {@code try}.
 */
final class EndOfProcess implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param program for the name of the thread that holds the process back */
    EndOfProcess(String program) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::holdBack, program + "-stop"));
    }

    private void holdBack() {
        asked.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the process is told to end. */
    void await() throws InterruptedException {
        asked.await();
    }

    /** Waits so long, or until the process is told to end; whether it is. */
    boolean isAskedWithin(long millis) throws InterruptedException {
        return asked.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
