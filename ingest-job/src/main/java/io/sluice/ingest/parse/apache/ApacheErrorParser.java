package io.sluice.ingest.parse.apache;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Recognizer;
import io.sluice.ingest.parse.application.ApplicationFields;
import io.sluice.ingest.parse.declared.Addresses;
import io.sluice.ingest.parse.text.Clean;
import io.sluice.ingest.parse.time.LogTime;
import io.sluice.ingest.parse.time.TimeParts;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Apache error log of 2.2 and 2.4: {@code [Mon Dec 26 16:22:08.1 2016] [core:error] [pid 1:tid 2] [client 192.0.2.7:1234]
 * message, referer: …}.
 */
public final class ApacheErrorParser implements Recognizer {
    private static final FieldPath MODULE = FieldPath.of("extra.apache.module");
    private static final FieldPath THREAD = FieldPath.of("process.thread.id");
    private static final String REFERRER = ", referer: ";

    private final ZoneId zone;

    /** @param zone of the times, which never say one */
    public ApacheErrorParser(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public LogFormat format() {
        return LogFormat.APACHE_ERROR;
    }

    @Override
    public String because() {
        return "a weekday and a time in brackets, and a level in brackets";
    }

    @Override
    public boolean tryParse(Bytes record, ParseSink into) {
        Event event = read(Clean.bytes(record));
        if (event != null) {
            into.event(event);
        }
        return event != null;
    }

    private @Nullable Event read(Bytes record) {
        byte[] a = record.array();
        int to = record.to();
        int from = record.from() + 1;
        if (record.length() < 30 || a[from - 1] != '[' || (a[from] | 0x20) < 'a') {
            return null;
        }
        TimeParts time = new TimeParts();
        int end = LogTime.read(a, from, to, time);
        Event event = ApplicationFields.event();
        if (end < 0
                || to - end < 4
                || a[end] != ']'
                || a[end + 1] != ' '
                || a[end + 2] != '['
                || !time.set(event, zone)) {
            return null;
        }
        return rest(new Bytes(a, end + 2, to).text(), event) ? event : null;
    }

    /** {@code [module:level] [pid …] [client …] message}. */
    private static boolean rest(String text, Event event) {
        int close = text.indexOf(']');
        if (close < 2) {
            return false;
        }
        String level = text.substring(1, close);
        int colon = level.lastIndexOf(':');
        event.set(MODULE, colon > 0 ? level.substring(0, colon) : null);
        event.set(Fields.LOG_LEVEL, level.substring(colon + 1));
        String rest = text.substring(close + 1).stripLeading();
        while (true) {
            int end = rest.indexOf(']');
            if (end > 0 && rest.startsWith("[pid ")) {
                process(rest.substring(5, end), event);
            } else if (end > 0 && (rest.startsWith("[client ") || rest.startsWith("[remote "))) {
                Addresses.setWithPort(event, rest.substring(8, end).strip());
            } else {
                break;
            }
            rest = rest.substring(end + 1).stripLeading();
        }
        ApplicationFields.message(event, rest);
        int referrer = rest.lastIndexOf(REFERRER);
        event.set(
                Fields.HTTP_REFERRER,
                referrer < 0
                        ? null
                        : rest.substring(referrer + REFERRER.length()).strip());
        return true;
    }

    /** {@code 35708:tid 4328636416}. */
    private static void process(String text, Event event) {
        int tid = text.indexOf(":tid ");
        number(tid < 0 ? text : text.substring(0, tid), ApplicationFields.PID, event);
        if (tid >= 0) {
            number(text.substring(tid + 5), THREAD, event);
        }
    }

    private static void number(String text, FieldPath path, Event event) {
        if (text.matches("[0-9]{1,18}")) {
            event.set(path, Long.parseLong(text));
        }
    }
}
