package io.sluice.ingest.offline;

import io.sluice.ingest.boundary.Outcomes;
import io.sluice.ingest.boundary.Position;
import io.sluice.ingest.boundary.PrivacyBoundary;
import io.sluice.ingest.boundary.RawRecord;
import io.sluice.ingest.boundary.SenderKey;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.schema.CleanEvent;
import io.sluice.sinks.elasticsearch.CleanDocument;
import org.jspecify.annotations.Nullable;

/** Takes each record through the boundary and prints what leaves it on one route. Not thread-safe. */
public final class RedactWork implements PieceWork {
    private final PrivacyBoundary boundary;
    private final String route;
    private final SourceOptions options;
    private final long receivedAt;
    private final Runnable atEnd;
    private final CleanDocument document = new CleanDocument();

    /**
     * @param boundary may have more routes than the one asked for
     * @param receivedAt milliseconds since 1970; stands for the broker's receive time
     * @param atEnd closes what the boundary needs
     */
    public RedactWork(PrivacyBoundary boundary, String route, SourceOptions options, long receivedAt, Runnable atEnd) {
        this.boundary = boundary;
        this.route = route;
        this.options = options;
        this.receivedAt = receivedAt;
        this.atEnd = atEnd;
    }

    @Override
    public void close() {
        atEnd.run();
    }

    @Override
    public void work(Piece piece, Page page, Balance balance) {
        boundary.process(
                new RawRecord("", 0, piece.line(), receivedAt, piece.value(), options), new Printing(page, balance));
    }

    private final class Printing implements Outcomes {
        private final Page page;
        private final Balance balance;

        Printing(Page page, Balance balance) {
            this.page = page;
            this.balance = balance;
        }

        @Override
        public void released(String on, Position at, CleanEvent event, @Nullable SenderKey sender) {
            if (on.equals(route)) {
                document.write(event).appendTo(page.json());
                page.end(at);
                balance.released();
            }
        }

        @Override
        public void suppressed(String on, Position at) {
            if (on.equals(route)) {
                page.suppressed(at);
                balance.suppressed();
            }
        }

        @Override
        public void quarantined(String on, Position at, Reason reason) {
            if (on.equals(route)) {
                page.quarantined(at, reason);
                balance.quarantined();
            }
        }

        @Override
        public void identified(Position at, byte[] hash) {
            // There is no subject index offline.
        }

        @Override
        public void blank(int lines) {
            balance.blank(lines);
        }

        @Override
        public void header(int lines) {
            balance.header(lines);
        }

        @Override
        public void otherPath(String shape) {
            // Counted by the stream only.
        }

        @Override
        public void unlistedField(String shape) {
            // Counted by the stream only.
        }
    }
}
