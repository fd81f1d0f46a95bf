package io.sluice.ingest.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

/**
 * Says whether records may be read on.
 *
 * <p>Asked for every record, so cheap; never waits. Thread-safe.
 */
public interface Hold extends AutoCloseable {
    /** Whether the next record may be handed out. */
    boolean isOpen();

    /** Completes when it is worth asking again; not necessarily then open. */
    CompletableFuture<Void> whenOpen();

    @Override
    void close();

    /** Makes the hold of one subtask where it runs. */
    @FunctionalInterface
    interface Opener extends Serializable {
        /**
         * @param subtask number of the subtask, from 0
         * @param of how many there are
         */
        Hold open(int subtask, int of) throws IOException;
    }
}
