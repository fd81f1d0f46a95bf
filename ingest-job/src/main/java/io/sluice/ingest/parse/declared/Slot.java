package io.sluice.ingest.parse.declared;

import io.sluice.ingest.parse.CivilTime;
import io.sluice.ingest.parse.application.ApplicationFields;
import io.sluice.ingest.parse.application.Levels;
import io.sluice.ingest.parse.ncsa.NcsaTime;
import io.sluice.ingest.parse.time.LogTime;
import io.sluice.ingest.parse.time.TimeParts;
import io.sluice.ingest.parse.time.TimePattern;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;

/** What one directive of a format stands for: how far its value goes, and which field it sets. Immutable. */
public sealed interface Slot {
    /** Its end is found by the literal behind it. */
    int SEARCHED = -2;
    /** No value of this slot stands there. */
    int NONE = -1;

    /** Which bytes its value may hold. */
    default ByteClass bytes() {
        return ByteClass.ANY;
    }

    /** With which bytes a value begins. */
    default ByteClass begins() {
        return bytes();
    }

    /** The end of the value at {@code at}, where its own form tells it; else {@link #SEARCHED} or {@link #NONE}. */
    default int end(byte[] a, int at, int to) {
        return SEARCHED;
    }

    /** Whether blanks around the value are padding: those before it are passed over, those behind belong to it. */
    default boolean isPadded() {
        return false;
    }

    /** Whether its value may hold a plain quote where a server escapes quotes. */
    default boolean mayQuote() {
        return false;
    }

    /** Whether it is the request header of this name. */
    default boolean isHeader(String name) {
        return false;
    }

    /** Whether a blank behind the value at {@code [at, end)} can be its end, and not one within it. */
    default boolean mayEndAtBlank(byte[] a, int at, int end) {
        return true;
    }

    /** Sets the field; false if the value is none of this slot, which spoils the line. */
    boolean set(LineReading line, int from, int to);

    /** Text of any bytes. */
    record Text(FieldPath path) implements Slot {
        @Override
        public boolean isHeader(String name) {
            return path.equals(FieldPath.of(Fields.HTTP_HEADERS + "." + name));
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            line.set(path, from, to);
            return true;
        }
    }

    /** What was asked for, from its slash on. */
    record Uri() implements Slot {
        @Override
        public ByteClass begins() {
            return ByteClass.SLASH;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            return new Text(Fields.URL_ORIGINAL).set(line, from, to);
        }
    }

    /** An entry for each upstream that was tried: a blank behind a comma or around a colon is within the list. */
    record Tries(FieldPath path) implements Slot {
        @Override
        public boolean mayEndAtBlank(byte[] a, int at, int end) {
            boolean colonBefore = end > at && a[end - 1] == ':';
            boolean colonBehind = end + 2 < a.length && a[end + 1] == ':' && a[end + 2] == ' ';
            return end == at || a[end - 1] != ',' && !colonBefore && !colonBehind;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            return new Text(path).set(line, from, to);
        }
    }

    /** Text, blanks around it taken away, as padding leaves them. */
    record Padded(FieldPath path, ByteClass bytes) implements Slot {
        @Override
        public boolean isPadded() {
            return true;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            line.event.set(path, line.text(from, to).strip());
            return true;
        }
    }

    /** A level: letters, padded; of a dialect that is guessed it must be a known word. */
    record Level(boolean known) implements Slot {
        @Override
        public ByteClass bytes() {
            return ByteClass.LETTERS;
        }

        @Override
        public boolean isPadded() {
            return true;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            String level = line.text(from, to).strip();
            line.event.set(Fields.LOG_LEVEL, level);
            return !known || Levels.isLevel(level);
        }
    }

    /** What was said: to the end of the line, or of the record. */
    record Message() implements Slot {
        @Override
        public boolean set(LineReading line, int from, int to) {
            ApplicationFields.message(line.event, line.text(from, to));
            return true;
        }
    }

    /** A text in which blanks stand as plus signs, and other bytes as percent and two digits. */
    record Encoded(FieldPath path, boolean plus) implements Slot {
        @Override
        public boolean isHeader(String name) {
            return new Text(path).isHeader(name);
        }

        @Override
        public ByteClass bytes() {
            return ByteClass.WORD;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            String text = line.text(from, to);
            line.event.set(path, plus ? text.replace('+', ' ') : Percent.decoded(text));
            return true;
        }
    }

    /** Text of a narrower kind. */
    record Word(FieldPath path, ByteClass bytes) implements Slot {
        @Override
        public boolean set(LineReading line, int from, int to) {
            line.event.set(path, line.text(from, to));
            return true;
        }
    }

