package io.sluice.ingest.parse.apm;

import static java.util.Map.entry;

import io.sluice.ingest.parse.IpLiteral;
import io.sluice.ingest.parse.application.ApplicationFields;
import io.sluice.ingest.parse.tracker.TrackerFields;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives the members of one line their field names; what has none stands below {@code extra}. */
final class ApmFields {
    private static final FieldPath TRACE = FieldPath.of("trace.id");
    private static final FieldPath TRANSACTION = FieldPath.of("transaction.id");
    private static final FieldPath SERVICE = FieldPath.of("service.name");
    private static final FieldPath ERROR_MESSAGE = FieldPath.of("error.message");
    private static final FieldPath ERROR_TYPE = FieldPath.of("error.type");
    private static final Map<String, FieldPath> NAMES = Map.ofEntries(
            entry("trace_id", TRACE),
            entry("transaction_id", TRANSACTION),
            entry("outcome", Fields.EVENT_OUTCOME),
            entry("session.id", Fields.SESSION_ID),
            entry("context.user.id", Fields.USER_ID),
            entry("context.user.email", Fields.USER_EMAIL),
            entry("context.user.username", Fields.USER_NAME),
            entry("context.request.method", Fields.HTTP_METHOD),
            entry("context.request.http_version", Fields.HTTP_VERSION),
            entry("context.response.status_code", Fields.HTTP_STATUS),
            entry("context.response.encoded_body_size", Fields.HTTP_BYTES),
            entry("context.request.url.full", Fields.URL_ORIGINAL),
            entry("context.page.url", Fields.URL_ORIGINAL),
            entry("context.page.referer", Fields.HTTP_REFERRER),
            entry("context.service.name", SERVICE),
            entry("exception.message", ERROR_MESSAGE),
            entry("exception.type", ERROR_TYPE),
            entry("log.level", Fields.LOG_LEVEL),
            entry("log.logger_name", Fields.LOG_LOGGER));
    /** Of a metadata line. */
    private static final Map<String, FieldPath> OF_METADATA = Map.of(
            "user.id", Fields.USER_ID,
            "user.email", Fields.USER_EMAIL,
            "user.username", Fields.USER_NAME,
            "service.name", SERVICE,
            "process.pid", ApplicationFields.PID,
            "system.hostname", ApplicationFields.HOST,
            "system.detected_hostname", ApplicationFields.HOST);
    /** Fields that are numbers. */
    private static final Set<FieldPath> NUMBERS = Set.of(Fields.HTTP_STATUS, Fields.HTTP_BYTES, ApplicationFields.PID);

    private static final String COOKIES = "context.request.cookies";

    private final Kind kind;
    private final Event event = ApplicationFields.event();
    private final TrackerFields fields;
    private final List<Value> cookies = new ArrayList<>();

    ApmFields(Kind kind, ZoneId zone) {
        this.kind = kind;
        this.fields = new TrackerFields(zone, event);
    }

    /** Fills the event from members that are valid for their kind. */
    TrackerFields read(Map<String, Value> members) {
        fields.set(Fields.EVENT_ACTION, action(members));
        fields.micros(members.get("timestamp"));
        switch (kind) {
            case TRANSACTION -> fields.set(TRANSACTION, members.get("id"));
            case SPAN -> fields.set(FieldPath.of("span.id"), members.get("id"));
            default -> {}
        }
        // The whole URL counts before what else is said of it, whatever their order.
        Map<String, Value> request = TrackerFields.members(
                TrackerFields.members(members.get("context")).get("request"));
        Map<String, Value> url = TrackerFields.members(request.get("url"));
        fields.set(Fields.URL_ORIGINAL, url.getOrDefault("full", url.get("raw")));
        members.forEach(this::visit);
        if (!cookies.isEmpty()) {
            fields.header("cookie", new Value.Items(List.copyOf(cookies)));
        }
        return fields;
    }

