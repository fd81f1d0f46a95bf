package io.sluice.ingest.parse.w3c;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.declared.DeclaredFormat;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The W3C extended log format: IIS, and CloudFront's standard logs.
 *
 * <p>The columns are those of the {@code #Fields} line of the same record, else those declared at the source; CloudFront
 * has columns of its own. Times are UTC, as the format says. A record is one line, or a header and lines.
 */
public final class W3cParser implements LogParser {
    private static final Value PROVIDER = new Value.Text("access-log");
    private static final Bytes FIELDS = Bytes.of("#Fields:");

    private final LogFormat format;
    private final @Nullable Columns declared;
    /** The columns of the header that came last: compiled once for the records below it. */
    private final AtomicReference<@Nullable Columns> latest = new AtomicReference<>();

    /** A header and what it compiles to. */
    private record Columns(String header, DeclaredFormat blanks, DeclaredFormat tabs) {
        static Columns of(String header) {
            return new Columns(header, W3cColumns.compile(header, false), W3cColumns.compile(header, true));
        }
    }

    private W3cParser(LogFormat format, @Nullable String declared) {
        this.format = format;
        this.declared = declared == null ? null : Columns.of(declared);
    }

    /**
     * For a source that may declare its columns.
     *
     * @param columns a {@code #Fields} line, or null
     * @throws IllegalArgumentException if it names no columns
     */
    public static W3cParser of(@Nullable String columns) {
        return new W3cParser(LogFormat.W3C, columns);
    }

    /** For CloudFront's standard logs. */
    public static W3cParser cloudfront(@Nullable String columns) {
        return new W3cParser(LogFormat.CLOUDFRONT, columns == null ? W3cColumns.CLOUDFRONT : columns);
    }

    @Override
    public LogFormat format() {
        return format;
    }

    /** Whether its declared columns do; a header in a record may have others. */
    @Override
    public boolean showsSignals() {
        return declared != null && declared.blanks().showsSignals();
    }

    @Override
    public void parse(Bytes record, ParseSink into) {
        Columns columns = declared;
        boolean any = false;
        int from = 0;
        while (from < record.length()) {
            int to = lineEnd(record, from);
            Bytes line = record.slice(from, to > from && record.at(to - 1) == '\r' ? to - 1 : to);
            if (line.length() > 0 && line.at(0) == '#') {
                columns = isFields(line) ? columns(line.text(), columns) : columns;
            } else if (line.length() > 0) {
                any = true;
                line(line, columns, into);
            }
            from = to + 1;
        }
        if (!any) {
            header(record, into);
        }
    }

    private static void header(Bytes record, ParseSink into) {
        if (record.length() > 0 && record.at(0) == '#') {
            into.header();
        } else {
            into.reject(Reason.UNPARSEABLE);
        }
    }

    /** Reads one line by the columns above it. */
    private static void line(Bytes line, @Nullable Columns columns, ParseSink into) {
        Event event = new Event().set(Fields.EVENT_PROVIDER, PROVIDER);
        Reason reason = Reason.UNPARSEABLE;
        if (columns != null) {
            DeclaredFormat declared = hasTab(line) ? columns.tabs() : columns.blanks();
            reason = declared.read(line, event, ZoneOffset.UTC, into.texts());
        }
        if (reason == null) {
            into.event(event);
        } else {
            into.reject(reason);
        }
    }

    private @Nullable Columns columns(String header, @Nullable Columns otherwise) {
        Columns known = latest.get();
        if (known != null && known.header().equals(header)) {
            return known;
        }
        try {
            Columns compiled = Columns.of(header);
            latest.set(compiled);
            return compiled;
        } catch (IllegalArgumentException e) {
            return otherwise; // a header without columns, or with columns that run into each other
        }
    }

    private static boolean isFields(Bytes line) {
        return line.length() > 8 && line.slice(0, 8).equals(FIELDS);
    }

    private static boolean hasTab(Bytes line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.at(i) == '\t') {
                return true;
            }
        }
        return false;
    }

    private static int lineEnd(Bytes record, int from) {
        int i = from;
        while (i < record.length() && record.at(i) != '\n') {
            i++;
        }
        return i;
    }
}
