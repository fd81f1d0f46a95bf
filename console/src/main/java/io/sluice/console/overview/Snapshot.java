package io.sluice.console.overview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The usage events as they were at one moment, so that the questions of one overview see the same ones. */
public interface Snapshot extends AutoCloseable {
    /**
     * The answer to one search.
     *
     * @param search body of the search, without where it looks
     */
    JsonNode search(ObjectNode search) throws FiguresUnavailable;

    @Override
    void close();
}
