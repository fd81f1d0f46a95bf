package io.sluice.ingest.boundary;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.concurrent.TimeUnit;

/**
 * When an event happened. The sender's time is never changed; one outside [receive - 7 days, receive + 5 minutes] is
 * marked, and figures then count the event at its receive time. An event without a time happened when it was received.
 */
final class EventTime {
    private static final long EARLIER = TimeUnit.DAYS.toMillis(7);
    private static final long LATER = TimeUnit.MINUTES.toMillis(5);

    private EventTime() {}

    static void settle(Event event, long receivedAt) {
        if (event.get(Fields.TIMESTAMP) instanceof Value.Moment moment) {
            long late = receivedAt - moment.epochMilli();
            if (late > EARLIER || late < -LATER) {
                event.set(Fields.EVENT_TIMELINESS, "outside-window");
            }
        } else {
            event.set(Fields.TIMESTAMP, new Value.Moment(receivedAt));
        }
    }
}
