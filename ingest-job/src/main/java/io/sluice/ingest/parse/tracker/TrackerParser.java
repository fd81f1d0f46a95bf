package io.sluice.ingest.parse.tracker;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.ParseSink;

/** Turns what a tracker sends into events; total, as every {@link LogParser}. */
public interface TrackerParser extends LogParser {
    /** The events of a payload, in order; at least one call. */
    void parse(Payload payload, ParseSink into);

    @Override
    default void parse(Bytes record, ParseSink into) {
        parse(Payload.of(record), into);
    }
}
