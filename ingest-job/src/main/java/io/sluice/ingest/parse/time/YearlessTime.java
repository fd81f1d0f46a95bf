package io.sluice.ingest.parse.time;

import io.sluice.ingest.parse.CivilTime;
import io.sluice.ingest.parse.IsoTime;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Completes a time that was written without its year, as RFC 3164 does: a parser sees only bytes and leaves it as
 * {@code --02-22T16:45:20.000}; the year is the one that brings it nearest to the receive time.
 */
public final class YearlessTime {
    private static final String MARK = "--";

    private YearlessTime() {}

    /**
     * Replaces such a time on the event; without a receive time it is taken away.
     *
     * @param zone of the source
     * @param receivedAt milliseconds since 1970, or {@code Long.MIN_VALUE}
     */
    public static void settle(Event event, ZoneId zone, long receivedAt) {
        if (!(event.get(Fields.TIMESTAMP) instanceof Value.Text text)) {
            return;
        }
        long best = CivilTime.INVALID;
        if (text.text().startsWith(MARK) && receivedAt != Long.MIN_VALUE) {
            int year = Instant.ofEpochMilli(receivedAt).atOffset(ZoneOffset.UTC).getYear();
            // Four years each way, for the 29th of February has no other.
            for (int candidate = year - 4; candidate <= year + 4; candidate++) {
                long moment = candidate < 0 || candidate > 9999
                        ? CivilTime.INVALID
                        : IsoTime.epochMilli(four(candidate) + text.text().substring(1), zone);
                if (moment != CivilTime.INVALID
                        && (best == CivilTime.INVALID || Math.abs(moment - receivedAt) < Math.abs(best - receivedAt))) {
                    best = moment;
                }
            }
        }
        if (best == CivilTime.INVALID) {
            event.remove(Fields.TIMESTAMP);
        } else {
            event.set(Fields.TIMESTAMP, new Value.Moment(best));
        }
    }

    private static String four(int year) {
        String digits = Integer.toString(year);
        return "0".repeat(4 - digits.length()) + digits;
    }
}
