package io.sluice.ingest.parse.avro;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.Utf8;
import io.sluice.redaction.event.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of one Avro value by the schema that wrote it.
 *
 * <p>Total: whatever the bytes, it throws nothing and takes no more memory than they are long. Avro's own decoder makes
 * an array as large as the bytes claim before it looks whether they go on. After the first fault nothing is taken.
 * Absent values (null, empty text, {@code -}, no finite number) are left out, as from JSON. One per record.
 */
final class AvroReader {
    private static final Value ABSENT = new Value.Flag(false);
    /** Seven bits a byte. */
    private static final int LONGEST_NUMBER = 10;

    private final byte[] array;
    private final int end;
    private final int maxFields;
    private int at;
    private int fields;
    private @Nullable Reason failure;

    AvroReader(Bytes bytes, int maxFields) {
        this.array = bytes.array();
        this.at = bytes.from();
        this.end = bytes.to();
        this.maxFields = maxFields;
    }

    /** The value, which the bytes hold and nothing behind it; null if they do not, or if it is absent. */
    @Nullable
    Value read(Schema schema) {
        Value value = value(schema);
        if (at < end) {
            fail(Reason.UNPARSEABLE);
        }
        return failure == null && value != ABSENT ? value : null;
    }

    /** Why there is no value, or null. */
    @Nullable
    Reason failure() {
        return failure;
    }

    private void fail(Reason reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    private Value value(Schema schema) {
        if (failure != null) {
            return ABSENT;
        }
        return switch (schema.getType()) {
            case NULL -> ABSENT;
            case BOOLEAN -> flag();
            case INT, LONG -> whole(schema);
            case DOUBLE -> decimal();
            case STRING -> text();
            case UNION -> branch(schema);
            case RECORD -> record(schema);
            case MAP -> map(schema);
            case ARRAY -> items(schema);
            case ENUM, BYTES, FIXED, FLOAT -> throw new IllegalStateException("the schema has a type without a reader");
        };
    }

    private Value flag() {
        if (at == end) {
            fail(Reason.TRUNCATED);
            return ABSENT;
        }
        byte flag = array[at++];
        if (flag != 0 && flag != 1) {
            fail(Reason.UNPARSEABLE);
        }
        return new Value.Flag(flag == 1);
    }

    private Value whole(Schema schema) {
        long number = number();
        return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                ? new Value.Moment(number)
                : new Value.Whole(number);
    }

    /** A number in steps of seven bits, the lowest first, signs folded in; 0 behind a fault. */
    private long number() {
        long folded = 0;
        for (int i = 0; i < LONGEST_NUMBER; i++) {
            if (at == end) {
                fail(Reason.TRUNCATED);
                return 0;
            }
            byte step = array[at++];
            folded |= (long) (step & 0x7F) << 7 * i;
            if (step >= 0) {
                return folded >>> 1 ^ -(folded & 1);
            }
        }
        fail(Reason.UNPARSEABLE);
        return 0;
    }

    private Value decimal() {
        if (end - at < Long.BYTES) {
            fail(Reason.TRUNCATED);
            return ABSENT;
        }
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits |= (array[at++] & 0xFFL) << 8 * i;
        }
        double number = Double.longBitsToDouble(bits);
        return Double.isFinite(number) ? new Value.Decimal(number) : ABSENT;
    }

    private Value text() {
        String text = string();
        return text.isEmpty() || text.equals("-") ? ABSENT : new Value.Text(text);
    }

    private String string() {
        long length = number();
        if (length < 0) {
            fail(Reason.UNPARSEABLE);
        } else if (length > end - at) {
            fail(Reason.TRUNCATED);
        }
        if (failure != null) {
            return "";
        }
        int from = at;
        at += (int) length;
        return Utf8.text(array, from, at);
    }

    private Value branch(Schema schema) {
        List<Schema> branches = schema.getTypes();
        long branch = number();
        if (branch < 0 || branch >= branches.size()) {
            fail(Reason.UNPARSEABLE);
            return ABSENT;
        }
        return value(branches.get((int) branch));
    }

    private Value record(Schema schema) {
        Map<String, Value> members = new LinkedHashMap<>();
        for (Schema.Field field : schema.getFields()) {
            put(field.name(), value(field.schema()), members);
        }
        return new Value.Members(members);
    }

    private void put(String name, Value value, Map<String, Value> into) {
        if (value == ABSENT) {
            return;
        }
        if (++fields > maxFields) {
            fail(Reason.TOO_MANY_FIELDS);
        } else if (into.put(name, value) != null) {
            fail(Reason.UNPARSEABLE);
        }
    }

    private Value map(Schema schema) {
        Map<String, Value> members = new LinkedHashMap<>();
        blocks(() -> put(string(), value(schema.getValueType()), members));
        return new Value.Members(members);
    }

    private Value items(Schema schema) {
        List<Value> items = new ArrayList<>();
        blocks(() -> {
            Value item = value(schema.getElementType());
            if (item != ABSENT) {
                items.add(item);
            }
        });
        return new Value.Items(items);
    }

    /**
     * Entries in blocks, each behind their number; a negative one says that the length of the block follows. An entry
     * takes a byte at least, so that a number that lies ends with the bytes.
     */
    private void blocks(Runnable entry) {
        for (long count = number(); count != 0 && failure == null; count = number()) {
            if (count < 0) {
                number();
                count = -count;
            }
            for (long i = 0; i != count && failure == null; i++) {
                entry.run();
            }
        }
    }
}
