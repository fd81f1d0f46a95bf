package io.sluice.cli.follow;

import io.sluice.cli.send.Receipt;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one file has handed over, in order, and how far it is acknowledged without a gap; Kafka's partitions answer in
 * any order. Thread-safe.
 */
final class Unacknowledged {
    private final Backlog backlog;
    private final Deque<Part> parts = new ArrayDeque<>();
    private long offset;
    private int print;
    private int waiting;
    private boolean givenBack;

    /**
     * @param offset where the first part begins
     * @param print fingerprint of what stands before it
     */
    Unacknowledged(Backlog backlog, long offset, int print) {
        this.backlog = backlog;
        this.offset = offset;
        this.print = print;
    }

    /** Takes note of the next part. */
    synchronized Receipt add(long end, int printBefore, int bytes) {
        Part part = new Part(end, printBefore, bytes);
        parts.add(part);
        waiting++;
        backlog.add(bytes);
        return part;
    }

    /** Whether a part was given back, so that all from {@link #place} on has to be handed over again. */
    synchronized boolean isGivenBack() {
        return givenBack;
    }

    /** Whether no answer is awaited. */
    synchronized boolean isIdle() {
        return waiting == 0;
    }

    /** Forgets what was handed over from the place on. */
    synchronized void goBack() {
        parts.clear();
        givenBack = false;
    }

    synchronized Place place(String path, long inode) {
        return new Place(path, inode, offset, print);
    }

    private synchronized void answered(Part part, boolean acknowledged) {
        waiting--;
        part.done = acknowledged;
        givenBack |= !acknowledged;
        for (Part first = parts.peek(); first != null && first.done; first = parts.peek()) {
            offset = first.end;
            print = first.print;
            parts.remove();
        }
        backlog.remove(part.bytes, acknowledged);
    }

    private final class Part implements Receipt {
        private final long end;
        private final int print;
        private final int bytes;
        private boolean done;

        Part(long end, int print, int bytes) {
            this.end = end;
            this.print = print;
            this.bytes = bytes;
        }

        @Override
        public void acknowledged() {
            answered(this, true);
        }

        @Override
        public void givenBack() {
            answered(this, false);
        }
    }
}
