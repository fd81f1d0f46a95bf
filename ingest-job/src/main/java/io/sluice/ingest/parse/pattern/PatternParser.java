package io.sluice.ingest.parse.pattern;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.Recognizer;
import io.sluice.ingest.parse.Texts;
import io.sluice.ingest.parse.application.ApplicationFields;
import io.sluice.ingest.parse.text.Clean;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records by one pattern or by the first of several that fits.
 *
 * <p>Of a record of several lines, the lines behind the first belong to the message if the pattern ends with it, and are
 * the stack trace if not.
 */
public final class PatternParser implements Recognizer {
    private final LogFormat format;
    private final String because;
    private final List<PatternFormat.Compiled> patterns;
    private final ZoneId zone;

    /**
     * For a dialect.
     *
     * @param because what such lines are recognised by
     * @param zone for times without one
     */
    public PatternParser(LogFormat format, String because, List<PatternFormat.Compiled> patterns, ZoneId zone) {
        this.format = format;
        this.because = because;
        this.patterns = List.copyOf(patterns);
        this.zone = zone;
    }

    @Override
    public LogFormat format() {
        return format;
    }

    @Override
    public String because() {
        return because;
    }

    @Override
    public boolean tryParse(Bytes record, ParseSink into) {
        Bytes clean = Clean.bytes(record);
        int end = firstLineEnd(clean);
        for (PatternFormat.Compiled pattern : patterns) {
            Event event = read(clean, end, pattern, into.texts());
            if (event != null) {
                into.event(event);
                return true;
            }
        }
        return false;
    }

    private @Nullable Event read(Bytes record, int firstLineEnd, PatternFormat.Compiled pattern, Texts texts) {
        Event event = ApplicationFields.event();
        boolean whole = pattern.endsWithMessage() || firstLineEnd == record.length();
        Reason reason = pattern.format().read(whole ? record : record.slice(0, firstLineEnd), event, zone, texts);
        if (reason != null) {
            return null;
        }
        if (isSlowLog(event)) {
            ApplicationFields.message(event, record.text());
        } else if (!whole) {
            event.set(
                    ApplicationFields.STACK_TRACE,
                    record.slice(firstLineEnd + 1, record.length()).text().stripTrailing());
        }
        return event;
    }

    /** A slow log of Elasticsearch holds a query behind names of its own: its message is the record, whole. */
    private static boolean isSlowLog(Event event) {
        String logger = event.text(Fields.LOG_LOGGER);
        return logger != null && logger.startsWith("index.") && logger.contains(".slowlog");
    }

    private static int firstLineEnd(Bytes record) {
        for (int i = 0; i < record.length(); i++) {
            if (record.at(i) == '\n') {
                return i;
            }
        }
        return record.length();
    }
}
