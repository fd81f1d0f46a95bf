package io.sluice.ingest.boundary;

import io.sluice.ingest.enrich.Enricher;
import io.sluice.ingest.parse.Reason;
import io.sluice.keys.KeyStore;
import io.sluice.redaction.Redacted;
import io.sluice.redaction.Scanned;
import io.sluice.redaction.consent.Choices;
import io.sluice.redaction.rule.PolicyTimeline;
import io.sluice.schema.CleanEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The boundary, with all that becomes of each event on every route: for looking at, not for letting out. It seals
 * nothing. Not thread-safe.
 */
public final class Watched {
    private final PrivacyBoundary boundary;
    private Seen seen = new Seen(null);
    private Watching watching = new Watching();

    /** What became of one event or record. */
    public static final class Seen {
        /** The event; null if the record was not understood. */
        public final @Nullable Event event;
        /** By route: what left, or null; then the outcome says why. */
        public final Map<String, Redacted> left = new LinkedHashMap<>();
        /** By route: released, suppressed, or quarantined with its reason. */
        public final Map<String, String> outcomes = new LinkedHashMap<>();

        private Seen(@Nullable Event event) {
            this.event = event;
        }
    }

    /** An event and where it stood. */
    public record Event(Position at, Scanned scanned) {}

    /**
     * @param policies which policy holds when
     * @param choices the consent register
     */
    public Watched(PolicyTimeline policies, Choices choices, KeyStore keys, Enricher enricher) {
        this.boundary = PrivacyBoundary.witnessed(policies, choices, keys, enricher, new Looking());
    }

    /** Takes a record through the boundary; one entry for each event, in order. */
    public List<Seen> watch(RawRecord record) {
        watching = new Watching();
        boundary.process(record, watching);
        return watching.all;
    }

    /** Blank lines of the record watched last. */
    public int blank() {
        return watching.blank;
    }

    /** Header lines of the record watched last. */
    public int header() {
        return watching.header;
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
        public void released(String route, Position at, CleanEvent event, @Nullable SenderKey sender) {
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
            // Nothing is indexed.
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
