package io.sluice.ingest.parse.declared;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Texts;
import io.sluice.ingest.parse.Utf8;
import io.sluice.ingest.parse.ncsa.RequestLine;
import io.sluice.ingest.parse.time.TimeParts;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** One matched line, whose values the slots set on its event. Used once, by one thread. */
public final class LineReading {
    private static final FieldPath X_FORWARDED_FOR = FieldPath.of(Fields.HTTP_HEADERS + ".x-forwarded-for");

    final byte[] a;
    final Event event;
    final ZoneId zone;
    final TimeParts time = new TimeParts();
    private final Escape escape;
    private final Texts texts;
    /** Whether the value at hand has a backslash in it. */
    boolean escaped;

    @Nullable
    String path;

    @Nullable
    String query;

    LineReading(byte[] a, Event event, ZoneId zone, Escape escape, Texts texts) {
        this.a = a;
        this.event = event;
        this.zone = zone;
        this.escape = escape;
        this.texts = texts;
    }

    /** A value as text, its escapes undone. */
    String text(int from, int to) {
        return escaped ? escape.text(a, from, to) : Utf8.text(a, from, to);
    }

    /** Sets a field to a value as {@link #text} has it; none and {@code -} set none. */
    void set(FieldPath path, int from, int to) {
        if (escaped) {
            event.set(path, escape.text(a, from, to));
        } else {
            texts.set(event, path, a, from, to);
        }
    }

    /** Sets the fields of a request line. */
    void request(int from, int to) {
        if (escaped) {
            RequestLine.read(escape.text(a, from, to), event);
        } else {
            RequestLine.read(new Bytes(a, from, to), texts, event);
        }
    }

    /** What follows from several values; false if there is no such time. */
    boolean finish() {
        if (time.any() && !time.set(event, zone)) {
            return false;
        }
        if (path != null && !event.has(Fields.URL_ORIGINAL)) {
            event.set(Fields.URL_ORIGINAL, query == null ? path : path + "?" + query);
        }
        if (!event.has(Fields.SOURCE_ADDRESS)) {
            String way = event.text(X_FORWARDED_FOR);
            if (way != null) {
                // The nearest hop is the last; who is behind it is for the trusted proxies to say.
                Addresses.set(event, way.substring(way.lastIndexOf(',') + 1).trim());
            }
        }
        return true;
    }
}
