package io.sluice.ingest.offline;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Value;
import io.sluice.sinks.elasticsearch.JsonBytes;
import java.util.List;
import java.util.Map;

/** A parsed event as JSON: all of its fields under flat dotted names, in the order in which they were set. */
final class EventDocument {
    private EventDocument() {}

    /** Writes one object, which is plaintext: for the person who has the input anyway. */
    static void write(Event event, JsonBytes json) {
        json.raw('{');
        boolean first = true;
        for (int i = 0; i < event.size(); i++) {
            Value value = event.value(i);
            if (isEmpty(value)) {
                continue;
            }
            if (!first) {
                json.raw(',');
            }
            first = false;
            json.string(event.path(i).name());
            json.raw(':');
            write(value, json);
        }
        json.raw('}');
    }

    private static boolean isEmpty(Value value) {
        return value instanceof Value.Text text && text.text().isEmpty()
                || value instanceof Value.Items items && items.items().isEmpty()
                || value instanceof Value.Members members && members.members().isEmpty()
                || value instanceof Value.Decimal decimal && !Double.isFinite(decimal.number());
    }

    private static void write(Value value, JsonBytes json) {
        if (value instanceof Value.Text text) {
            json.string(text.text());
        } else if (value instanceof Value.Whole whole) {
            json.number(whole.number());
        } else if (value instanceof Value.Decimal decimal) {
            json.number(decimal.number());
        } else if (value instanceof Value.Flag flag) {
            json.bool(flag.set());
        } else if (value instanceof Value.Moment moment) {
            json.time(moment.epochMilli());
        } else if (value instanceof Value.Items items) {
            writeItems(items.items(), json);
        } else if (value instanceof Value.Members members) {
            writeMembers(members.members(), json);
        }
    }

    private static void writeItems(List<Value> items, JsonBytes json) {
        json.raw('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                json.raw(',');
            }
            write(items.get(i), json);
        }
        json.raw(']');
    }

    private static void writeMembers(Map<String, Value> members, JsonBytes json) {
        json.raw('{');
        boolean first = true;
        for (Map.Entry<String, Value> member : members.entrySet()) {
            if (!first) {
                json.raw(',');
            }
            first = false;
            json.string(member.getKey());
            json.raw(':');
            write(member.getValue(), json);
        }
        json.raw('}');
    }
}
