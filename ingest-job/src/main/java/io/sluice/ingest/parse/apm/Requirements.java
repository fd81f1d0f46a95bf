package io.sluice.ingest.parse.apm;

import io.sluice.redaction.event.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the intake's published specification asks of the members that are read here; of the rest nothing is asked.
 *
 * <p>An absent value (null, empty text, {@code -}) is a missing one.
 *
 * @param required by their dotted names
 * @param oneOf of which at least one must be there
 * @param optional what a member must be, if it is there
 */
record Requirements(Map<String, Form> required, List<String> oneOf, Map<String, Form> optional) {
    private static final Map<String, Form> SHARED = Map.ofEntries(
            Map.entry("trace_id", Form.KEYWORD),
            Map.entry("transaction_id", Form.KEYWORD),
            Map.entry("parent_id", Form.KEYWORD),
            Map.entry("name", Form.KEYWORD),
            Map.entry("timestamp", Form.WHOLE),
            Map.entry("context", Form.OBJECT),
            Map.entry("context.user", Form.OBJECT),
            Map.entry("context.user.id", Form.KEYWORD_OR_WHOLE),
            Map.entry("context.user.email", Form.KEYWORD),
            Map.entry("context.user.username", Form.KEYWORD),
            Map.entry("context.request", Form.OBJECT),
            Map.entry("context.request.method", Form.KEYWORD),
            Map.entry("context.request.url", Form.OBJECT),
            Map.entry("context.request.url.full", Form.TEXT),
            Map.entry("context.request.url.raw", Form.TEXT),
            Map.entry("context.response", Form.OBJECT),
            Map.entry("context.response.status_code", Form.WHOLE));

    static final Requirements METADATA = new Requirements(
            Map.of(
                    "service", Form.OBJECT,
                    "service.name", Form.KEYWORD,
                    "service.agent", Form.OBJECT,
                    "service.agent.name", Form.KEYWORD,
                    "service.agent.version", Form.KEYWORD),
            List.of(),
            Map.of(
                    "user", Form.OBJECT,
                    "user.id", Form.KEYWORD_OR_WHOLE,
                    "user.email", Form.KEYWORD,
                    "user.username", Form.KEYWORD,
                    "process", Form.OBJECT,
                    "process.pid", Form.WHOLE,
                    "system", Form.OBJECT));

    static final Requirements TRANSACTION = new Requirements(
            Map.of(
                    "id", Form.KEYWORD,
                    "trace_id", Form.KEYWORD,
                    "type", Form.KEYWORD,
                    "duration", Form.DURATION,
                    "span_count", Form.OBJECT,
                    "span_count.started", Form.WHOLE),
            List.of(),
            and(Map.of("session.id", Form.KEYWORD)));

    static final Requirements SPAN = new Requirements(
            Map.of(
                    "id", Form.KEYWORD,
                    "trace_id", Form.KEYWORD,
                    "parent_id", Form.KEYWORD,
                    "name", Form.KEYWORD,
                    "type", Form.KEYWORD,
                    "duration", Form.DURATION),
            List.of("start", "timestamp"),
            and(Map.of("start", Form.NUMBER)));

    static final Requirements ERROR = new Requirements(
            Map.of("id", Form.KEYWORD),
            List.of("exception", "log"),
            and(Map.of(
                    "exception", Form.OBJECT,
                    "exception.message", Form.TEXT,
                    "exception.type", Form.KEYWORD,
                    "log", Form.OBJECT)));

    static final Requirements LOG = new Requirements(Map.of(), List.of(), Map.of());

    static final Requirements METRICSET =
            new Requirements(Map.of("samples", Form.OBJECT), List.of(), Map.of("timestamp", Form.WHOLE));

    private static final Requirements EXCEPTION = new Requirements(Map.of(), List.of("message", "type"), Map.of());
    private static final Requirements ERROR_LOG =
            new Requirements(Map.of("message", Form.TEXT), List.of(), Map.of("level", Form.KEYWORD));

    private static Map<String, Form> and(Map<String, Form> more) {
        Map<String, Form> all = new HashMap<>(SHARED);
        all.putAll(more);
        return Map.copyOf(all);
    }

    /** Whether an object keeps them. */
    boolean hold(Map<String, Value> members) {
        for (Map.Entry<String, Form> need : required.entrySet()) {
            Value value = at(members, need.getKey());
            if (value == null || !need.getValue().holds(value)) {
                return false;
            }
        }
        for (Map.Entry<String, Form> allowed : optional.entrySet()) {
            Value value = at(members, allowed.getKey());
            if (value != null && !allowed.getValue().holds(value)) {
                return false;
            }
        }
        return oneOf.isEmpty() || oneOf.stream().anyMatch(members::containsKey);
    }

    /** Ids of an error come together, an exception has a message or a type, a log a message. */
    static boolean isError(Map<String, Value> members) {
        boolean trace = members.containsKey("trace_id");
        boolean parent = members.containsKey("parent_id");
        return trace == parent
                && (parent || !members.containsKey("transaction_id"))
                && (!(members.get("exception") instanceof Value.Members exception)
                        || EXCEPTION.hold(exception.members()))
                && (!(members.get("log") instanceof Value.Members log) || ERROR_LOG.hold(log.members()));
    }

    private static @Nullable Value at(Map<String, Value> members, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return members.get(path);
        }
        return members.get(path.substring(0, dot)) instanceof Value.Members inner
                ? at(inner.members(), path.substring(dot + 1))
                : null;
    }
}
