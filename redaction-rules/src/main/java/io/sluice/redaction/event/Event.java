package io.sluice.redaction.event;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event before redaction: fields in the order in which they were set, each at most once.
 *
 * <p>Holds plaintext, so it prints how many fields it has and nothing else. Mutable and not thread-safe: one task
 * parses, enriches, scans and redacts it, and then lets it go. A constant of {@link Fields} is found by its number; any
 * other name among up to {@value #LINEAR} fields by comparing one by one, which is faster than hashing; above, an index
 * is kept.
 */
public final class Event {
    private static final int LINEAR = 48;
    /** An access-log line has this many at most, looked up and taken apart. */
    private static final int USUAL = 32;

    private FieldPath[] paths = new FieldPath[USUAL];
    private @Nullable Value[] values = new Value[USUAL];
    private int size;
    /** Which constants are among the fields, and where. */
    private long constants;

    private final short[] places = new short[Fields.count()];
    /** Which of 64 groups of other names are among the fields: most that is asked for is absent. */
    private long groups;

    private @Nullable Map<FieldPath, Integer> index;

    /** How many fields it has. */
    public int size() {
        return size;
    }

    /** The name of the {@code i}-th field, from 0. */
    public FieldPath path(int i) {
        return paths[i];
    }

    /** The value of the {@code i}-th field, from 0. */
    public Value value(int i) {
        Value value = values[i];
        if (value == null) {
            throw new IndexOutOfBoundsException(i);
        }
        return value;
    }

    /** The value of a field, or null if it is absent. */
    public @Nullable Value get(FieldPath path) {
        int i = find(path);
        return i < 0 ? null : values[i];
    }

    /** The text of a field, or null if it is absent or no text. */
    public @Nullable String text(FieldPath path) {
        return get(path) instanceof Value.Text text ? text.text() : null;
    }

    public boolean has(FieldPath path) {
        return find(path) >= 0;
    }

    /** Whether one of some constants is among the fields. */
    public boolean hasAny(FieldSet some) {
        return (constants & some.numbers()) != 0;
    }

    /** Sets a field, in its old place if it was set before. */
    public Event set(FieldPath path, Value value) {
        int i = find(path);
        if (i >= 0) {
            values[i] = value;
            return this;
        }
        if (size == paths.length) {
            paths = Arrays.copyOf(paths, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        if (path.number() == FieldPath.UNNUMBERED) {
            groups |= group(path);
        } else {
            constants |= 1L << path.number();
            places[path.number()] = (short) size;
        }
        paths[size] = path;
        values[size] = value;
        if (index != null) {
            index.put(path, size);
        }
        size++;
        return this;
    }

    /** Sets a text field; null, empty and {@code -} are absent and set nothing. */
    public Event set(FieldPath path, @Nullable String text) {
        return text == null || text.isEmpty() || text.equals("-") ? this : set(path, new Value.Text(text));
    }

    public Event set(FieldPath path, long number) {
        return set(path, new Value.Whole(number));
    }

    public Event set(FieldPath path, boolean flag) {
        return set(path, new Value.Flag(flag));
    }

    /** Takes a field away; the fields behind it move up. */
    public void remove(FieldPath path) {
        int i = find(path);
        if (i < 0) {
            return;
        }
        System.arraycopy(paths, i + 1, paths, i, size - i - 1);
        System.arraycopy(values, i + 1, values, i, size - i - 1);
        size--;
        values[size] = null;
        index = null;
        if (path.number() != FieldPath.UNNUMBERED) {
            constants &= ~(1L << path.number());
        }
        for (int moved = i; moved < size; moved++) {
            if (paths[moved].number() != FieldPath.UNNUMBERED) {
                places[paths[moved].number()] = (short) moved;
            }
        }
    }

    private static long group(FieldPath path) {
        int hash = path.hashCode();
        return 1L << (hash ^ hash >>> 6 ^ hash >>> 12);
    }

    private int find(FieldPath path) {
        if (path.number() != FieldPath.UNNUMBERED) {
            return (constants >>> path.number() & 1) == 0 ? -1 : places[path.number()];
        }
        if ((groups & group(path)) == 0) {
            return -1;
        }
        if (size > LINEAR) {
            Integer i = indexed().get(path);
            return i == null ? -1 : i;
        }
        for (int i = 0; i < size; i++) {
            if (paths[i].equals(path)) {
                return i;
            }
        }
        return -1;
    }

    private Map<FieldPath, Integer> indexed() {
        Map<FieldPath, Integer> known = index;
        if (known == null) {
            known = new HashMap<>(size * 2);
            for (int i = 0; i < size; i++) {
                known.put(paths[i], i);
            }
            index = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "Event[" + size + " fields]";
    }
}
