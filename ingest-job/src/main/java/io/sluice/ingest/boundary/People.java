package io.sluice.ingest.boundary;

import io.sluice.redaction.consent.Identifier;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.LinkedHashSet;
import java.util.Set;

/** By what the person of an event may be known to the consent register. */
final class People {
    private People() {}

    static Set<Identifier> of(Event event) {
        Set<Identifier> people = new LinkedHashSet<>();
        add(people, event, Fields.USER_ID, Identifier.Kind.USER);
        add(people, event, Fields.USER_NAME, Identifier.Kind.USER);
        add(people, event, Fields.USER_EMAIL, Identifier.Kind.EMAIL);
        add(people, event, Fields.DEVICE_ID, Identifier.Kind.COOKIE);
        return people;
    }

    private static void add(Set<Identifier> people, Event event, FieldPath path, Identifier.Kind kind) {
        Value value = event.get(path);
        if (value instanceof Value.Text text) {
            people.add(Identifier.of(kind, text.text()));
            if (kind == Identifier.Kind.USER && text.text().indexOf('@') > 0) {
                people.add(Identifier.of(Identifier.Kind.EMAIL, text.text()));
            }
        } else if (value instanceof Value.Whole whole) {
            people.add(Identifier.of(kind, Long.toString(whole.number())));
        }
    }
}
