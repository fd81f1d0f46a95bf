package io.sluice.ingest.parse.ncsa;

import io.sluice.ingest.parse.ByteSearch;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.CivilTime;
import io.sluice.ingest.parse.IpLiteral;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.Texts;
import io.sluice.ingest.parse.Utf8;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** One access-log line on its way from left to right. Used once, by one thread. */
final class NcsaLine {
    private static final Value PROVIDER = new Value.Text("access-log");
    /** Longer than any time between brackets: what goes on longer is something else. */
    private static final int MAX_TIME = 48;

    private static final int NONE = -1;

    private final byte[] a;
    private final int from;
    private final int to;
    private final ZoneId zone;
    private final Texts texts;
    private final Event event = new Event();
    private int at;
    private boolean timed;

    NcsaLine(Bytes record, ZoneId zone, Texts texts) {
        this.a = record.array();
        this.from = record.from();
        this.at = from;
        this.to = end(record);
        this.zone = zone;
        this.texts = texts;
    }

    /** A CR, or a line end, that was left on the record is no part of its last field. */
    private static int end(Bytes record) {
        byte[] a = record.array();
        int to = record.to();
        to = to > record.from() && a[to - 1] == '\n' ? to - 1 : to;
        return to > record.from() && a[to - 1] == '\r' ? to - 1 : to;
    }

    Event event() {
        return event;
    }

    /** Whether a valid time stood where an access log has it. */
    boolean timed() {
        return timed;
    }

    /** Whether it begins with an address and {@code -}, or is cut off before that can be told. */
    boolean beginsWithPeer() {
        int space = next(' ', from);
        int end = space == NONE ? to : space;
        if (end == from || !IpLiteral.is(Utf8.text(a, from, end))) {
            return false;
        }
        return space == NONE || space + 1 == to || (a[space + 1] == '-' && (space + 2 == to || a[space + 2] == ' '));
    }

    /** Reads the line; null, or why it cannot be taken. */
    @Nullable
    Reason read(boolean combined) {
        event.set(Fields.EVENT_PROVIDER, PROVIDER);
        Reason reason = peer();
        if (reason == null) {
            reason = request();
        }
        if (reason == null) {
            reason = result();
        }
        return reason == null ? client(combined) : reason;
    }

    /** {@code host ident user [time] } */
    private @Nullable Reason peer() {
        int hostEnd = next(' ', at);
        int identEnd = hostEnd == NONE ? NONE : next(' ', hostEnd + 1);
        if (identEnd == NONE) {
            return Reason.TRUNCATED;
        }
        if (hostEnd == at || identEnd == hostEnd + 1) {
            return Reason.UNPARSEABLE;
        }
        int close = time(identEnd);
        if (close == NONE) {
            return wasCutOffInTime(identEnd) ? Reason.TRUNCATED : Reason.UNPARSEABLE;
        }
        int userEnd = lastOpen(close) - 1;
        if (userEnd == identEnd || (!isDash(hostEnd + 1, identEnd) && hasSpace(identEnd + 1, userEnd))) {
            return Reason.UNPARSEABLE;
        }
        address(at, hostEnd);
        user(identEnd + 1, userEnd);
        at = close + 1;
        return null;
    }

    private void user(int start, int end) {
        String user = isDash(start, end) ? "" : Unescape.text(a, start, end);
        if (!user.equals("\"\"")) {
            event.set(Fields.USER_NAME, user);
        }
    }

    private boolean isDash(int start, int end) {
        return end - start == 1 && a[start] == '-';
    }

    /** Only behind an ident of {@code -} may a user have spaces: else there are fields that no NCSA line has. */
    private boolean hasSpace(int start, int end) {
        int space = next(' ', start);
        return space != NONE && space < end;
    }

    /**
     * The closing bracket of the time, or {@link #NONE}. The time is the first that stands in brackets behind a space: a
     * user may hold spaces and brackets, and what comes behind the time may hold anything.
     */
    private int time(int identEnd) {
        for (int i = identEnd; i + 1 < to; i++) {
            if (a[i] == ' ' && a[i + 1] == '[' && NcsaTime.isShaped(a, i + 2, to)) {
                int close = close(i + 2);
                long moment = close == NONE ? CivilTime.INVALID : NcsaTime.epochMilli(a, i + 2, close, zone);
                if (moment == CivilTime.INVALID) {
                    return NONE;
                }
                event.set(Fields.TIMESTAMP, new Value.Moment(moment));
                timed = true;
                return close;
            }
        }
        return NONE;
    }

    private int close(int open) {
        for (int i = open; i < Math.min(to, open + MAX_TIME); i++) {
            if (a[i] == ']') {
                return i;
            }
        }
        return NONE;
    }

