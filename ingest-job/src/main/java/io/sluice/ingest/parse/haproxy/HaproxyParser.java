package io.sluice.ingest.parse.haproxy;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Recognizer;
import io.sluice.ingest.parse.declared.ByteClass;
import io.sluice.ingest.parse.declared.DeclaredFormat;
import io.sluice.ingest.parse.declared.Escape;
import io.sluice.ingest.parse.declared.Slot;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.List;

/**
 * HAProxy's {@code option httplog} (configuration manual, section 8.2.3), with captured headers or without, behind the
 * head of syslog or alone. Captured cookies and headers have no names there, and stand below {@code extra}.
 */
public final class HaproxyParser implements Recognizer {
    private static final Value PROVIDER = new Value.Text("access-log");
    private static final FieldPath DURATION = FieldPath.of("event.duration");
    private static final FieldPath REQUEST_HEADERS = FieldPath.of("extra.haproxy.request_headers");
    private static final FieldPath RESPONSE_HEADERS = FieldPath.of("extra.haproxy.response_headers");

    /** Without captured headers, with those of the request, with both. */
    private static final List<DeclaredFormat> FORMATS =
            List.of(format(false, false), format(true, false), format(true, true));

    private final ZoneId zone;

    /** @param zone of the times, which never say one */
    public HaproxyParser(ZoneId zone) {
        this.zone = zone;
    }

    /** {@code ip:port [time] frontend backend/server TR/Tw/Tc/Tr/Ta status bytes - - ---- 1/1/0/0/0 0/0 {…} "request"}. */
    private static DeclaredFormat format(boolean requestHeaders, boolean responseHeaders) {
        DeclaredFormat.Builder builder = new DeclaredFormat.Builder()
                .slot(new Slot.AddressWithPort())
                .literal(" [")
                .slot(new Slot.NcsaMoment())
                .literal("] ")
                .slot(word("frontend"))
                .literal(" ")
                .slot(word("backend"))
                .literal("/")
                .slot(word("server"))
                .literal(" ")
                .slot(word("timers"))
                .literal("/")
                .slot(word("timers.wait"))
                .literal("/")
                .slot(word("timers.connect"))
                .literal("/")
                .slot(word("timers.response"))
                .literal("/")
                .slot(new Slot.Duration(DURATION, 1_000_000))
                .literal(" ")
                .slot(new Slot.Whole(Fields.HTTP_STATUS))
                .literal(" ")
                .slot(new Slot.Whole(FieldPath.of("http.response.bytes")))
                .literal(" ")
                .slot(word("request_cookie"))
                .literal(" ")
                .slot(word("response_cookie"))
                .literal(" ")
                .slot(word("termination_state"))
                .literal(" ")
                .slot(word("connections"))
                .literal(" ")
                .slot(word("queues"));
        if (requestHeaders) {
            builder.literal(" {").slot(new Slot.Text(REQUEST_HEADERS)).literal("}");
        }
        if (responseHeaders) {
            builder.literal(" {").slot(new Slot.Text(RESPONSE_HEADERS)).literal("}");
        }
        return builder.literal(" \"").slot(new Slot.Request()).literal("\"").build(Escape.NONE);
    }

    private static Slot word(String name) {
        return new Slot.Word(FieldPath.of("extra.haproxy." + name), ByteClass.WORD);
    }

    @Override
    public LogFormat format() {
        return LogFormat.HAPROXY;
    }

    @Override
    public String because() {
        return "an address with a port, a time in brackets, and HAProxy's timers";
    }

    @Override
    public boolean tryParse(Bytes record, ParseSink into) {
        int at = start(record);
        if (at < 0) {
            return false;
        }
        Bytes line = record.slice(at, record.length());
        for (DeclaredFormat format : FORMATS) {
            Event event = new Event().set(Fields.EVENT_PROVIDER, PROVIDER);
            if (format.read(line, event, zone, into.texts()) == null) {
                into.event(event);
                return true;
            }
        }
        return false;
    }

    /** Where the client's address begins: at the word before the first {@code " ["} with a date behind it, or -1. */
    private static int start(Bytes record) {
        for (int i = 3; i + 4 < record.length(); i++) {
            if (record.at(i) == '['
                    && record.at(i - 1) == ' '
                    && record.at(i + 3) == '/'
                    && isDigit(record.at(i + 1))) {
                int at = i - 1;
                while (at > 0 && record.at(at - 1) != ' ') {
                    at--;
                }
                return at < i - 1 && isDigit(record.at(i - 2)) ? at : -1;
            }
        }
        return -1;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
