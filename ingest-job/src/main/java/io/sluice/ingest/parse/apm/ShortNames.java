package io.sluice.ingest.parse.apm;

import io.sluice.redaction.event.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The short names of the intake's third version, which browsers send, and the long ones that they stand for; a name that
 * is not listed stays as it is. Only names that are read here are listed.
 *
 * @param names the long name of a short one
 * @param inner the short names within a member, by its long name
 */
record ShortNames(Map<String, String> names, Map<String, ShortNames> inner) {
    private static final ShortNames USER = flat(Map.of("em", "email", "un", "username"));
    private static final ShortNames NAMED = flat(Map.of("n", "name", "ve", "version"));
    private static final ShortNames SERVICE = new ShortNames(
            Map.of("n", "name", "ve", "version", "en", "environment", "a", "agent"), Map.of("agent", NAMED));
    private static final ShortNames CONTEXT = new ShortNames(
            Map.of(
                    "u",
                    "user",
                    "p",
                    "page",
                    "q",
                    "request",
                    "r",
                    "response",
                    "se",
                    "service",
                    "g",
                    "tags",
                    "cu",
                    "custom"),
            Map.of(
                    "user", USER,
                    "page", flat(Map.of("rf", "referer")),
                    "request", flat(Map.of("he", "headers", "mt", "method", "hve", "http_version", "en", "env")),
                    "response",
                            flat(Map.of(
                                    "sc",
                                    "status_code",
                                    "he",
                                    "headers",
                                    "ts",
                                    "transfer_size",
                                    "ebs",
                                    "encoded_body_size")),
                    "service", SERVICE));
    private static final Map<String, String> IDS =
            Map.of("tid", "trace_id", "pid", "parent_id", "xid", "transaction_id", "c", "context");
    private static final ShortNames FRAME = flat(Map.of(
            "f", "filename", "fn", "function", "li", "lineno", "mo", "module", "cn", "classname", "ap", "abs_path"));

    /** Those of a metadata line. */
    static final ShortNames METADATA = new ShortNames(
            Map.of("se", "service", "u", "user", "l", "labels"), Map.of("service", SERVICE, "user", USER));

    /** Those of a transaction. */
    static final ShortNames TRANSACTION = new ShortNames(
            and(
                    IDS,
                    Map.of(
                            "n",
                            "name",
                            "t",
                            "type",
                            "d",
                            "duration",
                            "yc",
                            "span_count",
                            "o",
                            "outcome",
                            "rt",
                            "result",
                            "sm",
                            "sampled",
                            "ses",
                            "session")),
            Map.of("context", CONTEXT, "span_count", flat(Map.of("sd", "started", "dd", "dropped"))));

    /** Those of an error. */
    static final ShortNames ERROR = new ShortNames(
            and(IDS, Map.of("ex", "exception", "cl", "culprit", "x", "transaction")),
            Map.of(
                    "context",
                    CONTEXT,
                    "exception",
                    new ShortNames(
                            Map.of("mg", "message", "t", "type", "st", "stacktrace", "mo", "module"),
                            Map.of("stacktrace", FRAME)),
                    "log",
                    new ShortNames(
                            Map.of("mg", "message", "lv", "level", "ln", "logger_name", "st", "stacktrace"),
                            Map.of("stacktrace", FRAME))));

    /** Of what has no short names. */
    static final ShortNames NONE = flat(Map.of());

    private static ShortNames flat(Map<String, String> names) {
        return new ShortNames(names, Map.of());
    }

    private static Map<String, String> and(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new LinkedHashMap<>(some);
        all.putAll(others);
        return Map.copyOf(all);
    }

    /** The same value with long names; of two members of one name the first stays. */
    Value spelledOut(Value value) {
        if (value instanceof Value.Items items) {
            return new Value.Items(items.items().stream().map(this::spelledOut).toList());
        }
        if (!(value instanceof Value.Members members)) {
            return value;
        }
        Map<String, Value> spelled = new LinkedHashMap<>();
        members.members().forEach((shortName, member) -> {
            String name = names.getOrDefault(shortName, shortName);
            ShortNames below = inner.get(name);
            spelled.putIfAbsent(name, below == null ? member : below.spelledOut(member));
        });
        return new Value.Members(spelled);
    }
}
