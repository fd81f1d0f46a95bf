package io.sluice.ingest.boundary;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldSet;
import io.sluice.redaction.event.Fields;

/** Takes a sender's word away from where Sluice's own stands ({@link Fields#SET_BY_SLUICE}). */
final class Derived {
    private static final FieldSet FIELDS = new FieldSet(Fields.SET_BY_SLUICE);

    private Derived() {}

    static void clear(Event event) {
        if (event.hasAny(FIELDS)) {
            Fields.SET_BY_SLUICE.forEach(event::remove);
        }
    }
}
