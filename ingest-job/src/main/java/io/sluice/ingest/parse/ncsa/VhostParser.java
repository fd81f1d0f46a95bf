package io.sluice.ingest.parse.ncsa;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.parse.Texts;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import org.jspecify.annotations.Nullable;

/** NCSA access logs behind the virtual host, {@code www.example.com:443 host ident user [time] …}, with or without port. */
public final class VhostParser implements LogParser {
    private static final FieldPath DOMAIN = FieldPath.of("destination.domain");
    private static final FieldPath PORT = FieldPath.of("destination.port");

    private final NcsaParser ncsa;

    public VhostParser(SourceOptions options) {
        this.ncsa = NcsaParser.common(options);
    }

    @Override
    public LogFormat format() {
        return LogFormat.VHOST;
    }

    @Override
    public void parse(Bytes record, ParseSink into) {
        int space = space(record);
        if (space < 0) {
            into.reject(Reason.TRUNCATED);
        } else if (space == 0) {
            into.reject(Reason.UNPARSEABLE);
        } else {
            ncsa.parse(record.slice(space + 1, record.length()), new WithHost(record.slice(0, space), into));
        }
    }

    private static int space(Bytes record) {
        for (int i = 0; i < record.length(); i++) {
            if (record.at(i) == ' ') {
                return i;
            }
        }
        return -1;
    }

    /** Sets the virtual host on what the line behind it gives. */
    private record WithHost(Bytes host, ParseSink into) implements ParseSink {
        @Override
        public void event(Event event) {
            String text = host.text();
            int colon = text.lastIndexOf(':');
            Integer port = colon < 1 ? null : port(text.substring(colon + 1));
            event.set(DOMAIN, port == null ? text : text.substring(0, colon));
            if (port != null) {
                event.set(PORT, port);
            }
            into.event(event);
        }

        private static @Nullable Integer port(String text) {
            return text.matches("[0-9]{1,5}") ? Integer.valueOf(text) : null;
        }

        @Override
        public void reject(Reason reason) {
            into.reject(reason);
        }

        @Override
        public void header() {
            into.header();
        }

        @Override
        public Texts texts() {
            return into.texts();
        }
    }
}
