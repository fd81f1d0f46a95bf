package io.sluice.ingest.boundary;

import io.sluice.ingest.parse.Reason;
import io.sluice.schema.CleanEvent;
import org.jspecify.annotations.Nullable;

/**
 * Takes what became of a record: for each of its events and each route exactly one of released, suppressed and
 * quarantined. Nothing that arrives here is plaintext.
 */
public interface Outcomes {
    /**
     * Released on a route. The event is reused for the next one: encode it before returning.
     *
     * @param sender by what a retry of it is recognised, if its sender gave it an id
     */
    void released(String route, Position at, CleanEvent event, @Nullable SenderKey sender);

    /** Its person opted out of the route's purpose. */
    void suppressed(String route, Position at);

    /** Not understood, or something failed on it. */
    void quarantined(String route, Position at, Reason reason);

    /**
     * An identifier that came with an event.
     *
     * @param hash 16 bytes, under the erasure key of the receive day
     */
    void identified(Position at, byte[] hash);

    /** Blank lines between records. */
    void blank(int lines);

    /** A header line: obeyed, no record. */
    void header(int lines);

    /** A path of this shape had no template. */
    void otherPath(String shape);

    /** A field whose name has this shape fell under no rule, and was dropped on every route. */
    void unlistedField(String shape);
}
