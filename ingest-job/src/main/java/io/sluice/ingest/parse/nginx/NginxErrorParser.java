package io.sluice.ingest.parse.nginx;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Recognizer;
import io.sluice.ingest.parse.application.ApplicationFields;
import io.sluice.ingest.parse.declared.Addresses;
import io.sluice.ingest.parse.declared.ByteClass;
import io.sluice.ingest.parse.declared.DeclaredFormat;
import io.sluice.ingest.parse.declared.Escape;
import io.sluice.ingest.parse.declared.Slot;
import io.sluice.ingest.parse.ncsa.RequestLine;
import io.sluice.ingest.parse.text.Clean;
import io.sluice.ingest.parse.time.TimePattern;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * nginx error log: {@code 2024/01/10 12:00:00 [error] 54053#0: *1 message, client: …, server: …, request: "…", host: "…"}.
 *
 * <p>The message keeps all of it; client, request and referrer are also fields of their own, so that each is treated by
 * its rule.
 */
public final class NginxErrorParser implements Recognizer {
    private static final FieldPath CONNECTION = FieldPath.of("extra.nginx.connection");
    private static final FieldPath THREAD = FieldPath.of("process.thread.id");
    private static final TimePattern TIME = TimePattern.java("yyyy/MM/dd HH:mm:ss");
    private static final List<DeclaredFormat> FORMATS = List.of(
            head().literal(": *")
                    .slot(new Slot.Whole(CONNECTION))
                    .literal(" ")
                    .slot(new Slot.Message())
                    .build(Escape.NONE),
            head().literal(": ").slot(new Slot.Message()).build(Escape.NONE));

    private final ZoneId zone;

    /** @param zone of the times, which never say one */
    public NginxErrorParser(ZoneId zone) {
        this.zone = zone;
    }

    private static DeclaredFormat.Builder head() {
        return new DeclaredFormat.Builder()
                .slot(new Slot.Moment(TIME))
                .literal(" [")
                .slot(new Slot.Word(Fields.LOG_LEVEL, ByteClass.LETTERS))
                .literal("] ")
                .slot(new Slot.Whole(ApplicationFields.PID))
                .literal("#")
                .slot(new Slot.Whole(THREAD));
    }

    @Override
    public LogFormat format() {
        return LogFormat.NGINX_ERROR;
    }

    @Override
    public String because() {
        return "a date with slashes, a level in brackets, and process and thread with a # between";
    }

    @Override
    public boolean tryParse(Bytes record, ParseSink into) {
        Bytes clean = Clean.bytes(record);
        for (DeclaredFormat format : FORMATS) {
            Event event = ApplicationFields.event();
            if (format.read(clean, event, zone, into.texts()) == null) {
                context(event);
                into.event(event);
                return true;
            }
        }
        return false;
    }

    private static void context(Event event) {
        String message = event.text(Fields.MESSAGE);
        if (message == null) {
            return;
        }
        String client = after(message, ", client: ", ',');
        if (client != null) {
            Addresses.set(event, client);
        }
        String request = after(message, ", request: \"", '"');
        if (request != null) {
            RequestLine.read(request, event);
        }
        event.set(FieldPath.of("destination.domain"), after(message, ", host: \"", '"'));
        event.set(Fields.HTTP_REFERRER, after(message, ", referrer: \"", '"'));
    }

    /** What stands behind the last {@code name}, to {@code end} or to the message's end. */
    private static @Nullable String after(String message, String name, char end) {
        int at = message.lastIndexOf(name);
        if (at < 0) {
            return null;
        }
        int from = at + name.length();
        int to = message.indexOf(end, from);
        return message.substring(from, to < 0 ? message.length() : to).strip();
    }
}
