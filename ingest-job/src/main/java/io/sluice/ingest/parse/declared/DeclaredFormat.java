package io.sluice.ingest.parse.declared;

import io.sluice.ingest.parse.ByteSearch;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.Texts;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A format string, compiled: literals with slots between them.
 *
 * <p>A line is matched from left to right. A value goes to the first place where the literal behind it stands; if the
 * rest of the line does not fit then, to the next one, and so on, within a bound of steps that grows with the line. A
 * line that does not fit to its last byte is refused: what was declared is all there is. Immutable and thread-safe.
 */
public final class DeclaredFormat {
    /** How often the whole line may be gone over while places are tried. */
    private static final int PASSES = 64;

    private static final String GPC = "sec-gpc";
    private static final String DNT = "dnt";
    private static final Value VISIBLE = new Value.Flag(true);

    private final byte[] head;
    private final Field[] fields;
    private final Escape escape;
    private final boolean showsSignals;

    /** One slot and the literal behind it, which is empty at the line's end and before a slot that follows at once. */
    private record Field(Slot slot, ByteClass bytes, byte[] then, boolean last) {}

    /** Collects the pieces of a format in order. */
    public static final class Builder {
        private final List<Slot> slots = new ArrayList<>();
        private final List<StringBuilder> literals = new ArrayList<>(List.of(new StringBuilder()));

        /** Text that stands for itself. */
        public Builder literal(String text) {
            literals.get(literals.size() - 1).append(text);
            return this;
        }

        public Builder slot(Slot slot) {
            slots.add(slot);
            literals.add(new StringBuilder());
            return this;
        }

        /** Whether no slot has come yet. */
        public boolean isEmpty() {
            return slots.isEmpty();
        }

        /**
         * The format.
         *
         * @throws IllegalArgumentException if nothing tells where a value ends
         */
        public DeclaredFormat build(Escape escape) {
            if (slots.isEmpty()) {
                throw new IllegalArgumentException("a format has at least one directive");
            }
            joinTargets(escape);
            Field[] fields = new Field[slots.size()];
            for (int i = 0; i < fields.length; i++) {
                byte[] then = literals.get(i + 1).toString().getBytes(StandardCharsets.UTF_8);
                boolean last = i + 1 == fields.length;
                Slot slot = slots.get(i);
                if (then.length == 0 && !last && !endsBefore(slot, slots.get(i + 1))) {
                    throw new IllegalArgumentException("directives " + (i + 1) + " and " + (i + 2)
                            + " stand side by side, and nothing tells where the first ends");
                }
                fields[i] = new Field(slot, slot.bytes(), then, last);
            }
            return new DeclaredFormat(literals.get(0).toString().getBytes(StandardCharsets.UTF_8), fields, escape);
        }

        /** Whether it is known where a value ends if the next one follows at once. */
        private static boolean endsBefore(Slot slot, Slot next) {
            return slot.bytes() == ByteClass.ANY
                    ? slot.end(new byte[0], 0, 0) != Slot.SEARCHED
                    : slot.bytes().isApartFrom(next.begins());
        }

        /** Makes one value of a path and the arguments that follow it at once, with their question mark. */
        private void joinTargets(Escape escape) {
            for (int i = 0; i + 1 < slots.size(); i++) {
                boolean bare = follows(i + 1) && slots.get(i + 1) instanceof Slot.QuestionMark && follows(i + 2);
                int args = bare ? i + 2 : i + 1;
                if (slots.get(i) instanceof Slot.Path
                        && follows(args)
                        && slots.get(args) instanceof Slot.Query query
                        && query.marked() != bare) {
                    slots.set(i, new Slot.Target(bare && escape == Escape.BACKSLASH));
                    slots.subList(i + 1, args + 1).clear();
                    literals.subList(i + 1, args + 1).clear();
                }
            }
        }

        /** Whether there is such a slot, and it follows the one before it at once. */
        private boolean follows(int i) {
            return i < slots.size() && literals.get(i).isEmpty();
        }
    }

    private DeclaredFormat(byte[] head, Field[] fields, Escape escape) {
        this.head = head;
        this.fields = fields;
        this.escape = escape;
        this.showsSignals = Arrays.stream(fields).anyMatch(field -> field.slot().isHeader(GPC))
                && Arrays.stream(fields).anyMatch(field -> field.slot().isHeader(DNT));
    }

    /** Whether it has a place for what browsers signal of their people's choices: Sec-GPC and DNT. */
    public boolean showsSignals() {
        return showsSignals;
    }

    /** Reads one line into the event; null, or why it cannot be taken, and then the event is of no use. */
    public @Nullable Reason read(Bytes line, Event event, ZoneId zone, Texts texts) {
        return new Match(line.array(), line.from(), end(line)).read(event, zone, texts);
    }

    /** A line end that was left on the record is no part of its last field. */
    private static int end(Bytes line) {
        byte[] a = line.array();
        int to = line.to();
        to = to > line.from() && a[to - 1] == '\n' ? to - 1 : to;
        return to > line.from() && a[to - 1] == '\r' ? to - 1 : to;
    }

