package io.sluice.ingest.parse;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Value;

/** Makes the texts of an event from the bytes of its record. */
@FunctionalInterface
public interface Texts {
    /** Makes each anew. */
    Texts PLAIN = (array, from, to) -> new Value.Text(Utf8.text(array, from, to));

    /** The text of {@code array[from, to)}; invalid UTF-8 is one U+FFFD per maximal bad part. */
    Value.Text of(byte[] array, int from, int to);

    /** Sets a field to the text of {@code array[from, to)}; empty and {@code -} are absent and set nothing. */
    default void set(Event event, FieldPath path, byte[] array, int from, int to) {
        if (to - from > 1 || (to > from && array[from] != '-')) {
            event.set(path, of(array, from, to));
        }
    }
}
