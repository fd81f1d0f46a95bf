package io.sluice.ingest.boundary;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Explanation;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.RecordShape;
import io.sluice.redaction.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Holds back what a parser gives until it has said what it saw, so that the explanation comes first. */
final class Explained implements ParseSink {
    private final List<Consumer<ParseSink>> calls = new ArrayList<>();

    private Explained() {}

    /** Parses one record; tells {@code listener} of it, then gives the outcome to {@code into}. */
    static void parse(LogParser parser, Bytes record, EventSink listener, ParseSink into) {
        Explained held = new Explained();
        Explanation explanation = parser.explain(record, held);
        listener.explained(explanation, RecordShape.of(record));
        held.calls.forEach(call -> call.accept(into));
    }

    @Override
    public void event(Event event) {
        calls.add(into -> into.event(event));
    }

    @Override
    public void reject(Reason reason) {
        calls.add(into -> into.reject(reason));
    }

    @Override
    public void header() {
        calls.add(ParseSink::header);
    }
}
