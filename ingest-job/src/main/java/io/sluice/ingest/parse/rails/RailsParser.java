package io.sluice.ingest.parse.rails;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.CivilTime;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Recognizer;
import io.sluice.ingest.parse.application.ApplicationFields;
import io.sluice.ingest.parse.declared.Addresses;
import io.sluice.ingest.parse.text.Clean;
import io.sluice.ingest.parse.time.LogTime;
import io.sluice.ingest.parse.time.TimeParts;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code I, [2024-01-10T12:00:00.123456 #4711]  INFO -- name: message} of Ruby's Logger, and what Rails says of a
 * request: {@code Started GET "/path" for 192.0.2.7 at …}, with or without that in front.
 */
public final class RailsParser implements Recognizer {
    /** Every class in them is bounded, and each begins with a fixed letter. */
    private static final Pattern LOGGER = Pattern.compile(
            "[DIWEFAU], \\[([^]\\n]{19,40}?) ?#([0-9]{1,9})] {1,5}([A-Z]{3,7}) -- ([^\\n:]{0,80}):(?: |$)");

    private static final Pattern STARTED = Pattern.compile(
            "Started ([A-Z]{3,10}) \"([^\"\\n]{1,8192})\" for ([0-9a-fA-F.:]{2,45}) at ([-0-9]{10} [0-9:]{8} [-+0-9UTC]{3,5})");
    private static final int HEAD = 256;

    private final ZoneId zone;

    /** @param zone for times without one */
    public RailsParser(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public LogFormat format() {
        return LogFormat.RAILS;
    }

    @Override
    public String because() {
        return "the head of Ruby's Logger, or the start of a request of Rails";
    }

    @Override
    public boolean tryParse(Bytes record, ParseSink into) {
        if (record.length() < 8 || !begins(record)) {
            return false;
        }
        Event event = read(Clean.bytes(record).text());
        if (event != null) {
            into.event(event);
        }
        return event != null;
    }

    private static boolean begins(Bytes record) {
        return record.at(1) == ',' && record.at(3) == '[' || record.at(0) == 'S' && record.at(7) == ' ';
    }

    private @Nullable Event read(String text) {
        Event event = ApplicationFields.event();
        Matcher head = LOGGER.matcher(text).region(0, Math.min(text.length(), HEAD));
        String message = text;
        if (head.lookingAt()) {
            long time = time(head.group(1));
            if (time == CivilTime.INVALID) {
                return null;
            }
            event.set(Fields.TIMESTAMP, new Value.Moment(time));
            event.set(ApplicationFields.PID, Long.parseLong(head.group(2)));
            event.set(Fields.LOG_LEVEL, head.group(3));
            event.set(Fields.LOG_LOGGER, head.group(4).strip());
            message = text.substring(head.end());
        }
        Matcher started = STARTED.matcher(message);
        if (started.lookingAt()) {
            started(started, event);
        } else if (message.equals(text)) {
            return null;
        }
        ApplicationFields.message(event, message);
        return event;
    }

    private void started(Matcher started, Event event) {
        event.set(Fields.HTTP_METHOD, started.group(1));
        event.set(Fields.URL_ORIGINAL, started.group(2));
        Addresses.set(event, started.group(3));
        long time = time(started.group(4));
        if (time != CivilTime.INVALID && !event.has(Fields.TIMESTAMP)) {
            event.set(Fields.TIMESTAMP, new Value.Moment(time));
        }
    }

    private long time(String written) {
        byte[] bytes = written.strip().getBytes(StandardCharsets.UTF_8);
        TimeParts parts = new TimeParts();
        return LogTime.read(bytes, 0, bytes.length, parts) == bytes.length ? parts.epochMilli(zone) : CivilTime.INVALID;
    }
}
