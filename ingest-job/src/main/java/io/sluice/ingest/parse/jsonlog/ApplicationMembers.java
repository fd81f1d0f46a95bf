package io.sluice.ingest.parse.jsonlog;

import io.sluice.ingest.parse.application.ApplicationFields;
import io.sluice.ingest.parse.application.Levels;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the names that libraries use for time, level, logger and message their fields.
 *
 * <p>Of several names for one thing the first that is there counts. Everything else stands below {@code extra}, where no
 * rule keeps it, but for the fields of the Elastic Common Schema in {@link #KEPT}: an application that writes them means
 * them, and each has a rule.
 */
public final class ApplicationMembers {
    private static final List<String> TIMES = List.of(
            "@timestamp",
            "timestamp",
            "time",
            "ts",
            "@t",
            "t.$date",
            "t",
            "timeMillis",
            "instant.epochSecond",
            "asctime",
            "datetime",
            "eventTime",
            "event_time",
            "Timestamp",
            "timeUnixNano",
            "observedTimeUnixNano",
            "date",
            "__REALTIME_TIMESTAMP",
            "time_iso8601",
            "timereported",
            "timegenerated");
    private static final List<String> LEVELS = List.of(
            "log.level",
            "level",
            "@l",
            "severity",
            "severityText",
            "SeverityText",
            "severity_text",
            "lvl",
            "levelname",
            "level_name",
            "loglevel",
            "severityNumber",
            "SeverityNumber",
            "PRIORITY",
            "s");
    private static final List<String> MESSAGES = List.of(
            "message",
            "msg",
            "@m",
            "@mt",
            "fields.message",
            "logEvent.message",
            "body.stringValue",
            "body",
            "Body",
            "event",
            "short_message",
            "textPayload",
            "MESSAGE");
    private static final List<String> LOGGERS = List.of(
            "log.logger",
            "logger",
            "logger_name",
            "loggerName",
            "SourceContext",
            "target",
            "component",
            "name",
            "module",
            "cl",
            "c");
    private static final List<String> STACKS = List.of(
            "error.stack_trace",
            "stack_trace",
            "stacktrace",
            "stack",
            "@x",
            "exc_info",
            "exception",
            "err.stack",
            "thrown.extendedStackTrace",
            "exception.stacktrace");
    private static final List<String> THREADS =
            List.of("process.thread.name", "thread", "thread_name", "threadName", "ctx");

    /** Fields of the Elastic Common Schema that an application may set itself. */
    private static final Set<String> KEPT = Set.of(
            "user.id",
            "user.name",
            "user.email",
            "source.ip",
            "source.address",
            "http.request.method",
            "http.request.referrer",
            "http.response.status_code",
            "http.response.body.bytes",
            "http.version",
            "url.original",
            "user_agent.original",
            "session.id",
            "organization.id",
            "event.outcome",
            "event.action",
            "trace.id",
            "span.id",
            "transaction.id",
            "service.name",
            "process.pid",
            "host.hostname",
            "error.type",
            "error.message",
            "event.duration");

    private static final String EXTRA = "extra.";

    private ApplicationMembers() {}

    /** Whether it has a message with a level or a time, or a level with a time: enough to call it a log event. */
    public static boolean isApplicationLog(Map<String, Value> members) {
        int signs = 0;
        signs += first(MESSAGES, members) == null ? 0 : 1;
        signs += first(LEVELS, members) == null ? 0 : 1;
        signs += first(TIMES, members) == null ? 0 : 1;
        return signs >= 2;
    }

    /** Whether it has a message and a level. */
    static boolean isLevelled(Map<String, Value> members) {
        return first(MESSAGES, members) != null && first(LEVELS, members) != null;
    }

    /** The event; what should be its time and is none stands below {@code extra} too. */
    public static Event event(Map<String, Value> members, ZoneId zone) {
        Event event = ApplicationFields.event();
        String named = first(TIMES, members);
        String time = named != null && time(event, named, members, zone) ? named : null;
        String level = first(LEVELS, members);
        if (level != null) {
            level(event, level, members);
        }
        String message = first(MESSAGES, members);
        if (message != null) {
            ApplicationFields.message(event, text(members.get(message)));
        }
        String logger = text(event, Fields.LOG_LOGGER, LOGGERS, members);
        String stack = text(event, ApplicationFields.STACK_TRACE, STACKS, members);
        String thread = text(event, ApplicationFields.THREAD, THREADS, members);
        members.forEach((name, value) -> {
            boolean taken = name.equals(time)
                    || name.equals(level)
                    || name.equals(message)
                    || name.equals(logger)
                    || name.equals(stack)
                    || name.equals(thread);
            if (!taken) {
                event.set(FieldPath.of(KEPT.contains(name) ? name : EXTRA + name), value);
            }
        });
        return event;
    }

    private static boolean time(Event event, String name, Map<String, Value> members, ZoneId zone) {
        Value value = members.get(name);
        if (name.equals("instant.epochSecond")
                && value instanceof Value.Whole seconds
                && members.get("instant.nanoOfSecond") instanceof Value.Whole nanos) {
            return JsonTime.set(event, new Value.Whole(seconds.number() * 1000 + nanos.number() / 1_000_000), zone);
        }
        return value != null && JsonTime.set(event, value, zone);
    }

    /** A word as it is written, or the word for a number on the scale that goes with the name. */
    private static void level(Event event, String name, Map<String, Value> members) {
        Value value = members.get(name);
        if (!(value instanceof Value.Whole whole)) {
            String word = text(value);
            boolean isDigit = word.length() == 1 && word.charAt(0) >= '0' && word.charAt(0) <= '7';
            String letter = word.length() == 1 ? Levels.ofLetter(word.charAt(0)) : null;
            event.set(
                    Fields.LOG_LEVEL, isDigit ? Levels.ofSyslog(word.charAt(0) - '0') : letter == null ? word : letter);
            return;
        }
        long number = whole.number();
        String word =
                switch (name) {
                    case "severityNumber", "SeverityNumber" -> Levels.ofOpenTelemetry(number);
                    case "PRIORITY", "severity" -> Levels.ofSyslog(number);
                    default -> number >= 10 ? Levels.ofBunyan(number) : null;
                };
        event.set(Fields.LOG_LEVEL, word);
        if (word == null) {
            event.set(FieldPath.of(EXTRA + name), number);
        }
    }

    private static @Nullable String text(Event event, FieldPath path, List<String> names, Map<String, Value> members) {
        String name = first(names, members);
        if (name != null) {
            event.set(path, text(members.get(name)));
        }
        return name;
    }

    /** Text as it is; numbers as written; an array of texts a line each; of other things nothing. */
    private static String text(@Nullable Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        if (value instanceof Value.Whole whole) {
            return Long.toString(whole.number());
        }
        if (value instanceof Value.Items items) {
            StringBuilder lines = new StringBuilder();
            for (Value item : items.items()) {
                lines.append(lines.length() == 0 ? "" : "\n").append(text(item));
            }
            return lines.toString();
        }
        return "";
    }

    private static @Nullable String first(List<String> names, Map<String, Value> members) {
        for (String name : names) {
            if (members.containsKey(name)) {
                return name;
            }
        }
        return null;
    }
}
