package io.sluice.ingest.parse.declared;

import io.sluice.ingest.parse.IpLiteral;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;

/** Sets the client's address as servers write it: alone, with a port, or as the list of a proxy's way. */
public final class Addresses {
    private static final FieldPath X_FORWARDED_FOR = FieldPath.of(Fields.HTTP_HEADERS + ".x-forwarded-for");
    private static final FieldPath PORT = FieldPath.of("source.port");

    private Addresses() {}

    /** An address or a host name; of a list, the last is the peer and the others are its X-Forwarded-For. */
    public static void set(Event event, String written) {
        int comma = written.lastIndexOf(',');
        if (comma < 0) {
            peer(event, written);
            return;
        }
        peer(event, written.substring(comma + 1).trim());
        if (!event.has(X_FORWARDED_FOR)) {
            event.set(X_FORWARDED_FOR, written.substring(0, comma));
        }
    }

    /** An address with its port behind the last colon, {@code 192.0.2.7:1234} or {@code [2001:db8::7]:1234}. */
    public static void setWithPort(Event event, String written) {
        int colon = written.lastIndexOf(':');
        int port = colon < 1 || IpLiteral.is(written) && written.indexOf(':') != colon ? -1 : port(written, colon + 1);
        String host = port < 0 ? written : written.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        peer(event, host);
        if (port >= 0) {
            event.set(PORT, port);
        }
    }

    private static void peer(Event event, String host) {
        event.set(Fields.SOURCE_ADDRESS, host);
        Value value = event.get(Fields.SOURCE_ADDRESS);
        if (value != null && IpLiteral.is(host)) {
            event.set(Fields.SOURCE_IP, value);
        }
    }

    private static int port(String text, int from) {
        if (from == text.length() || text.length() - from > 5) {
            return -1;
        }
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            port = port * 10 + c - '0';
        }
        return port;
    }
}
