package io.sluice.sinks.elasticsearch;

import io.sluice.schema.RefusedDocument;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

/** Where documents go that Elasticsearch refused for their own fault. Safe for use by several threads. */
public interface RefusedTopic extends Closeable {
    /**
     * Writes a document, keyed by its id.
     *
     * @return completes when it is acknowledged; exceptionally if it may not have been written
     */
    CompletableFuture<Void> send(RefusedDocument document);

    @Override
    void close();

    /** Opens the topic on the machine that writes to it. */
    @FunctionalInterface
    interface Opener extends Serializable {
        RefusedTopic open() throws IOException;
    }
}
