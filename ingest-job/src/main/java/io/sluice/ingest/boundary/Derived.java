package io.sluice.ingest.boundary;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;

/** Takes a sender's word away from where Sluice's own stands ({@link Fields#SET_BY_SLUICE}). */
final class Derived {
    private static final FieldPath[] FIELDS = Fields.SET_BY_SLUICE.toArray(FieldPath[]::new);

    private Derived() {}

    static void clear(Event event) {
        for (FieldPath path : FIELDS) {
            event.remove(path);
        }
    }
}
