package io.sluice.ingest.offline;

import io.sluice.ingest.boundary.EventSink;
import io.sluice.ingest.boundary.Position;
import io.sluice.ingest.boundary.RawRecord;
import io.sluice.ingest.boundary.RecordReader;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Explanation;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.redaction.event.Event;
import org.jspecify.annotations.Nullable;

/** Prints each event as it was parsed, before anything is redacted. Not thread-safe. */
public final class ParseWork implements PieceWork {
    private final RecordReader reader;
    private final SourceOptions options;
    private final long receivedAt;

    /** @param receivedAt milliseconds since 1970 */
    public ParseWork(SourceOptions options, long receivedAt) {
        this(options, receivedAt, new RecordReader());
    }

    private ParseWork(SourceOptions options, long receivedAt, RecordReader reader) {
        this.options = options;
        this.receivedAt = receivedAt;
        this.reader = reader;
    }

    /**
     * Says in each object what its record was seen as and by what, and, of one that was not understood, its shape.
     *
     * @param receivedAt milliseconds since 1970
     */
    public static ParseWork explaining(SourceOptions options, long receivedAt) {
        return new ParseWork(options, receivedAt, RecordReader.explaining());
    }

    @Override
    public void work(Piece piece, Page page, Balance balance) {
        reader.read(
                new RawRecord("", 0, piece.line(), receivedAt, piece.value(), options), new Printing(page, balance));
    }

    private static final class Printing implements EventSink {
        private final Page page;
        private final Balance balance;
        private @Nullable Explanation explanation;
        private String shape = "";

        Printing(Page page, Balance balance) {
            this.page = page;
            this.balance = balance;
        }

        @Override
        public void explained(Explanation explanation, String shape) {
            this.explanation = explanation;
            this.shape = shape;
        }

        @Override
        public void event(Position at, Event event) {
            EventDocument.write(event, page.json());
            if (explanation != null) {
                page.explain(explanation);
            }
            page.end(at);
            balance.released();
        }

        @Override
        public void rejected(Position at, Reason reason) {
            if (explanation == null) {
                page.quarantined(at, reason);
            } else {
                page.quarantined(at, reason, explanation, shape);
            }
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
