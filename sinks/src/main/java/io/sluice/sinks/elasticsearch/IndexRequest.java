package io.sluice.sinks.elasticsearch;

import java.io.Serializable;

/**
 * One document on its way into an index.
 *
 * @param index where it goes
 * @param id its document id
 * @param document its JSON, as {@link CleanDocument} wrote it
 */
record IndexRequest(String index, String id, byte[] document) implements Serializable {
    /** Braces, quotes and names of the line that stands before a document in a bulk. */
    private static final int ACTION_BYTES = 40;

    IndexRequest {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("An event without event.id cannot be indexed.");
        }
    }

    /** What it takes in a bulk, in bytes. */
    long size() {
        return (long) document.length + index.length() + id.length() + ACTION_BYTES;
    }

    @Override
    public String toString() {
        return "IndexRequest[" + document.length + "]";
    }
}