    /** All that is left of the line, quotes too. */
    record Rest(FieldPath path) implements Slot {
        @Override
        public boolean mayQuote() {
            return true;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            line.event.set(path, line.text(from, to));
            return true;
        }
    }

    /** A user of an access log: {@code ""} is nobody. */
    record User() implements Slot {
        @Override
        public boolean mayQuote() {
            return true;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            String user = line.text(from, to);
            if (!user.equals("\"\"")) {
                line.event.set(Fields.USER_NAME, user);
            }
            return true;
        }
    }

    /** A whole number; a dash is none. */
    record Whole(FieldPath path) implements Slot {
        @Override
        public ByteClass bytes() {
            return ByteClass.DIGITS;
        }

        @Override
        public int end(byte[] a, int at, int to) {
            return Run.numberEnd(a, at, to);
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            if (to - from == 1 && line.a[from] == '-' || to == from) {
                return true;
            }
            long number = Run.number(line.a, from, to);
            if (number >= 0) {
                line.event.set(path, number);
            }
            return number >= 0;
        }
    }

    /** Three digits; {@code -} and {@code 000} are none. */
    record Status() implements Slot {
        @Override
        public ByteClass bytes() {
            return ByteClass.DIGITS;
        }

        @Override
        public int end(byte[] a, int at, int to) {
            return Run.numberEnd(a, at, to);
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            if (to - from == 1 && line.a[from] == '-') {
                return true;
            }
            long number = to - from == 3 ? Run.number(line.a, from, to) : -1;
            if (number >= 100) {
                line.event.set(Fields.HTTP_STATUS, number);
            }
            return number >= 0;
        }
    }

    /** How long it took, in units of so many nanoseconds; several tries, separated, stay as they are written. */
    record Duration(FieldPath path, long nanos) implements Slot {
        @Override
        public ByteClass bytes() {
            return ByteClass.DECIMAL;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            if (to - from == 1 && line.a[from] == '-' || to == from) {
                return true;
            }
            long value = Run.scaled(line.a, from, to, nanos);
            if (value >= 0) {
                line.event.set(path, value);
            }
            return value >= 0;
        }
    }

    /** The peer, or the list of a proxy's way. */
    record Address() implements Slot {
        @Override
        public boolean set(LineReading line, int from, int to) {
            Addresses.set(line.event, line.text(from, to));
            return true;
        }
    }

    /** The peer with its port. */
    record AddressWithPort() implements Slot {
        @Override
        public ByteClass bytes() {
            return ByteClass.WORD;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            Addresses.setWithPort(line.event, line.text(from, to));
            return true;
        }
    }

    /** The list of a proxy's way: a blank behind a comma is within it. */
    record ForwardedFor() implements Slot {
        private static final FieldPath X_FORWARDED_FOR = FieldPath.of(Fields.HTTP_HEADERS + ".x-forwarded-for");

        @Override
        public boolean mayEndAtBlank(byte[] a, int at, int end) {
            return end == at || a[end - 1] != ',';
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            return new Text(X_FORWARDED_FOR).set(line, from, to);
        }
    }

    /** {@code METHOD target HTTP/version}. */
    record Request() implements Slot {
        @Override
        public boolean set(LineReading line, int from, int to) {
            line.request(from, to);
            return true;
        }
    }

    /** {@code HTTP/1.1}. */
    record Protocol() implements Slot {
        @Override
        public ByteClass bytes() {
            return ByteClass.WORD;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            String protocol = line.text(from, to);
            line.event.set(Fields.HTTP_VERSION, protocol.startsWith("HTTP/") ? protocol.substring(5) : protocol);
            return true;
        }
    }

    /** The path of the request, without its arguments; a decoded one may hold a question mark. */
    record Path() implements Slot {
        @Override
        public ByteClass begins() {
            return ByteClass.SLASH;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            String path = line.text(from, to);
            line.path = path.isEmpty() || path.equals("-") ? null : path;
            return true;
        }
    }

    /** The arguments, with the question mark before them if they are {@code marked}. */
    record Query(boolean marked) implements Slot {
        @Override
        public ByteClass begins() {
            return marked ? ByteClass.QUESTION_MARK : ByteClass.ANY;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            String query = line.text(from, to);
            boolean absent = query.isEmpty() || query.equals("-") || marked && query.equals("?");
            line.query = absent ? null : marked && query.startsWith("?") ? query.substring(1) : query;
            return true;
        }
    }

