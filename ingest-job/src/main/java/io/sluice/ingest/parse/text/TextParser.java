package io.sluice.ingest.parse.text;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;

/** Plain text: the whole record, joined lines too, is {@code message}, and nothing else is read from it. */
public final class TextParser implements LogParser {
    private static final Value PROVIDER = new Value.Text("text");

    @Override
    public LogFormat format() {
        return LogFormat.TEXT;
    }

    @Override
    public void parse(Bytes record, ParseSink into) {
        into.event(new Event().set(Fields.EVENT_PROVIDER, PROVIDER).set(Fields.MESSAGE, record.text()));
    }
}
