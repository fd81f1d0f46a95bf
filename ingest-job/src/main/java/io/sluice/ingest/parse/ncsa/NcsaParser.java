package io.sluice.ingest.parse.ncsa;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.parse.Texts;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * NCSA access logs: {@code host ident user [time] "request" status bytes}, common, and with {@code "referrer" "user
 * agent"} behind it, combined.
 *
 * <ul>
 *   <li>As {@code common} (and in {@code auto}) a line may end behind its bytes; if a quoted field follows, it is a
 *       combined line and must be a whole one. As {@code combined} it must be one.
 *   <li>Fields behind the last one are not read. They do not leave, for they become no field of the event.
 *   <li>A request line that is none ({@code -}, empty, a TLS greeting) does not spoil the line; see {@link RequestLine}.
 *   <li>A time that does not exist, a status that is no number, more than one line: rejected as unparseable. A line that
 *       ends before its format does: as truncated.
 * </ul>
 */
public final class NcsaParser implements LogParser {
    private final LogFormat format;
    private final ZoneId zone;
    private final boolean mayHaveLines;

    private NcsaParser(LogFormat format, SourceOptions options) {
        this.format = format;
        this.zone = options.zone();
        this.mayHaveLines = !(options.framing() instanceof Framing.Line);
    }

    /** Takes common and combined lines. */
    public static NcsaParser common(SourceOptions options) {
        return new NcsaParser(LogFormat.COMMON, options);
    }

    /** Takes combined lines only. */
    public static NcsaParser combined(SourceOptions options) {
        return new NcsaParser(LogFormat.COMBINED, options);
    }

    @Override
    public LogFormat format() {
        return format;
    }

    @Override
    public void parse(Bytes record, ParseSink into) {
        NcsaLine line = new NcsaLine(record, zone, into.texts());
        Reason reason = read(record, line);
        if (reason == null) {
            into.event(line.event());
        } else {
            into.reject(reason);
        }
    }

    /**
     * As {@link #parse}, but only if the record begins as an access log does.
     *
     * @return whether it does; if not, nothing was given to the sink
     */
    public boolean parseIfAccessLog(Bytes record, ParseSink into) {
        NcsaLine line = new NcsaLine(record, zone, into.texts());
        Reason reason = read(record, line);
        if (reason == null) {
            into.event(line.event());
            return true;
        }
        if (line.timed() || line.beginsWithPeer()) {
            into.reject(reason);
            return true;
        }
        return false;
    }

    /** Whether a line begins with a host and a time, or an address and {@code -}, as only access logs do. */
    public static boolean beginsLikeAccessLog(Bytes record) {
        NcsaLine line = new NcsaLine(record, ZoneOffset.UTC, Texts.PLAIN);
        return line.read(false) == null || line.timed() || line.beginsWithPeer();
    }

    private @Nullable Reason read(Bytes record, NcsaLine line) {
        return mayHaveLines && hasLines(record) ? Reason.UNPARSEABLE : line.read(format == LogFormat.COMBINED);
    }

    /** Whether there is a line end anywhere but at the end. */
    private static boolean hasLines(Bytes record) {
        for (int i = 0; i + 1 < record.length(); i++) {
            if (record.at(i) == '\n') {
                return true;
            }
        }
        return false;
    }
}
