package io.sluice.ingest.parse.apm;

import io.sluice.redaction.event.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of lines of the intake: each is an object with one member, which names its kind. */
enum Kind {
    /** Of the agent and its process; what follows it in a stream is of the same, and is read without it. */
    METADATA("metadata", "m", ShortNames.METADATA, Requirements.METADATA, List.of("service", "se")),
    TRANSACTION(
            "transaction",
            "x",
            ShortNames.TRANSACTION,
            Requirements.TRANSACTION,
            List.of("trace_id", "span_count", "tid", "yc")),
    SPAN("span", "", ShortNames.NONE, Requirements.SPAN, List.of("trace_id", "transaction_id", "parent_id")),
    ERROR("error", "e", ShortNames.ERROR, Requirements.ERROR, List.of("exception", "log", "trace_id", "ex", "tid")),
    LOG("log", "", ShortNames.NONE, Requirements.LOG, List.of("message", "@timestamp")),
    METRICSET("metricset", "", ShortNames.NONE, Requirements.METRICSET, List.of("samples"));

    private final String label;
    private final String shortLabel;
    private final ShortNames shortNames;
    private final Requirements requirements;
    private final List<String> signs;

    Kind(String label, String shortLabel, ShortNames shortNames, Requirements requirements, List<String> signs) {
        this.label = label;
        this.shortLabel = shortLabel;
        this.shortNames = shortNames;
        this.requirements = requirements;
        this.signs = signs;
    }

    /** The one kind that a line's object names, be it by its short name; null if it names none, or several. */
    static @Nullable Kind of(Map<String, Value> line) {
        Kind found = null;
        for (Kind kind : values()) {
            boolean isLong = line.containsKey(kind.label);
            boolean isShort = !kind.shortLabel.isEmpty() && line.containsKey(kind.shortLabel);
            if (isLong || isShort) {
                if (found != null || isLong && isShort) {
                    return null;
                }
                found = kind;
            }
        }
        return found;
    }

    String label() {
        return label;
    }

    /** The members of its object by their long names; null if there is no object. */
    @Nullable
    Map<String, Value> members(Map<String, Value> line) {
        Value value = line.get(label);
        if (value == null && !shortLabel.isEmpty()) {
            Value shortened = line.get(shortLabel);
            value = shortened == null ? null : shortNames.spelledOut(shortened);
        }
        return value instanceof Value.Members members ? members.members() : null;
    }

    /** Whether its object has a name that others hardly give one: {@code error} alone is a word of many. */
    boolean hasSign(Map<String, Value> line) {
        Value value = line.containsKey(label) ? line.get(label) : line.get(shortLabel);
        return value instanceof Value.Members members && signs.stream().anyMatch(members.members()::containsKey);
    }

    /** Whether the members keep what the intake asks of this kind. */
    boolean isValid(Map<String, Value> members) {
        return requirements.hold(members) && (this != ERROR || Requirements.isError(members));
    }
}