    /** One line being matched. */
    private final class Match {
        private final byte[] a;
        private final int from;
        private final int to;
        private final int[] starts = new int[fields.length];
        private final int[] ends = new int[fields.length];
        private final boolean[] escaped = new boolean[fields.length];
        private long steps;
        private boolean ranOut;

        Match(byte[] a, int from, int to) {
            this.a = a;
            this.from = from;
            this.to = to;
            this.steps = (long) PASSES * (to - from) + 4096;
        }

        @Nullable
        Reason read(Event event, ZoneId zone, Texts texts) {
            if (!stands(head, from)) {
                return to - from < head.length ? Reason.TRUNCATED : Reason.UNPARSEABLE;
            }
            if (!match()) {
                return ranOut ? Reason.TRUNCATED : Reason.UNPARSEABLE;
            }
            LineReading reading = new LineReading(a, event, zone, escape, texts);
            for (int i = 0; i < fields.length; i++) {
                reading.escaped = escaped[i];
                if (!fields[i].slot().set(reading, starts[i], ends[i])) {
                    return Reason.UNPARSEABLE;
                }
            }
            if (showsSignals) {
                event.set(Fields.SIGNALS_VISIBLE, VISIBLE);
            }
            return reading.finish() ? null : Reason.UNPARSEABLE;
        }

        private boolean match() {
            int i = 0;
            int at = from + head.length;
            int least = at;
            while (true) {
                starts[i] = at;
                int end = find(i, least);
                if (end >= 0) {
                    ends[i] = end;
                    at = end + fields[i].then().length;
                    i++;
                    if (i < fields.length) {
                        least = at;
                        continue;
                    }
                    if (at == to) {
                        return true;
                    }
                }
                // Back to the last value that may also end later.
                do {
                    if (--i < 0 || steps < 0) {
                        return false;
                    }
                } while (isFixed(i));
                at = starts[i];
                least = ends[i] + 1;
            }
        }

        private boolean isFixed(int i) {
            Field field = fields[i];
            return (field.then().length == 0) || field.slot().end(a, starts[i], to) != Slot.SEARCHED;
        }

        /** The first end of value {@code i}, from {@code least} on, behind which its literal stands; or -1. */
        private int find(int i, int least) {
            Field field = fields[i];
            int start = starts[i];
            int own = field.slot().end(a, start, to);
            if (own != Slot.SEARCHED) {
                steps -= 8;
                if (own == to && field.then().length > 0) {
                    ranOut = true;
                }
                return own >= 0 && stands(field.then(), own) ? own : -1;
            }
            if (field.then().length == 0) {
                return run(i, start);
            }
            return search(i, start, least);
        }

        /** A value that ends with its kind of bytes, or with the line. */
        private int run(int i, int start) {
            ByteClass bytes = fields[i].bytes();
            int at = start;
            while (at < to && bytes.holds(a[at])) {
                if (a[at] == '\\' && escape.hasBackslash()) {
                    escaped[i] = true;
                    at++;
                }
                at++;
            }
            steps -= at - start;
            return fields[i].last() && at < to ? -1 : Math.min(at, to);
        }

        private int search(int i, int start, int least) {
            byte[] then = fields[i].then();
            ByteClass bytes = fields[i].bytes();
            byte first = then[0];
            boolean backslash = escape.hasBackslash();
            boolean padded = fields[i].slot().isPadded();
            boolean any = bytes == ByteClass.ANY && !padded;
            boolean behind = false;
            int at = padded ? blanksEnd(start) : start;
            for (; at < to; at++) {
                if (any) {
                    at = nextOf(first, at);
                    if (at == to) {
                        break;
                    }
                }
                byte b = a[at];
                if (b == first
                        && at >= least
                        && stands(then, at)
                        && (b != ' ' || fields[i].slot().mayEndAtBlank(a, start, at))) {
                    steps -= at - start + 1;
                    return at;
                }
                if (b == '\\' && backslash) {
                    escaped[i] = true;
                    at++;
                } else if (b == '"' && backslash && !fields[i].slot().mayQuote()) {
                    steps -= at - start + 1;
                    return -1; // a server that escapes writes no quote inside a value
                } else if (padded && b == ' ') {
                    behind = bytes != ByteClass.ANY;
                } else if (behind || !bytes.holds(b)) {
                    steps -= at - start + 1;
                    return -1;
                }
            }
            steps -= at - start + 1;
            ranOut = true;
            return -1;
        }

        /** Most of a line is text of any bytes: the next one in it that means something. */
        private int nextOf(byte first, int start) {
            return ByteSearch.first(a, first, '\\', '"', start, to);
        }

        private int blanksEnd(int start) {
            int at = start;
            while (at < to && a[at] == ' ') {
                at++;
            }
            return at;
        }

        private boolean stands(byte[] literal, int at) {
            if (to - at < literal.length) {
                return false;
            }
            for (int i = 0; i < literal.length; i++) {
                if (a[at + i] != literal[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
