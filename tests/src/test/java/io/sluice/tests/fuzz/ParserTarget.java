package io.sluice.tests.fuzz;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.RecordSink;
import io.sluice.ingest.parse.Records;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.redaction.event.Event;
import java.util.List;

/**
 * The parser of one format, given any bytes: it throws nothing and says something of each record that the framing cuts,
 * whatever the framing. What it throws in turn is an {@link AssertionError} that names no byte of the input.
 */
final class ParserTarget {
    private static final List<Framing> FRAMINGS =
            List.of(Framing.LINE, Framing.WHOLE, new Framing.JsonLines("/message"));

    private final SourceOptions options;
    private final LogParser parser;

    ParserTarget(LogFormat format) {
        this.options = Seeds.options(format);
        this.parser = LogParsers.forOptions(options);
    }

    /** Counts what a parser says. */
    private static final class Said implements ParseSink {
        int events;
        int others;

        @Override
        public void event(Event event) {
            events++;
        }

        @Override
        public void reject(Reason reason) {
            others++;
        }

        @Override
        public void header() {
            others++;
        }
    }

    /** Gives it the bytes as they are, and as each framing cuts them; how many events were in the bytes as they are. */
    int take(byte[] bytes) {
        for (Framing framing : FRAMINGS) {
            Records.cut(Bytes.of(bytes), options.withFraming(framing), new RecordSink() {
                @Override
                public void record(int line, int lines, Bytes record) {
                    parse(record);
                }

                @Override
                public void blank(int line) {}

                @Override
                public void noText(int line, Bytes record) {}
            });
        }
        return parse(Bytes.of(bytes));
    }

    private int parse(Bytes record) {
        Said said = new Said();
        parser.parse(record, said);
        if (said.events + said.others == 0) {
            throw new AssertionError(options.format() + " said nothing of a record");
        }
        return said.events;
    }
}
