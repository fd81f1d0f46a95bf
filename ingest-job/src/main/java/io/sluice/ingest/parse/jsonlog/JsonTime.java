package io.sluice.ingest.parse.jsonlog;

import io.sluice.ingest.parse.CivilTime;
import io.sluice.ingest.parse.EpochTime;
import io.sluice.ingest.parse.time.LogTime;
import io.sluice.ingest.parse.time.TimeParts;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;

/** Reads the times of JSON lines: text in any form that logs use, or a number of seconds down to nanoseconds. */
final class JsonTime {
    /** Numbers of milliseconds end below; microseconds follow, and from a thousand times that nanoseconds. */
    private static final double FIRST_MICROSECONDS = 1e14;

    private static final double FIRST_NANOSECONDS = 1e17;

    private JsonTime() {}

    /** Sets {@code @timestamp}; false if the value is no time. */
    static boolean set(Event event, Value value, ZoneId zone) {
        if (value instanceof Value.Text text) {
            byte[] bytes = text.text().getBytes(StandardCharsets.UTF_8);
            TimeParts time = new TimeParts();
            return LogTime.read(bytes, 0, bytes.length, time) == bytes.length && time.set(event, zone);
        }
        double number = value instanceof Value.Whole whole
                ? (double) whole.number()
                : value instanceof Value.Decimal decimal ? decimal.number() : -1;
        double scaled =
                number >= FIRST_NANOSECONDS ? number / 1e6 : number >= FIRST_MICROSECONDS ? number / 1e3 : number;
        long moment = EpochTime.epochMilli(scaled);
        if (moment == CivilTime.INVALID) {
            return false;
        }
        event.set(Fields.TIMESTAMP, new Value.Moment(moment));
        return true;
    }
}
