package io.sluice.collector.kafka;

import java.util.concurrent.CompletableFuture;

/** Where written requests go. */
public interface RawTopic extends AutoCloseable {
    /** Writes one record; done when all replicas have it, failed if that is not known in time. */
    CompletableFuture<Void> write(byte[] record);

    @Override
    void close();
}
