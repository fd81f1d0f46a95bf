package io.sluice.ingest.parse.envelope;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.application.ApplicationFields;
import io.sluice.ingest.parse.jsonlog.ApplicationMembers;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hands the line in an envelope to a parser, and adds to its event what the envelope says.
 *
 * <p>The line's own time, level and host count; where it has none, those of the envelope do. Everything else of the
 * envelope stands below {@code extra}, where no rule keeps it. Line ends at the line's end are the shipper's.
 */
public final class Unwrapping {
    private static final Value APPLICATION = new Value.Text("application-log");

    private Unwrapping() {}

    /** Parses the line of an envelope. */
    public interface Inner {
        void parse(Bytes line, ParseSink into);
    }

    /** Unwraps one object. */
    public static void unwrap(Envelope envelope, Map<String, Value> members, ZoneId zone, Inner inner, ParseSink into) {
        String name = envelope.lineName(members);
        String line = name == null ? null : Envelope.line(members.get(name));
        if (line == null) {
            into.reject(Reason.UNPARSEABLE);
            return;
        }
        Map<String, Value> rest = new LinkedHashMap<>(members);
        rest.remove(name);
        unwrap(line, ApplicationMembers.event(rest, zone), inner, into);
    }

    /**
     * Unwraps a line with what was said of it.
     *
     * @param about an event with the envelope's time, level and the rest below {@code extra}
     */
    public static void unwrap(String line, Event about, Inner inner, ParseSink into) {
        inner.parse(Bytes.of(withoutEnd(line)), new Adding(about, into));
    }

    private static String withoutEnd(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return line.substring(0, end);
    }

    /** Adds the envelope's word to each event of the line. */
    private record Adding(Event about, ParseSink into) implements ParseSink {
        @Override
        public void event(Event event) {
            if ("text".equals(event.text(Fields.EVENT_PROVIDER))) {
                event.set(Fields.EVENT_PROVIDER, APPLICATION);
            }
            for (int i = 0; i < about.size(); i++) {
                FieldPath path = about.path(i);
                if (!event.has(path) && (isAboutTheLine(path) || path.isBelow("extra"))) {
                    event.set(path, about.value(i));
                } else if (!isAboutTheLine(path) && !path.isBelow("extra") && !path.equals(Fields.EVENT_PROVIDER)) {
                    event.set(FieldPath.of("extra." + path.name()), about.value(i));
                }
            }
            into.event(event);
        }

        private static boolean isAboutTheLine(FieldPath path) {
            return path.equals(Fields.TIMESTAMP)
                    || path.equals(Fields.LOG_LEVEL)
                    || path.equals(ApplicationFields.HOST)
                    || path.equals(ApplicationFields.PROCESS);
        }

        @Override
        public void reject(Reason reason) {
            into.reject(reason);
        }

        @Override
        public void header() {
            into.reject(Reason.UNPARSEABLE); // a header without lines, alone in its envelope
        }
    }
}