    /** The sort of a transaction or span, such as {@code request}: its name may hold a path. */
    private String action(Map<String, Value> members) {
        return switch (kind) {
            case TRANSACTION, SPAN -> TrackerFields.text(members.get("type"));
            default -> kind.label();
        };
    }

    private void visit(String path, Value value) {
        FieldPath known = kind == Kind.METADATA ? OF_METADATA.get(path) : NAMES.get(path);
        if (known != null && (!NUMBERS.contains(known) || value instanceof Value.Whole)) {
            named(known, path, value);
        } else if (path.equals("context.request.headers") && value instanceof Value.Members headers) {
            headers.members().forEach(this::header);
        } else if (path.equals(COOKIES) && value instanceof Value.Members) {
            // Signals are looked for there, and what is cut before sealing is cut as it stands in the record.
            cookies.add(value);
        } else if (value instanceof Value.Members members) {
            members.members().forEach((name, inner) -> visit(path + "." + name, inner));
        } else if (!taken(path, value)) {
            fields.extra(kind.label() + "." + path, value);
        }
    }

    private void named(FieldPath known, String path, Value value) {
        if (value instanceof Value.Members || value instanceof Value.Items) {
            fields.extra(kind.label() + "." + path, value);
        } else if (NUMBERS.contains(known)) {
            fields.set(known, value);
        } else {
            fields.id(known, value);
        }
    }

    private boolean taken(String path, Value value) {
        switch (path) {
            case "id" -> {
                return kind == Kind.TRANSACTION || kind == Kind.SPAN;
            }
            case "type" -> {
                return kind == Kind.TRANSACTION || kind == Kind.SPAN;
            }
            case "timestamp" -> {
                return true;
            }
            case "context.request.socket.remote_address" -> fields.address(withoutPort(value));
            case "log.message" -> ApplicationFields.message(event, TrackerFields.text(value));
            case "exception.stacktrace" -> {
                fields.set(ApplicationFields.STACK_TRACE, stack(value));
                return false; // its variables and lines of source stay below extra
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void header(String name, Value value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (value instanceof Value.Members) {
            fields.extra(kind.label() + ".context.request.headers." + name, value);
            return;
        }
        List<Value> values = value instanceof Value.Items items ? items.items() : List.of(value);
        switch (lower) {
            case "cookie" -> cookies.addAll(values);
            case "user-agent" -> fields.set(Fields.USER_AGENT, values.isEmpty() ? null : values.get(0));
            case "referer" -> fields.set(Fields.HTTP_REFERRER, values.isEmpty() ? null : values.get(0));
            default -> {}
        }
        if (!lower.equals("cookie")) {
            fields.header(lower, value);
        }
    }

    /** {@code 192.0.2.7:8080} and {@code [2001:db8::7]:8080} without what stands behind the address. */
    private static Value withoutPort(Value value) {
        String text = TrackerFields.text(value);
        int colon = text.lastIndexOf(':');
        String host = colon > 0 ? text.substring(0, colon) : "";
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        boolean hasPort = IpLiteral.is(bare) && (host.length() > bare.length() || bare.indexOf(':') < 0);
        return hasPort ? new Value.Text(bare) : value;
    }

    /** A line for each frame: where, and in which file and line. */
    private static String stack(Value frames) {
        StringBuilder lines = new StringBuilder();
        if (frames instanceof Value.Items items) {
            for (Value frame : items.items()) {
                Map<String, Value> of = TrackerFields.members(frame);
                lines.append(lines.length() == 0 ? "at " : "\nat ")
                        .append(part(of.getOrDefault("classname", of.get("module")), "", "."))
                        .append(part(of.get("function"), "", ""))
                        .append(part(of.get("filename"), "(", ""))
                        .append(part(of.get("lineno"), ":", ""))
                        .append(of.containsKey("filename") ? ")" : "");
            }
        }
        return lines.toString();
    }

    private static String part(@Nullable Value value, String before, String after) {
        return value == null ? "" : before + value.plain() + after;
    }
}
