package io.sluice.ingest.parse.declared;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;

/** Reads the lines of a server by the format string that it was given. */
public final class DeclaredParser implements LogParser {
    private static final Value PROVIDER = new Value.Text("access-log");

    private final LogFormat format;
    private final DeclaredFormat declared;
    private final ZoneId zone;

    /** @param zone for times without one */
    public DeclaredParser(LogFormat format, DeclaredFormat declared, ZoneId zone) {
        this.format = format;
        this.declared = declared;
        this.zone = zone;
    }

    @Override
    public LogFormat format() {
        return format;
    }

    @Override
    public boolean showsSignals() {
        return declared.showsSignals();
    }

    @Override
    public void parse(Bytes record, ParseSink into) {
        Event event = new Event().set(Fields.EVENT_PROVIDER, PROVIDER);
        Reason reason = declared.read(record, event, zone, into.texts());
        if (reason == null) {
            into.event(event);
        } else {
            into.reject(reason);
        }
    }
}