    private int lastOpen(int close) {
        int open = close;
        while (a[open] != '[') {
            open--;
        }
        return open;
    }

    /** Whether the line ends before its time does: within its brackets, or in what stands before them. */
    private boolean wasCutOffInTime(int identEnd) {
        int spaces = 0;
        for (int i = identEnd + 1; i < to; i++) {
            if (a[i] == '[' && a[i - 1] == ' ') {
                return to - i < MAX_TIME && next(']', i) == NONE;
            }
            spaces += a[i] == ' ' ? 1 : 0;
        }
        return spaces < 2;
    }

    private void address(int start, int end) {
        if (!isDash(start, end)) {
            Value.Text host = texts.of(a, start, end);
            event.set(Fields.SOURCE_ADDRESS, host);
            if (IpLiteral.is(host.text())) {
                event.set(Fields.SOURCE_IP, host);
            }
        }
    }

    /** {@code "METHOD target HTTP/version" } */
    private @Nullable Reason request() {
        if (at == to || (at + 1 == to && a[at] == ' ')) {
            return Reason.TRUNCATED;
        }
        if (a[at] != ' ' || a[at + 1] != '"') {
            return Reason.UNPARSEABLE;
        }
        Bytes request = quoted();
        if (request == null) {
            return Reason.TRUNCATED;
        }
        RequestLine.read(request, texts, event);
        return null;
    }

    /** {@code status bytes} */
    private @Nullable Reason result() {
        int bytes;
        if (to - at > 3 && a[at + 1] == '-' && a[at + 2] == ' ') {
            bytes = at + 3;
        } else if (to - at < 5) {
            return isCutOffStatus() ? Reason.TRUNCATED : Reason.UNPARSEABLE;
        } else if (isDigit(at + 1) && isDigit(at + 2) && isDigit(at + 3) && a[at + 4] == ' ') {
            event.set(Fields.HTTP_STATUS, (a[at + 1] - '0') * 100 + (a[at + 2] - '0') * 10 + a[at + 3] - '0');
            bytes = at + 5;
        } else {
            return Reason.UNPARSEABLE;
        }
        return bytes(bytes);
    }

    private boolean isCutOffStatus() {
        for (int i = at + 1; i < to; i++) {
            if (!isDigit(i) && a[i] != '-' && a[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    private @Nullable Reason bytes(int start) {
        if (start >= to) {
            return Reason.TRUNCATED;
        }
        int i = start;
        if (a[i] == '-') {
            i++;
        } else {
            long number = 0;
            while (i < to && isDigit(i) && i - start < 18) {
                number = number * 10 + a[i++] - '0';
            }
            if (i == start) {
                return Reason.UNPARSEABLE;
            }
            event.set(Fields.HTTP_BYTES, number);
        }
        at = i;
        return i == to || a[i] == ' ' ? null : Reason.UNPARSEABLE;
    }

    /** {@code "referrer" "user agent"}, and whatever a server adds behind them, which is not read. */
    private @Nullable Reason client(boolean combined) {
        boolean isLast = at == to || (at + 1 == to && a[at] == ' ');
        if (isLast || a[at + 1] != '"') {
            return combined ? isLast ? Reason.TRUNCATED : Reason.UNPARSEABLE : null;
        }
        Bytes referrer = quoted();
        if (referrer == null || to - at < 2) {
            return Reason.TRUNCATED;
        }
        if (a[at + 1] != '"') {
            return Reason.UNPARSEABLE;
        }
        Bytes userAgent = quoted();
        if (userAgent == null) {
            return Reason.TRUNCATED;
        }
        texts.set(event, Fields.HTTP_REFERRER, referrer.array(), referrer.from(), referrer.to());
        texts.set(event, Fields.USER_AGENT, userAgent.array(), userAgent.from(), userAgent.to());
        return null;
    }

    /**
     * The quoted field behind the space at the current place, or null if its end is missing. A quote ends it if a space
     * or the line's end follows, and no backslash stands before it.
     */
    private @Nullable Bytes quoted() {
        int start = at + 2;
        boolean escaped = false;
        int i = ByteSearch.first(a, '"', '\\', start, to);
        while (i < to) {
            if (a[i] == '\\') {
                escaped = true;
                i++;
            } else if (i + 1 == to || a[i + 1] == ' ') {
                at = i + 1;
                return escaped ? Unescape.bytes(a, start, i) : new Bytes(a, start, i);
            }
            i = ByteSearch.first(a, '"', '\\', i + 1, to);
        }
        return null;
    }

    private int next(int wanted, int start) {
        int found = ByteSearch.first(a, wanted, start, to);
        return found < to ? found : NONE;
    }

    private boolean isDigit(int i) {
        return a[i] >= '0' && a[i] <= '9';
    }
}
