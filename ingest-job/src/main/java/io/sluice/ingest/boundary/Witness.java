package io.sluice.ingest.boundary;

import io.sluice.redaction.Redacted;
import io.sluice.redaction.Scanned;

/**
 * Sees events in plaintext, and what each route may see of them: for a person who has the records anyway and wants to
 * know what becomes of them, and for {@link Shadow}, which lets out counts alone. The boundary that releases has none.
 */
public interface Witness {
    /** Sees nothing. */
    Witness NONE = new Witness() {
        @Override
        public void event(Position at, Scanned scanned) {
            // Nothing is looked at.
        }

        @Override
        public void redacted(Position at, Redacted redacted) {
            // Nothing is looked at.
        }
    };

    /** An event, enriched and scanned; its routes follow. */
    void event(Position at, Scanned scanned);

    /** What a route that is open to the event may see of it, before its outcome is told. */
    void redacted(Position at, Redacted redacted);
}
