package io.sluice.cli.follow;

/** What all files together have handed over and Kafka has not yet acknowledged. Thread-safe. */
final class Backlog {
    /** Half of what the client buffers, so that handing over does not block while Kafka is away. */
    private static final long MAX_BYTES = 16 * 1024 * 1024;

    private long bytes;
    private long answers;
    private boolean asking;

    synchronized void add(int length) {
        bytes += length;
        asking = true;
    }

    /** So much was acknowledged, or given back. */
    synchronized void remove(int length, boolean acknowledged) {
        bytes -= length;
        if (acknowledged) {
            answers++;
            asking = bytes > 0;
        }
        notifyAll();
    }

    synchronized boolean isFull() {
        return bytes >= MAX_BYTES;
    }

    /** Whether something was handed over, and not all of it acknowledged; given back, it still is not. */
    synchronized boolean isAsking() {
        return asking;
    }

    /** How often something was acknowledged. */
    synchronized long answers() {
        return answers;
    }

    /**
     * Waits until everything is acknowledged or given back.
     *
     * @return false if that did not happen in time
     */
    synchronized boolean awaitEmpty(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        while (bytes > 0) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
