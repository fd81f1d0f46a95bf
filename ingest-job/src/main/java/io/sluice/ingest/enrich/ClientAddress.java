package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client's address behind trusted proxies and sets {@code source.ip} to it.
 *
 * <p>The way of a request is what {@code X-Forwarded-For} lists or, without it, {@code Forwarded} (RFC 7239), and then
 * the peer. The client is the last address of the way, from the right, that is no trusted proxy; the first one if all
 * are. So what a client writes into these headers itself is never reached. An entry that is no address ({@code unknown},
 * {@code _hidden}) cannot be a proxy: the client is then not known, and {@code source.ip} is taken away.
 *
 * <p>{@code source.address} stays the peer. Ports, brackets and zones are stripped, IPv4-mapped addresses unwrapped.
 * Stateless, safe to use from several threads.
 */
public final class ClientAddress {
    private static final FieldPath X_FORWARDED_FOR = FieldPath.of(Fields.HTTP_HEADERS + ".x-forwarded-for");
    private static final FieldPath FORWARDED = FieldPath.of(Fields.HTTP_HEADERS + ".forwarded");

    private final List<IpNetwork> trusted;

    private ClientAddress(List<IpNetwork> trusted) {
        this.trusted = trusted;
    }

    /**
     * For a source's trusted proxies; none: the peer is the client.
     *
     * @throws IllegalArgumentException naming the entry that is no network
     */
    public static ClientAddress behind(List<String> trustedProxies) {
        return new ClientAddress(trustedProxies.stream().map(IpNetwork::parse).toList());
    }

    /** Sets {@code source.ip} to the client's address, or takes it away if that is not known; the peer stays. */
    public void resolve(Event event) {
        String peer = event.text(Fields.SOURCE_ADDRESS);
        if (peer == null || (trusted.isEmpty() && isPlain(peer, event))) {
            return;
        }
        String client = trusted.isEmpty() ? peer : client(peer, event);
        byte[] address = IpNetwork.address(client);
        if (address == null) {
            event.remove(Fields.SOURCE_IP);
        } else {
            event.set(Fields.SOURCE_IP, text(client, address));
        }
    }

    /** Whether the parser's own reading stands: an address with nothing around it and none inside it. */
    private static boolean isPlain(String peer, Event event) {
        return event.has(Fields.SOURCE_IP) && (peer.indexOf(':') < 0 || !mayUnwrap(peer));
    }

    /** Whether an IPv6 address may have brackets or a zone, or be an IPv4-mapped one: these have a group of four f. */
    private static boolean mayUnwrap(String address) {
        int fs = 0;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            fs = (c | 0x20) == 'f' ? fs + 1 : 0;
            if (fs == 4 || c == '.' || c == '%' || c == '[') {
                return true;
            }
        }
        return false;
    }

    private String client(String peer, Event event) {
        if (!isTrusted(peer)) {
            return peer;
        }
        List<String> way = way(event);
        for (int i = way.size() - 1; i >= 0; i--) {
            if (!isTrusted(way.get(i))) {
                return way.get(i);
            }
        }
        return way.isEmpty() ? peer : way.get(0);
    }

    private boolean isTrusted(String text) {
        byte[] address = IpNetwork.address(text);
        if (address == null) {
            return false;
        }
        for (IpNetwork network : trusted) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> way(Event event) {
        List<String> way = new ArrayList<>();
        Value list = event.get(X_FORWARDED_FOR);
        if (list != null) {
            entries(list, way);
            return way;
        }
        Value forwarded = event.get(FORWARDED);
        if (forwarded != null) {
            List<String> elements = new ArrayList<>();
            entries(forwarded, elements);
            elements.forEach(element -> way.add(forwardedFor(element)));
        }
        return way;
    }

    /** The entries of a header, over all its lines: they are separated by commas outside quotes. */
    private static void entries(Value value, List<String> into) {
        if (value instanceof Value.Items items) {
            items.items().forEach(item -> entries(item, into));
        } else if (value instanceof Value.Text text) {
            split(text.text(), ',', into);
        }
    }

    private static void split(String text, char separator, List<String> into) {
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || (text.charAt(i) == separator && !quoted)) {
                String part = text.substring(from, i).trim();
                if (!part.isEmpty()) {
                    into.add(part);
                }
                from = i + 1;
            } else if (text.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
    }

    /** The value of {@code for=} in an element of {@code Forwarded}; empty, which is no address, if it has none. */
    private static String forwardedFor(String element) {
        List<String> pairs = new ArrayList<>();
        split(element, ';', pairs);
        for (String pair : pairs) {
            if (pair.regionMatches(true, 0, "for=", 0, 4)) {
                String value = pair.substring(4).trim();
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                return quoted ? value.substring(1, value.length() - 1) : value;
            }
        }
        return "";
    }

    private static @Nullable String text(String written, byte[] address) {
        if (address.length == 4) {
            return (address[0] & 0xFF) + "." + (address[1] & 0xFF) + "." + (address[2] & 0xFF) + "."
                    + (address[3] & 0xFF);
        }
        return IpNetwork.host(written);
    }
}
