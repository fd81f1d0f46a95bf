package io.sluice.ingest.parse.jsonlog;

import io.sluice.ingest.parse.json.JsonElement;
import io.sluice.ingest.parse.json.JsonRecord;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.ArrayList;
import java.util.List;

/** Makes an event of JSON that no parser knows: its values stand below {@code extra}, where no rule keeps them. */
final class OtherJson {
    private static final Value PROVIDER = new Value.Text("json");
    private static final String EXTRA = "extra";

    private OtherJson() {}

    static Event event(JsonRecord json) {
        Event event = new Event().set(Fields.EVENT_PROVIDER, PROVIDER);
        List<Value> values = new ArrayList<>();
        for (JsonElement element : json.elements()) {
            if (element.value() != null) {
                values.add(element.value());
            }
        }
        if (json.form() == JsonRecord.Form.SINGLE) {
            values.forEach(value -> put(event, EXTRA, value));
        } else {
            event.set(FieldPath.of(EXTRA), new Value.Items(values));
        }
        return event;
    }

    /** An object that stands alone or in a batch of log events. */
    static Event event(Value.Members object) {
        Event event = new Event().set(Fields.EVENT_PROVIDER, PROVIDER);
        put(event, EXTRA, object);
        return event;
    }

    private static void put(Event event, String path, Value value) {
        if (value instanceof Value.Members members) {
            members.members().forEach((name, inner) -> put(event, path + "." + name, inner));
        } else {
            event.set(FieldPath.of(path), value);
        }
    }
}
