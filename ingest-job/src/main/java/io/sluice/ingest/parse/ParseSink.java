package io.sluice.ingest.parse;

import io.sluice.redaction.event.Event;

/** Takes what a parser made of one record: one or more events, one reason, or the word that it was a header. */
public interface ParseSink {
    /** One event of the record, in order. */
    void event(Event event);

    /** This event of the record, or all of it, was not understood. */
    void reject(Reason reason);

    /** It is a header line: no record. */
    void header();

    /** What makes the texts of the events; where many records go, one that gives out those of lately again. */
    default Texts texts() {
        return Texts.PLAIN;
    }
}
