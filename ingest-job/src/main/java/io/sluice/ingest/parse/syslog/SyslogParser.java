package io.sluice.ingest.parse.syslog;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Recognizer;
import io.sluice.ingest.parse.application.ApplicationFields;
import io.sluice.ingest.parse.application.Levels;
import io.sluice.ingest.parse.envelope.Unwrapping;
import io.sluice.ingest.parse.text.Clean;
import io.sluice.ingest.parse.time.LogTime;
import io.sluice.ingest.parse.time.TimeParts;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Syslog: RFC 5424 with structured data; RFC 3164 with and without its priority, its time also as rsyslog writes it
 * (RFC 3339).
 *
 * <p>A time without a year is completed by the receive time (see {@code YearlessTime}). A frame's octet count in front
 * (RFC 6587) is passed over.
 */
public final class SyslogParser implements Recognizer {
    /** Marks JSON in syslog (Common Event Expression). */
    private static final String COOKIE = "@cee:";

    private static final Pattern ACCESS = Pattern.compile("\\[[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:");
    private static final FieldPath FACILITY = FieldPath.of("log.syslog.facility.code");
    private static final FieldPath SEVERITY = FieldPath.of("log.syslog.severity.code");
    private static final FieldPath MESSAGE_ID = FieldPath.of("event.code");

    private final ZoneId zone;
    private final Unwrapping.@Nullable Inner inner;

    /** @param zone for times without one */
    public SyslogParser(ZoneId zone) {
        this(zone, null);
    }

    /**
     * For messages that may themselves be JSON or an access log.
     *
     * @param zone for times without one
     * @param inner parses these; null: every message stays as it is
     */
    public SyslogParser(ZoneId zone, Unwrapping.@Nullable Inner inner) {
        this.zone = zone;
        this.inner = inner;
    }

    @Override
    public LogFormat format() {
        return LogFormat.SYSLOG;
    }

    @Override
    public String because() {
        return "a priority in angle brackets, or a time, a host and a program's tag";
    }

    @Override
    public boolean tryParse(Bytes record, ParseSink into) {
        Event event = read(record);
        if (event == null) {
            return false;
        }
        String message = event.text(Fields.MESSAGE);
        if (inner != null && message != null && isStructured(message)) {
            event.remove(Fields.MESSAGE);
            Unwrapping.unwrap(
                    message.startsWith(COOKIE) ? message.substring(COOKIE.length()) : message, event, inner, into);
        } else {
            into.event(event);
        }
        return true;
    }

    /** JSON, with the cookie of CEE before it or without, or what stands in access logs only. */
    private static boolean isStructured(String message) {
        return message.startsWith(COOKIE)
                || message.startsWith("{") && message.endsWith("}")
                || ACCESS.matcher(message).find();
    }

    /** The event, or null if it is no syslog. */
    private @Nullable Event read(Bytes record) {
        Message message = new Message(Clean.bytes(record));
        return message.read() ? message.event : null;
    }

    /** One message on its way from left to right. */
    private final class Message {
        private final byte[] a;
        private final int to;
        private final Event event = ApplicationFields.event();
        private int at;

        Message(Bytes record) {
            this.a = record.array();
            this.at = record.from();
            this.to = record.to();
        }

        boolean read() {
            octetCount();
            boolean prioritized = priority();
            if (prioritized && at + 1 < to && a[at] == '1' && a[at + 1] == ' ') {
                at += 2;
                return rfc5424();
            }
            return rfc3164(prioritized);
        }

        /** {@code 123 <34>1 …} */
        private void octetCount() {
            int i = at;
            while (i < to && isDigit(a[i])) {
                i++;
            }
            if (i > at && i + 1 < to && a[i] == ' ' && a[i + 1] == '<') {
                at = i + 1;
            }
        }

        private boolean priority() {
            int i = at + 1;
            int number = 0;
            while (i < to && i - at <= 3 && isDigit(a[i])) {
                number = number * 10 + a[i++] - '0';
            }
            if (at == to || a[at] != '<' || i == at + 1 || i >= to || a[i] != '>' || number > 191) {
                return false;
            }
            at = i + 1;
            event.set(FACILITY, number / 8);
            event.set(SEVERITY, number % 8);
            event.set(Fields.LOG_LEVEL, Levels.ofSyslog(number % 8));
            return true;
        }

