package io.sluice.ingest.boundary;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Explanation;
import io.sluice.ingest.parse.Reason;
import io.sluice.redaction.event.Event;

/** Takes the parsed events of a Kafka record; plaintext. */
public interface EventSink {
    /** One event. */
    void event(Position at, Event event);

    /** One event, or a whole record, that was not understood. */
    void rejected(Position at, Reason reason);

    /** What the record that comes next was seen as, and its shape; only from {@link RecordReader#explaining}. */
    default void explained(Explanation explanation, String shape) {
        // Most do not want to know.
    }

    /** All of one record has been handed over. */
    void end(Position at, Bytes record);

    /** A line between records. */
    void blank(int line);

    /** A header line. */
    void header(int line);
}
