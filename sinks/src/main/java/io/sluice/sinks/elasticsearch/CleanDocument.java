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
    private final Kind[] kinds;
    private final RecentMembers[] recent;
    private final byte[] propsName = (",\"" + PROPS + ".").getBytes(StandardCharsets.US_ASCII);
    private String[] keys = new String[8];

    /** What a field holds, known beforehand: asking each value for its class would double the cost. */
    private enum Kind {
        TIME,
        TEXT,
        WHOLE,
        FLAG,
        PROPS;

        static Kind of(Schema.Field field) {
            Schema schema = field.schema().isUnion() ? field.schema().getTypes().get(1) : field.schema();
            return switch (schema.getType()) {
                case STRING -> TEXT;
                case LONG -> schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? TIME : WHOLE;
                case BOOLEAN -> FLAG;
                case MAP -> PROPS;
                default ->
                    throw new IllegalStateException("The field " + field.name() + " has the type " + schema.getType()
                            + ", which has no form in a document; add one here.");
            };
        }
    }

    public CleanDocument() {
        List<Schema.Field> fields = CleanEvent.getClassSchema().getFields();
        names = new byte[fields.size()][];
        kinds = new Kind[fields.size()];
        recent = new RecentMembers[fields.size()];
        for (Schema.Field field : fields) {
            String name = ",\"" + field.getProp(ECS) + "\":";
            names[field.pos()] = name.getBytes(StandardCharsets.US_ASCII);
            kinds[field.pos()] = Kind.of(field);
            recent[field.pos()] = new RecentMembers();
        }
    }

    /** Writes the document of {@code event} in the place of the former one; keeps no reference to it. */
    public CleanDocument write(CleanEvent event) {
        json.clear();
        for (int i = 0; i < names.length; i++) {
            Object value = event.get(i);
            if (value != null) {
                writeField(i, value);
            }
        }
        json.raw('}');
        // Each field begins with a comma, and there is always a time.
        json.replaceFirst('{');
        return this;
    }

    private void writeField(int field, Object value) {
        switch (kinds[field]) {
            case TEXT -> writeText(field, (String) value);
            case TIME -> {
                json.raw(names[field]);
                json.time(((Instant) value).toEpochMilli());
            }
            case WHOLE -> {
                json.raw(names[field]);
                json.number(((Long) value).longValue());
            }
            case FLAG -> {
                json.raw(names[field]);
                json.bool((Boolean) value);
            }
            case PROPS -> writeProps((Map<?, ?>) value);
        }
    }

    private void writeText(int field, String text) {
        byte[] member = recent[field].get(text);
        if (member != null) {
            json.raw(member);
        } else if (!text.isEmpty()) {
            int from = json.length();
            json.string(names[field], text);
            if (recent[field].wants(text)) {
                recent[field].put(text, json.copyFrom(from));
            }
        }
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
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(CleanDocument::present);
        }
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
        } else if (value instanceof List<?> list) {
            writeList(list);
        } else {
            json.string(value.toString());
        }
    }

    private void writeList(List<?> list) {
        char before = '[';
        for (Object item : list) {
            if (present(item)) {
                json.raw(before);
                writeValue(item);
                before = ',';
            }
        }
        json.raw(']');
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
