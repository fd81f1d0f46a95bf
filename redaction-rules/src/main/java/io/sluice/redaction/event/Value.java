package io.sluice.redaction.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The value of a field. Holds plaintext, so none of these prints more than a length.
 *
 * <p>Absent values (null, empty text, {@code -}) are not values: such a field is left out of its event.
 */
public sealed interface Value {
    /** The value as text: plaintext, for the person who has the record anyway, and never for a log. */
    String plain();

    /** Text, never empty. */
    record Text(String text) implements Value {
        @Override
        public String plain() {
            return text;
        }

        @Override
        public String toString() {
            return "Text[" + text.length() + "]";
        }
    }

    /** A whole number. */
    record Whole(long number) implements Value {
        @Override
        public String plain() {
            return Long.toString(number);
        }

        @Override
        public String toString() {
            return "Whole";
        }
    }

    /** Any other number. */
    record Decimal(double number) implements Value {
        @Override
        public String plain() {
            return Double.toString(number);
        }

        @Override
        public String toString() {
            return "Decimal";
        }
    }

    /** True or false. */
    record Flag(boolean set) implements Value {
        @Override
        public String plain() {
            return Boolean.toString(set);
        }

        @Override
        public String toString() {
            return "Flag";
        }
    }

    /** A point in time, milliseconds since 1970-01-01T00:00:00Z. */
    record Moment(long epochMilli) implements Value {
        @Override
        public String plain() {
            return Instant.ofEpochMilli(epochMilli).toString();
        }

        @Override
        public String toString() {
            return "Moment";
        }
    }

    /** The elements of an array, in order. */
    record Items(List<Value> items) implements Value {
        @Override
        public String plain() {
            return items.stream().map(Value::plain).collect(Collectors.joining(", "));
        }

        @Override
        public String toString() {
            return "Items[" + items.size() + "]";
        }
    }

    /** An object inside an array; objects outside one are flattened into the names of fields. */
    record Members(Map<String, Value> members) implements Value {
        @Override
        public String plain() {
            return members.values().stream().map(Value::plain).collect(Collectors.joining(", "));
        }

        @Override
        public String toString() {
            return "Members[" + members.size() + "]";
        }
    }
}
