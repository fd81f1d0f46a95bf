package io.sluice.ingest.offline;

import io.sluice.ingest.boundary.Outcomes;
import io.sluice.ingest.boundary.Position;
import io.sluice.ingest.boundary.PrivacyBoundary;
import io.sluice.ingest.boundary.RawRecord;
import io.sluice.ingest.boundary.Witness;
import io.sluice.ingest.enrich.Enricher;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.keys.KeyStore;
import io.sluice.redaction.Redacted;
import io.sluice.redaction.Scanned;
import io.sluice.redaction.rule.PolicyTimeline;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.schema.CleanEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The boundary under one policy, with all that becomes of each event on every route: for looking at, not for letting
 * out. Not thread-safe.
 */
final class Watched {
    private final PrivacyBoundary boundary;
    private final SourceOptions options;
    private final long receivedAt;
    private Seen seen = new Seen(null);
    private Watching watching = new Watching();

    /** What became of one event or record. */
    static final class Seen {
        /** The event; null if the record was not understood. */
        final @Nullable Event event;
        /** By route: what left, or null; then the outcome says why. */
        final Map<String, Redacted> left = new LinkedHashMap<>();
        /** By route: released, suppressed, or quarantined with its reason. */
        final Map<String, String> outcomes = new LinkedHashMap<>();

        private Seen(@Nullable Event event) {
            this.event = event;
        }
    }

    /** An event and where it stood. */
    record Event(Position at, Scanned scanned) {}

    /** @param receivedAt milliseconds since 1970; stands for the broker's receive time */
    Watched(RedactionPolicy policy, KeyStore keys, Enricher enricher, SourceOptions options, long receivedAt) {
        this.options = options;
        this.receivedAt = receivedAt;
        this.boundary = PrivacyBoundary.witnessed(PolicyTimeline.always(policy), keys, enricher, new Looking());
    }

    /** Takes a piece through the boundary; one entry for each event, in order. */
    List<Seen> watch(Piece piece) {
        watching = new Watching();
        boundary.process(new RawRecord("", 0, piece.line(), receivedAt, piece.value(), options), watching);
        return watching.all;
    }

    /** Blank lines and headers of the piece watched last. */
    void account(Balance balance) {
        balance.blank(watching.blank);
        balance.header(watching.header);
    }

    /** Keeps what the boundary shows of the event that it is at. */
    private final class Looking implements Witness {
        @Override
        public void event(Position at, Scanned scanned) {
            watching.begin(at, new Event(at, scanned));
        }

        @Override
        public void redacted(Position at, Redacted redacted) {
            seen.left.put(redacted.route().name(), redacted);
        }
    }

    /** Takes the outcomes of one piece. */
    private final class Watching implements Outcomes {
        private final List<Seen> all = new ArrayList<>();
        private int blank;
        private int header;
        private int ordinal = -1;

        private void begin(Position at, @Nullable Event event) {
            ordinal = at.ordinal();
            seen = new Seen(event);
            all.add(seen);
        }

        private void outcome(String route, Position at, String outcome) {
            if (at.ordinal() != ordinal) {
                begin(at, null);
            }
            if (!outcome.equals("released")) {
                seen.left.remove(route);
            }
            seen.outcomes.put(route, outcome);
        }

        @Override
        public void released(String route, Position at, CleanEvent event) {
            outcome(route, at, "released");
        }

        @Override
        public void suppressed(String route, Position at) {
            outcome(route, at, "suppressed");
        }

        @Override
        public void quarantined(String route, Position at, Reason reason) {
            outcome(route, at, "quarantined: " + reason.code());
        }

        @Override
        public void identified(Position at, byte[] hash) {
            // There is no subject index offline.
        }

        @Override
        public void blank(int lines) {
            blank += lines;
        }

        @Override
        public void header(int lines) {
            header += lines;
        }

        @Override
        public void otherPath(String shape) {
            // Seen in the event.
        }

        @Override
        public void unlistedField(String shape) {
            // Seen in the event.
        }
    }
}
