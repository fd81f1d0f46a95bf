package io.sluice.ingest.parse;

import io.sluice.ingest.parse.json.JsonText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the value of one Kafka record, or one piece of a file, into records.
 *
 * <p>A line ends at LF, a CR before it belongs to the end, and no other character ends a line; a last line without LF
 * counts. An empty line is blank, no record, and ends a join. Nothing is copied but the text that a JSON pointer finds.
 */
public final class Records {
    /** A record of more joined lines than this is begun anew. */
    public static final int MAX_JOINED_LINES = 500;
    /** A record of more joined bytes than this is begun anew. */
    public static final int MAX_JOINED_BYTES = 256 * 1024;

    private Records() {}

    /** Cuts by the source's framing, and joins continuation lines where its format has them. */
    public static void cut(Bytes value, SourceOptions options, RecordSink into) {
        boolean headed =
                options.framing() instanceof Framing.Line && options.format().hasHeaders();
        cutAndJoin(value, options, headed ? new BelowHeaders(into) : into);
    }

    private static void cutAndJoin(Bytes value, SourceOptions options, RecordSink into) {
        if (options.framing() instanceof Framing.Line && Continuation.isJoinedIn(options.format())) {
            Join join = new Join(value.array(), options.format(), into);
            lines(value, join);
            join.end();
        } else {
            cutApart(value, options.framing(), into);
        }
    }

    /** Cuts by the framing alone; joins nothing. */
    public static void cutApart(Bytes value, Framing framing, RecordSink into) {
        if (framing instanceof Framing.Whole) {
            whole(value, into);
        } else if (framing instanceof Framing.JsonLines json) {
            lines(value, new TextLines(JsonText.at(json.pointer()), into));
        } else {
            lines(value, new EachLine(into));
        }
    }

    /**
     * Puts a header line ({@code #Fields}) of the value before each record below it, for a parser keeps nothing between
     * records.
     */
    private static final class BelowHeaders implements RecordSink {
        private static final byte[] FIELDS = "#Fields:".getBytes(StandardCharsets.US_ASCII);

        private final RecordSink into;
        private @Nullable Bytes header;

        BelowHeaders(RecordSink into) {
            this.into = into;
        }

        @Override
        public void record(int line, int lines, Bytes record) {
            Bytes above = header;
            if (record.at(0) == '#') {
                header = isFields(record) ? record : above;
                into.record(line, lines, record);
            } else {
                into.record(line, lines, above == null ? record : joined(above, record));
            }
        }

        private static boolean isFields(Bytes record) {
            return record.length() > FIELDS.length
                    && record.slice(0, FIELDS.length).equals(Bytes.of(FIELDS));
        }

        private static Bytes joined(Bytes above, Bytes record) {
            byte[] both = new byte[above.length() + 1 + record.length()];
            System.arraycopy(above.array(), above.from(), both, 0, above.length());
            both[above.length()] = '\n';
            System.arraycopy(record.array(), record.from(), both, above.length() + 1, record.length());
            return Bytes.of(both);
        }

        @Override
        public void blank(int line) {
            into.blank(line);
        }

        @Override
        public void noText(int line, Bytes record) {
            into.noText(line, record);
        }
    }

    private static void whole(Bytes value, RecordSink into) {
        if (value.length() == 0) {
            into.blank(0);
        } else {
            into.record(0, 1, value);
        }
    }

    private static void lines(Bytes value, LineSink into) {
        byte[] array = value.array();
        int end = value.to();
        int line = 0;
        for (int at = value.from(); at < end; line++) {
            int lf = ByteSearch.first(array, '\n', at, end);
            int to = lf < end && lf > at && array[lf - 1] == '\r' ? lf - 1 : lf;
            into.line(line, value, at, to);
            at = lf + 1;
        }
    }

    /** Takes lines as positions in the value's array. */
    private interface LineSink {
        void line(int line, Bytes value, int from, int to);
    }

    private record EachLine(RecordSink into) implements LineSink {
        @Override
        public void line(int line, Bytes value, int from, int to) {
            if (from == to) {
                into.blank(line);
            } else {
                into.record(line, 1, new Bytes(value.array(), from, to));
            }
        }
    }

    private record TextLines(JsonText pointer, RecordSink into) implements LineSink {
        @Override
        public void line(int line, Bytes value, int from, int to) {
            if (from == to) {
                into.blank(line);
                return;
            }
            Bytes whole = new Bytes(value.array(), from, to);
            @Nullable String text = pointer.find(whole);
            if (text == null) {
                into.noText(line, whole);
            } else {
                into.record(line, 1, Bytes.of(text));
            }
        }
    }

    /** Holds the record that may still go on. */
    private static final class Join implements LineSink {
        private final byte[] array;
        private final LogFormat format;
        private final RecordSink into;
        private int from = -1;
        private int to;
        private int first;
        private int lines;

        Join(byte[] array, LogFormat format, RecordSink into) {
            this.array = array;
            this.format = format;
            this.into = into;
        }

        @Override
        public void line(int line, Bytes value, int lineFrom, int lineTo) {
            if (lineFrom == lineTo) {
                end();
                into.blank(line);
            } else if (continues(lineFrom, lineTo)) {
                to = lineTo;
                lines++;
            } else {
                end();
                from = lineFrom;
                to = lineTo;
                first = line;
                lines = 1;
            }
        }

        private boolean continues(int lineFrom, int lineTo) {
            return from >= 0
                    && lines < MAX_JOINED_LINES
                    && lineTo - from <= MAX_JOINED_BYTES
                    && Continuation.is(array, from, lineFrom, lineTo)
                    && (lines > 1 || Continuation.mayFollow(array, from, to, format));
        }

        void end() {
            if (from >= 0) {
                into.record(first, lines, new Bytes(array, from, to));
                from = -1;
            }
        }
    }
}
