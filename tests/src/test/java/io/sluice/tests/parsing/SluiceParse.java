package io.sluice.tests.parsing;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Our parser: bytes in, an event out. Not thread-safe. */
final class SluiceParse implements ParseSink {
    /** The built-in combined format as nginx's documentation declares it. */
    static final String NGINX = "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent"
            + " \"$http_referer\" \"$http_user_agent\"";

    /** As Apache's documentation does. */
    static final String APACHE = "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-agent}i\"";

    private final LogParser parser;
    private @Nullable Event event;

    private SluiceParse(LogParser parser) {
        this.parser = parser;
    }

    static SluiceParse builtIn() {
        return of(LogFormat.COMBINED, null);
    }

    static SluiceParse nginx() {
        return of(LogFormat.NGINX, NGINX);
    }

    static SluiceParse apache() {
        return of(LogFormat.APACHE, APACHE);
    }

    private static SluiceParse of(LogFormat format, @Nullable String declared) {
        SourceOptions defaults = SourceOptions.DEFAULT;
        return new SluiceParse(LogParsers.forOptions(new SourceOptions(
                format, declared, defaults.framing(), defaults.dataset(), defaults.zone(), defaults.trustedProxies())));
    }

    Event parse(Bytes line) {
        parser.parse(line, this);
        return Objects.requireNonNull(event);
    }

    static LineValues values(Event event) {
        return new LineValues(
                value(event, Fields.SOURCE_ADDRESS),
                value(event, Fields.USER_NAME),
                value(event, Fields.TIMESTAMP),
                value(event, Fields.HTTP_METHOD),
                value(event, Fields.URL_ORIGINAL),
                value(event, Fields.HTTP_VERSION),
                value(event, Fields.HTTP_STATUS),
                value(event, Fields.HTTP_BYTES),
                value(event, Fields.HTTP_REFERRER),
                value(event, Fields.USER_AGENT));
    }

    private static @Nullable String value(Event event, FieldPath path) {
        Value value = event.get(path);
        if (value instanceof Value.Moment moment) {
            return Long.toString(moment.epochMilli());
        }
        return LineValues.orNone(value instanceof Value.Whole whole ? whole.number() : event.text(path));
    }

    @Override
    public void event(Event read) {
        event = read;
    }

    @Override
    public void reject(Reason reason) {
        throw new IllegalStateException("a generated line was rejected: " + reason);
    }

    @Override
    public void header() {
        throw new IllegalStateException("a generated line was taken for a header");
    }
}
