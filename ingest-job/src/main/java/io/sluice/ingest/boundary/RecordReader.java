package io.sluice.ingest.boundary;

import io.sluice.ingest.enrich.ClientAddress;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.KnownTexts;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.RecordSink;
import io.sluice.ingest.parse.Records;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.parse.Texts;
import io.sluice.ingest.parse.time.YearlessTime;
import io.sluice.redaction.event.Event;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first steps of the boundary: cuts what arrived into records, parses each, and finds the client's address.
 *
 * <p>Total: never throws, whatever the bytes. Keeps nothing between records but the parsers of the sources it has seen
 * and, in memory, the texts that came lately.
 * Not thread-safe.
 */
public final class RecordReader {
    private static final int SOURCES = 64;

    private final Map<SourceOptions, Source> sources = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SourceOptions, Source> eldest) {
            return size() > SOURCES;
        }
    };

    private final Texts texts = new KnownTexts();
    private final boolean explaining;

    /** Reads and says nothing of how. */
    public RecordReader() {
        this(false);
    }

    private RecordReader(boolean explaining) {
        this.explaining = explaining;
    }

    /** Tells its sink what each record was seen as, before its events. */
    public static RecordReader explaining() {
        return new RecordReader(true);
    }

    private record Source(LogParser parser, ClientAddress client) {}

    /** Hands over the events of one Kafka record, in order. */
    public void read(RawRecord record, EventSink into) {
        SourceOptions options = record.options();
        Source source = sources.computeIfAbsent(
                options, key -> new Source(LogParsers.forOptions(key), ClientAddress.behind(key.trustedProxies())));
        Records.cut(record.value(), options, new Reading(source, record, into));
    }

    /** One Kafka record being read. */
    private final class Reading implements RecordSink, ParseSink {
        private final Source source;
        private final RawRecord from;
        private final EventSink into;
        private int ordinal;
        private int line;
        private int lines;
        private int event;
        private boolean header;

        Reading(Source source, RawRecord from, EventSink into) {
            this.source = source;
            this.from = from;
            this.into = into;
        }

        @Override
        public void record(int line, int lines, Bytes record) {
            begin(line, lines);
            Position first = at();
            if (explaining) {
                Explained.parse(source.parser(), record, into, this);
            } else {
                source.parser().parse(record, this);
            }
            if (!header) {
                into.end(first, record);
            }
        }

        @Override
        public void noText(int line, Bytes record) {
            begin(line, 1);
            Position first = at();
            reject(Reason.NO_TEXT_AT_POINTER);
            into.end(first, record);
        }

        @Override
        public void blank(int line) {
            into.blank(line);
        }

        @Override
        public void event(Event parsed) {
            YearlessTime.settle(parsed, from.options().zone(), from.receivedAt());
            source.client().resolve(parsed);
            into.event(next(), parsed);
        }

        @Override
        public Texts texts() {
            return texts;
        }

        @Override
        public void reject(Reason reason) {
            into.rejected(next(), reason);
        }

        @Override
        public void header() {
            header = true;
            into.header(line);
        }

        private void begin(int line, int lines) {
            this.line = line;
            this.lines = lines;
            this.event = 0;
            this.header = false;
        }

        private Position at() {
            return new Position(ordinal, line, lines, event);
        }

        private Position next() {
            Position at = at();
            ordinal++;
            event++;
            return at;
        }
    }
}
