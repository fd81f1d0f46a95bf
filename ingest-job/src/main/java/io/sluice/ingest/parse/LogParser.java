package io.sluice.ingest.parse;

/**
 * Turns the bytes of one record into events.
 *
 * <p>Total: never throws, whatever the bytes, and calls the sink at least once. Keeps no state between records, and is
 * safe to use from several threads.
 */
public interface LogParser {
    LogFormat format();

    void parse(Bytes record, ParseSink into);

    /** Whether every record of this format has a place for what browsers signal of their people's choices. */
    default boolean showsSignals() {
        return false;
    }

    /** Parses, and says what the record was seen as. */
    default Explanation explain(Bytes record, ParseSink into) {
        parse(record, into);
        return new Explanation(format().label(), "its source says so");
    }
}
