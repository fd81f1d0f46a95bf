package io.sluice.sinks.elasticsearch;

import io.sluice.schema.CleanEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * A clean event as its JSON document: what Elasticsearch gets and what {@code redact} prints, byte for byte.
 *
 * <p>One object on one line, without a line end: the fields in the order of the schema under their ECS names as flat
 * dotted keys, properties as {@code "props.plan":"pro"} behind them in the order of their names; numbers as numbers,
 * times as {@code "2024-01-10T12:00:00.000Z"}. What is null, empty text or no finite number is absent. The bytes follow
 * from the event alone.
 *
 * <p>Holds the document last written, for reuse without garbage; one per thread.
 */
public final class CleanDocument {
    /** The property of an Avro field that holds its ECS name. */
    static final String ECS = "ecs";

    private static final String PROPS = "props";
    private static final int TYPICAL_BYTES = 1024;

    private final JsonBytes json = new JsonBytes(TYPICAL_BYTES);
    private final byte[][] names;
    private final boolean[] times;
    private final byte[] propsName = ("\"" + PROPS + ".").getBytes(StandardCharsets.US_ASCII);
    private String[] keys = new String[8];

    public CleanDocument() {
        List<Schema.Field> fields = CleanEvent.getClassSchema().getFields();
        names = new byte[fields.size()][];
        times = new boolean[fields.size()];
        for (Schema.Field field : fields) {
            names[field.pos()] = ("\"" + field.getProp(ECS) + "\":").getBytes(StandardCharsets.US_ASCII);
            times[field.pos()] = field.schema().getLogicalType() instanceof LogicalTypes.TimestampMillis;
        }
    }

    /** Writes the document of {@code event} in the place of the former one; keeps no reference to it. */
    public CleanDocument write(CleanEvent event) {
        json.clear();
        json.raw('{');
        for (int i = 0; i < names.length; i++) {
            Object value = event.get(i);
            if (value == null) {
                continue;
            }
            if (times[i]) {
                json.raw(names[i]);
                json.time(((Instant) value).toEpochMilli());
                json.raw(',');
            } else if (value instanceof Map<?, ?> props) {
                writeProps(props);
            } else if (present(value)) {
                json.raw(names[i]);
                writeValue(value);
            }
        }
        // There is always a time, so the last byte is a comma.
        json.replaceLast('}');
        return this;
    }

    private void writeProps(Map<?, ?> props) {
        int count = 0;
        for (Object key : props.keySet()) {
            if (count == keys.length) {
                keys = Arrays.copyOf(keys, count * 2);
            }
            keys[count++] = key.toString();
        }
        // A map read back from Avro has no order of its own.
        Arrays.sort(keys, 0, count);
        for (int i = 0; i < count; i++) {
            Object value = props.get(keys[i]);
            if (value != null && present(value)) {
                json.raw(propsName);
                json.inside(keys[i]);
                json.raw('"');
                json.raw(':');
                writeValue(value);
            }
        }
    }

    private static boolean present(Object value) {
        if (value instanceof CharSequence text) {
            return text.length() > 0;
        }
        return !(value instanceof Double number) || Double.isFinite(number);
    }

    private void writeValue(Object value) {
        if (value instanceof String text) {
            json.string(text);
        } else if (value instanceof Long number) {
            json.number(number.longValue());
        } else if (value instanceof Boolean flag) {
            json.bool(flag);
        } else if (value instanceof Double number) {
            json.number(number.doubleValue());
        } else {
            json.string(value.toString());
        }
        json.raw(',');
    }

    /** Size of the document in bytes. */
    public int length() {
        return json.length();
    }

    /** The document, in an array of its own. */
    public byte[] toBytes() {
        return json.copy();
    }

    /** Adds the document to {@code page}, without a line end. */
    public void appendTo(JsonBytes page) {
        page.append(json);
    }

    /** Writes the document to {@code out}, without a line end. */
    public void writeTo(OutputStream out) throws IOException {
        json.copyTo(out);
    }

    @Override
    public String toString() {
        return "CleanDocument[" + json.length() + "]";
    }
}
