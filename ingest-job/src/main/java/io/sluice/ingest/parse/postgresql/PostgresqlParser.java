package io.sluice.ingest.parse.postgresql;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's server log (https://www.postgresql.org/docs/current/runtime-config-logging.html): the text of
 * {@code log_destination = stderr} with any {@code log_line_prefix} that begins with {@code %t} or {@code %m}, and the
 * 23 to 26 columns of {@code csvlog}.
 *
 * <p>Of a statement in CSV the SQL is the message; how long it took is {@code event.duration}.
 */
public final class PostgresqlParser implements Recognizer {
    private static final Set<String> SEVERITIES = Set.of(
            "DEBUG",
            "DEBUG1",
            "DEBUG2",
            "DEBUG3",
            "DEBUG4",
            "DEBUG5",
            "INFO",
            "NOTICE",
            "WARNING",
            "ERROR",
            "LOG",
            "FATAL",
            "PANIC",
            "DETAIL",
            "HINT",
            "QUERY",
            "CONTEXT",
            "LOCATION",
            "STATEMENT",
            "BACKTRACE");
    private static final FieldPath SQL_STATE = FieldPath.of("extra.postgresql.sql_state_code");
    private static final FieldPath DURATION = FieldPath.of("event.duration");
    private static final FieldPath DETAIL = FieldPath.of("extra.postgresql.detail");
    /** How far a prefix may go. */
    private static final int MAX_PREFIX = 256;

    private final ZoneId zone;

    /** @param zone for times whose zone is not written, or by a name that is not unique */
    public PostgresqlParser(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public LogFormat format() {
        return LogFormat.POSTGRESQL;
    }

    @Override
    public String because() {
        return "a time with a zone's name, and a severity of PostgreSQL with a colon and two blanks, or CSV columns";
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
        TimeParts time = new TimeParts();
        int end = LogTime.read(a, record.from(), record.to(), time);
        if (end < 0) {
            return null;
        }
        Event event = ApplicationFields.event();
        if (!time.set(event, zone)) {
            return null;
        }
        boolean isCsv = end < record.to() && a[end] == ',';
        return (isCsv ? csv(record, end + 1, event) : text(record, end, event)) ? event : null;
    }

    /** {@code [pid] user@db LOG:  00000: message}: whatever the prefix, a severity with a colon and two blanks. */
    private static boolean text(Bytes record, int from, Event event) {
        String text = new Bytes(record.array(), from, record.to()).text();
        int colon = -1;
        do {
            colon = text.indexOf(":  ", colon + 1);
            if (colon < 0 || colon > MAX_PREFIX) {
                return false;
            }
        } while (!SEVERITIES.contains(word(text, colon)));
        String severity = word(text, colon);
        String prefix = text.substring(0, colon - severity.length());
        if (prefix.indexOf('\n') >= 0) {
            return false;
        }
        event.set(Fields.LOG_LEVEL, severity);
        prefix(prefix, event);
        String message = text.substring(colon + 3);
        if (message.length() > 6
                && message.charAt(5) == ':'
                && message.substring(0, 5).matches("[0-9A-Z]{5}")) {
            event.set(SQL_STATE, message.substring(0, 5));
            message = message.substring(6).stripLeading();
        }
        ApplicationFields.message(event, message);
        return true;
    }

    private static String word(String text, int end) {
        int from = end;
        while (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1))) {
            from--;
        }
        return text.substring(from, end);
    }

    private static void prefix(String prefix, Event event) {
        int open = prefix.indexOf('[');
        int close = prefix.indexOf(']', open + 1);
        if (open >= 0 && close > open && prefix.substring(open + 1, close).matches("[0-9]{1,9}")) {
            event.set(ApplicationFields.PID, Long.parseLong(prefix.substring(open + 1, close)));
        }
        event.set(FieldPath.of("extra.postgresql.prefix"), prefix.strip());
    }

    /** {@code user, database, pid, "host:port", session, line, tag, started, vxid, xid, severity, state, message, …}. */
    private static boolean csv(Bytes record, int from, Event event) {
        List<String> columns = columns(new Bytes(record.array(), from, record.to()).text());
        if (columns == null || columns.size() < 22 || !SEVERITIES.contains(columns.get(10))) {
            return false;
        }
        event.set(Fields.USER_NAME, columns.get(0));
        event.set(FieldPath.of("extra.postgresql.database"), columns.get(1));
        if (!columns.get(3).isEmpty() && !columns.get(3).equals("[local]")) {
            Addresses.setWithPort(event, columns.get(3));
        }
        event.set(Fields.LOG_LEVEL, columns.get(10));
        event.set(SQL_STATE, columns.get(11));
        message(columns.get(12), event);
        event.set(DETAIL, columns.get(13));
        event.set(FieldPath.of("extra.postgresql.query"), columns.get(18));
        event.set(FieldPath.of("extra.postgresql.application"), columns.get(21));
        return true;
    }

    private static @Nullable List<String> columns(String text) {
        List<String> columns = new ArrayList<>();
        StringBuilder column = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                column.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                columns.add(column.toString());
                column.setLength(0);
            } else {
                column.append(c);
            }
        }
        columns.add(column.toString().stripTrailing());
        return quoted ? null : columns;
    }

    /** {@code duration: 6.589 ms}, then {@code statement: }, {@code parse NAME: }, {@code bind …}, {@code execute …}. */
    private static void message(String written, Event event) {
        String message = written;
        if (written.startsWith("duration: ")) {
            int end = written.indexOf(" ms", 10);
            String number = end < 0 ? "" : written.substring(10, end);
            if (number.matches("[0-9]{1,9}(\\.[0-9]{1,6})?")) {
                event.set(DURATION, Math.round(Double.parseDouble(number) * 1e6));
                String behind = written.substring(end + 3).stripLeading();
                message = behind.isEmpty() ? written : behind;
            }
        }
        for (String step : List.of("statement: ", "parse ", "bind ", "execute ")) {
            if (message.startsWith(step)) {
                int colon = message.indexOf(": ");
                message = colon < 0 ? message : message.substring(colon + 2);
                break;
            }
        }
        ApplicationFields.message(event, message);
    }
}
