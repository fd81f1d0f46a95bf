package io.sluice.ingest.boundary;

import io.sluice.redaction.Redacted;
import io.sluice.redaction.event.FieldMap;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.rule.Form;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.rule.Route;
import io.sluice.redaction.yaml.Problem;
import io.sluice.schema.CleanEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Builds clean events, and is the only one that does.
 *
 * <p>Guarantees: a clean event holds what the redactor released and what Sluice itself made (id, receive time, policy,
 * dataset), each in its column and of its column's type; anything that does not fit is refused, not bent.
 *
 * <p>Immutable and thread-safe.
 */
final class CleanEvents {
    private final FieldMap<Column> columns;

    private record Column(int position, Schema.Type type) {}

    CleanEvents() {
        Map<FieldPath, Column> all = new HashMap<>();
        for (Schema.Field field : CleanEvent.getClassSchema().getFields()) {
            all.put(FieldPath.of(field.getProp("ecs")), new Column(field.pos(), typeOf(field.schema())));
        }
        columns = new FieldMap<>(all);
    }

    private static Schema.Type typeOf(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema.getType();
        }
        for (Schema branch : schema.getTypes()) {
            if (branch.getType() != Schema.Type.NULL) {
                return branch.getType();
            }
        }
        return Schema.Type.NULL;
    }

    /** The fields that a policy lets out and that have no column to stand in; such a policy is refused. */
    List<Problem> withoutColumn(RedactionPolicy policy) {
        List<Problem> missing = new ArrayList<>();
        for (var rule : policy.fields()) {
            for (Route route : policy.routes().values()) {
                boolean leaves = policy.treatment(route, Form.FULL, rule.field()) != null;
                if (leaves && columns.get(rule.field()) == null && property(rule.field()) == null) {
                    missing.add(Problem.at(
                            rule.place(), rule.field() + " leaves, but has no column in a clean event to stand in"));
                    break;
                }
            }
        }
        return missing;
    }

    /**
     * The clean event, or null if something does not fit its column.
     *
     * @param id document id; empty offline
     */
    @Nullable
    CleanEvent build(Redacted redacted, String id, String policy, String dataset, long receivedAt) {
        CleanEvent event = new CleanEvent();
        Map<String, Object> props = null;
        for (int i = 0; i < redacted.size(); i++) {
            FieldPath path = redacted.path(i);
            Column column = columns.get(path);
            if (column != null && column.type() != Schema.Type.MAP) {
                if (redacted.value(i) instanceof Value.Items) {
                    // The column holds one value, and which of several is meant nobody said.
                    continue;
                }
                Object value = fit(redacted.value(i), column.type());
                if (value == null) {
                    return null;
                }
                event.put(column.position(), path.equals(Fields.TIMESTAMP) ? time(redacted.value(i)) : value);
            } else {
                String name = property(path);
                Object value = name == null ? null : property(redacted.value(i));
                if (value == null) {
                    return null;
                }
                props = props == null ? new HashMap<>() : props;
                props.put(name, value);
            }
        }
        event.setProps(props);
        event.setEventId(id);
        event.setEventIngested(Instant.ofEpochMilli(redacted.time(receivedAt)));
        event.setPolicyVersion(policy);
        event.setDataset(dataset);
        return event.getTimestamp() == null ? null : event;
    }

    private static @Nullable Instant time(Value value) {
        return value instanceof Value.Moment moment ? Instant.ofEpochMilli(moment.epochMilli()) : null;
    }

    private static @Nullable Object fit(Value value, Schema.Type type) {
        return switch (type) {
            case STRING -> value instanceof Value.Text text ? text.text() : null;
            case LONG ->
                value instanceof Value.Whole whole
                        ? whole.number()
                        : value instanceof Value.Moment moment ? moment.epochMilli() : null;
            case BOOLEAN -> value instanceof Value.Flag flag ? flag.set() : null;
            default -> null;
        };
    }

    /** The name among the properties of an event; null for a field that is none: contexts stand there too. */
    private static @Nullable String property(FieldPath path) {
        if (path.isBelow(Fields.PROPS)) {
            return path.name().substring(Fields.PROPS.length() + 1);
        }
        return path.isBelow(Fields.CONTEXTS) ? path.name() : null;
    }

    private static @Nullable Object property(Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        if (value instanceof Value.Whole whole) {
            return whole.number();
        }
        if (value instanceof Value.Decimal decimal) {
            return decimal.number();
        }
        if (value instanceof Value.Items items) {
            List<Object> all = new ArrayList<>(items.items().size());
            for (Value item : items.items()) {
                Object one = item instanceof Value.Items ? null : property(item);
                if (one == null) {
                    return null;
                }
                all.add(one);
            }
            return all;
        }
        return value instanceof Value.Flag flag ? flag.set() : null;
    }
}
