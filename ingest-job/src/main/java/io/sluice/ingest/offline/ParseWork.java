package io.sluice.ingest.offline;

import io.sluice.ingest.boundary.EventSink;
import io.sluice.ingest.boundary.Position;
import io.sluice.ingest.boundary.RawRecord;
import io.sluice.ingest.boundary.RecordReader;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.redaction.event.Event;

/** Prints each event as it was parsed, before anything is redacted. Not thread-safe. */
public final class ParseWork implements PieceWork {
    private final RecordReader reader = new RecordReader();
    private final SourceOptions options;
    private final long receivedAt;

    /** @param receivedAt milliseconds since 1970 */
    public ParseWork(SourceOptions options, long receivedAt) {
        this.options = options;
        this.receivedAt = receivedAt;
    }

    @Override
    public void work(Piece piece, Page page, Balance balance) {
        reader.read(
                new RawRecord("", 0, piece.line(), receivedAt, piece.value(), options), new Printing(page, balance));
    }

    private record Printing(Page page, Balance balance) implements EventSink {
        @Override
        public void event(Position at, Event event) {
            EventDocument.write(event, page.json());
            page.end(at);
            balance.released();
        }

        @Override
        public void rejected(Position at, Reason reason) {
            page.quarantined(at, reason);
            balance.quarantined();
        }

        @Override
        public void end(Position at, Bytes record) {
            // Nothing is sealed offline.
        }

        @Override
        public void blank(int line) {
            balance.blank(1);
        }

        @Override
        public void header(int line) {
            balance.header(1);
        }
    }
}
