package io.sluice.ingest.parse.request;

import io.sluice.ingest.parse.CivilTime;
import io.sluice.ingest.parse.IpLiteral;
import io.sluice.ingest.parse.IsoTime;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.tracker.TrackerFields;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds to each event what its request says: headers, peer and receive time.
 *
 * <p>What the payload says of address, user agent and language counts, for a server may send on behalf of a browser. Of
 * headers that both have, the request's stand behind the payload's, as proxies write them. Client Hints are those of the
 * user agent that counts: the request's are left out where the payload has its own, or another user agent. A request that
 * asks for Snowplow's anonymous tracking loses address and device.
 */
record AddingHeaders(Map<String, Value> request, ZoneId zone, ParseSink into) implements ParseSink {
    private static final String PREFIX = Fields.HTTP_HEADERS + ".";
    private static final String HINTS = "sec-ch-ua";

    @Override
    public void event(Event event) {
        Map<String, Value> headers = TrackerFields.members(request.get("headers"));
        boolean hinted = isOf(event, headers);
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (hinted || !lower.startsWith(HINTS)) {
                header(event, lower, value);
            }
        });
        absent(event, Fields.USER_AGENT, first(headers.get("user-agent")));
        absent(event, Fields.USER_AGENT_LANGUAGE, first(headers.get("accept-language")));
        if (TrackerFields.text(request.get("method")).equals("GET")) {
            // A picture is asked for by the page that shows it.
            absent(event, Fields.URL_ORIGINAL, first(headers.get("referer")));
        }
        Value peer = request.get("peer");
        if (peer instanceof Value.Text text && !event.has(Fields.SOURCE_ADDRESS)) {
            event.set(Fields.SOURCE_ADDRESS, peer);
            if (IpLiteral.is(text.text())) {
                event.set(Fields.SOURCE_IP, peer);
            }
        }
        if (headers.containsKey("sp-anonymous")) {
            List.of(Fields.SOURCE_ADDRESS, Fields.SOURCE_IP, Fields.DEVICE_ID).forEach(event::remove);
        }
        long received = IsoTime.epochMilli(TrackerFields.text(request.get("received_at")), zone);
        if (received != CivilTime.INVALID) {
            absent(event, Fields.TIMESTAMP, new Value.Moment(received));
        }
        into.event(event);
    }

    /** Whether the browser that sent the request is the one that the payload speaks of. */
    private static boolean isOf(Event event, Map<String, Value> headers) {
        Value own = event.get(Fields.USER_AGENT);
        return (own == null || own.equals(first(headers.get("user-agent")))) && !event.hasAny(Fields.HINTS);
    }

    private static void header(Event event, String name, Value value) {
        FieldPath path = FieldPath.of(PREFIX + name);
        Value before = event.get(path);
        if (before == null) {
            event.set(path, value);
            return;
        }
        List<Value> both = new ArrayList<>();
        for (Value one : List.of(before, value)) {
            if (one instanceof Value.Items items) {
                both.addAll(items.items());
            } else {
                both.add(one);
            }
        }
        event.set(path, new Value.Items(both));
    }

    private static void absent(Event event, FieldPath path, @Nullable Value value) {
        if (value != null && !event.has(path)) {
            event.set(path, value);
        }
    }

    private static @Nullable Value first(@Nullable Value header) {
        if (header instanceof Value.Items items) {
            return items.items().isEmpty() ? null : items.items().get(0);
        }
        return header;
    }

    @Override
    public void reject(Reason reason) {
        into.reject(reason);
    }

    @Override
    public void header() {
        into.reject(Reason.UNPARSEABLE); // no payload has header lines
    }

    @Override
    public String toString() {
        return "AddingHeaders";
    }
}