    /**
     * The path and the arguments at once: where there are none, nothing tells where the path ends but the end of both.
     *
     * @param dash whether a dash stands for arguments that are absent
     */
    record Target(boolean dash) implements Slot {
        @Override
        public ByteClass begins() {
            return ByteClass.SLASH;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            String target = line.text(from, to);
            int mark = target.indexOf('?');
            boolean bare = mark < 0 && dash && target.length() > 1 && target.endsWith("-");
            int end = mark >= 0 ? mark : bare ? target.length() - 1 : target.length();
            line.path = end == 0 || target.equals("-") ? null : target.substring(0, end);
            line.query = mark < 0 || mark + 1 == target.length() ? null : target.substring(mark + 1);
            return true;
        }
    }

    /** One cookie, by its name: kept as the header would have it, for signals are looked for there. */
    record Cookie(String name) implements Slot {
        private static final FieldPath COOKIE = FieldPath.of(Fields.HTTP_HEADERS + ".cookie");

        @Override
        public boolean set(LineReading line, int from, int to) {
            String value = line.text(from, to);
            if (!value.isEmpty() && !value.equals("-")) {
                String before = line.event.text(COOKIE);
                line.event.set(COOKIE, (before == null ? "" : before + "; ") + name + "=" + value);
            }
            return true;
        }
    }

    /** {@code 10/Oct/2000:13:55:36 -0700}. */
    record NcsaMoment() implements Slot {
        @Override
        public ByteClass begins() {
            return ByteClass.DIGITS;
        }

        @Override
        public int end(byte[] a, int at, int to) {
            if (!NcsaTime.isShaped(a, at, to)) {
                return NONE;
            }
            int i = at + 20;
            if (i < to && a[i] == '.') {
                i = Run.end(a, i + 1, to, ByteClass.DIGITS);
            }
            boolean zoned = i + 6 <= to && a[i] == ' ' && (a[i + 1] == '+' || a[i + 1] == '-');
            return zoned ? i + 6 : i;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            long moment = NcsaTime.epochMilli(line.a, from, to, line.zone);
            if (moment == CivilTime.INVALID) {
                return false;
            }
            line.time.epochMilli(moment);
            return true;
        }
    }

    /** A time by its pattern, or a part of one. */
    record Moment(TimePattern pattern) implements Slot {
        @Override
        public ByteClass begins() {
            return ByteClass.DIGITS;
        }

        @Override
        public int end(byte[] a, int at, int to) {
            return pattern.read(a, at, to, new TimeParts());
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            return pattern.read(line.a, from, to, line.time) == to;
        }
    }

    /** A time in any form that {@link LogTime} knows. */
    record AnyMoment() implements Slot {
        @Override
        public ByteClass begins() {
            return ByteClass.DIGITS;
        }

        @Override
        public int end(byte[] a, int at, int to) {
            return LogTime.read(a, at, to, new TimeParts());
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            return LogTime.read(line.a, from, to, line.time) == to;
        }
    }

    /** A number since 1970 in units of so many nanoseconds; a fraction may follow. */
    record Epoch(long nanos) implements Slot {
        @Override
        public ByteClass bytes() {
            return ByteClass.DECIMAL;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            long value = Run.scaled(line.a, from, to, nanos);
            if (value >= 0) {
                line.time.epochMilli(value / 1_000_000);
            }
            return value >= 0;
        }
    }

    /** The fraction of the second, which stands apart from the rest of the time, in so many digits. */
    record Fraction(int digits) implements Slot {
        @Override
        public ByteClass begins() {
            return ByteClass.DIGITS;
        }

        @Override
        public int end(byte[] a, int at, int to) {
            return at + digits <= to && Run.number(a, at, at + digits) >= 0 ? at + digits : NONE;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            line.time.milli((int) Run.number(line.a, from, Math.min(to, from + 3)));
            return true;
        }
    }

    /** What no field is made of. */
    record Skipped(ByteClass bytes) implements Slot {
        @Override
        public boolean set(LineReading line, int from, int to) {
            return true;
        }
    }

    /** The question mark before the arguments, if there are any. */
    record QuestionMark() implements Slot {
        @Override
        public ByteClass bytes() {
            return ByteClass.QUESTION_MARK;
        }

        @Override
        public boolean set(LineReading line, int from, int to) {
            return true;
        }
    }

    /** A field below {@code extra}, which no rule keeps. */
    static Slot extra(String name) {
        return new Text(FieldPath.of("extra." + name));
    }

    /** A request header. */
    static Slot header(String name) {
        return name.equals("x-forwarded-for")
                ? new ForwardedFor()
                : new Text(FieldPath.of(Fields.HTTP_HEADERS + "." + name));
    }

    /** A response header. */
    static Slot responseHeader(String name) {
        return new Text(FieldPath.of("http.response.headers." + name));
    }
}