        /** {@code TIME HOST APP PROCID MSGID SD [MSG]}, each of them a dash if it is not known. */
        private boolean rfc5424() {
            String time = word();
            if (!time.equals("-") && !time(time)) {
                return false;
            }
            event.set(ApplicationFields.HOST, word());
            event.set(ApplicationFields.PROCESS, word());
            String pid = word();
            if (pid.matches("[0-9]{1,9}")) {
                event.set(ApplicationFields.PID, Long.parseLong(pid));
            }
            event.set(MESSAGE_ID, word());
            if (at < to && a[at] == '-') {
                at++;
            } else if (!structuredData()) {
                return false;
            }
            rest(at < to && a[at] == ' ' ? at + 1 : at);
            return true;
        }

        /** {@code [id name="value" …][…]}; {@code \"}, {@code \\} and {@code \]} stand for the character behind. */
        private boolean structuredData() {
            if (at == to || a[at] != '[') {
                return false;
            }
            while (at < to && a[at] == '[') {
                at++;
                String id = until(" ]");
                while (at < to && a[at] == ' ') {
                    at++;
                    String name = until("=]");
                    if (at + 1 >= to || a[at] != '=' || a[at + 1] != '"') {
                        return false;
                    }
                    at += 2;
                    String value = quoted();
                    if (value == null) {
                        return false;
                    }
                    event.set(FieldPath.of("extra.syslog." + id + "." + name), value);
                }
                if (at == to || a[at] != ']') {
                    return false;
                }
                at++;
            }
            return true;
        }

        private @Nullable String quoted() {
            StringBuilder out = new StringBuilder();
            int plain = at;
            for (; at < to; at++) {
                if (a[at] == '\\' && at + 1 < to && (a[at + 1] == '"' || a[at + 1] == '\\' || a[at + 1] == ']')) {
                    out.append(text(plain, at));
                    plain = ++at;
                } else if (a[at] == '"') {
                    out.append(text(plain, at++));
                    return out.toString();
                }
            }
            return null;
        }

        /** {@code [TIME HOST] TAG[PID]: MESSAGE}. */
        private boolean rfc3164(boolean prioritized) {
            TimeParts time = new TimeParts();
            int end = LogTime.read(a, at, to, time);
            if (end < 0 || end == to || a[end] != ' ') {
                return prioritized && message(at);
            }
            if (!time.set(event, zone)) {
                return false;
            }
            at = end;
            while (at < to && a[at] == ' ') {
                at++;
            }
            int host = at;
            String name = word();
            int behind = at;
            if (isTag(name, host)) { // no host, as on the local socket
                at = host;
            } else {
                event.set(ApplicationFields.HOST, name);
            }
            return tag() || prioritized && message(behind);
        }

        private boolean isTag(String word, int from) {
            return word.endsWith(":") && word.length() > 1 && at < to && from < at && word.indexOf('[') >= 0;
        }

        /** {@code sshd[123]: }, {@code sudo: }. */
        private boolean tag() {
            int from = at;
            int i = at;
            while (i < to && i - from < 64 && a[i] > ' ' && a[i] != ':' && a[i] != '[') {
                i++;
            }
            int nameEnd = i;
            if (i < to && a[i] == '[') {
                int pid = i + 1;
                while (i < to && a[i] != ']' && a[i] > ' ') {
                    i++;
                }
                if (i == to || a[i] != ']') {
                    return false;
                }
                String number = text(pid, i);
                if (number.matches("[0-9]{1,9}")) {
                    event.set(ApplicationFields.PID, Long.parseLong(number));
                }
                i++;
            }
            if (nameEnd == from || i == to || a[i] != ':' || (i + 1 < to && a[i + 1] != ' ')) {
                return false;
            }
            event.set(ApplicationFields.PROCESS, text(from, nameEnd));
            return message(i + 1 < to ? i + 2 : to);
        }

        private boolean message(int from) {
            rest(from);
            return true;
        }

        private void rest(int from) {
            int start = from;
            if (to - start >= 3
                    && a[start] == (byte) 0xEF
                    && a[start + 1] == (byte) 0xBB
                    && a[start + 2] == (byte) 0xBF) {
                start += 3;
            }
            ApplicationFields.message(event, text(start, to));
        }

        private boolean time(String written) {
            byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
            TimeParts time = new TimeParts();
            return LogTime.read(bytes, 0, bytes.length, time) == bytes.length && time.set(event, zone);
        }

        /** The word at the current place; the blank behind it is passed over. */
        private String word() {
            String word = until(" ");
            at = Math.min(to, at + 1);
            return word;
        }

        private String until(String ends) {
            int from = at;
            while (at < to && ends.indexOf(a[at]) < 0) {
                at++;
            }
            return text(from, at);
        }

        private String text(int from, int end) {
            return new Bytes(a, from, end).text();
        }

        private static boolean isDigit(byte b) {
            return b >= '0' && b <= '9';
        }
    }
}
