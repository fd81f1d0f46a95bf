package io.sluice.ingest.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.parse.IpLiteral;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.Parsed;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    private static final List<String> PROXIES = List.of("10.0.0.0/8", "2001:db8:a::/48", "192.0.2.1");

    private static String client(List<String> trusted, String peer, String header, String... values) {
        Event event = new Event().set(Fields.SOURCE_ADDRESS, peer);
        if (IpLiteral.is(peer)) {
            event.set(Fields.SOURCE_IP, peer);
        }
        if (values.length > 0) {
            List<Value> items =
                    Arrays.stream(values).<Value>map(Value.Text::new).toList();
            event.set(
                    FieldPath.of("http.request.headers." + header),
                    items.size() == 1 ? items.get(0) : new Value.Items(items));
        }
        ClientAddress.behind(trusted).resolve(event);
        assertEquals(peer, event.text(Fields.SOURCE_ADDRESS), "the peer stays");
        return String.valueOf(event.text(Fields.SOURCE_IP));
    }

    private static String forwardedFor(String peer, String... values) {
        return client(PROXIES, peer, "x-forwarded-for", values);
    }

    @Test
    void withoutTrustedProxiesThePeerIsTheClient() {
        assertEquals("203.0.113.5", client(List.of(), "203.0.113.5", "x-forwarded-for", "198.51.100.1"));
        assertEquals("203.0.113.5", client(List.of(), "::ffff:203.0.113.5", "x-forwarded-for"));
        assertEquals("203.0.113.5", client(List.of(), "0:0:0:0:0:FFFF:cb00:7105", "x-forwarded-for"));
        assertEquals("203.0.113.5", client(List.of(), "203.0.113.5:4711", "x-forwarded-for"));
        assertEquals("2001:db8::5", client(List.of(), "[2001:db8::5%eth0]:4711", "x-forwarded-for"));
        assertEquals("null", client(List.of(), "www.example.com", "x-forwarded-for"));
    }

    @Test
    void aPeerThatIsNoProxyIsNotBelieved() {
        assertEquals("203.0.113.5", forwardedFor("203.0.113.5", "198.51.100.1"));
        assertEquals("null", forwardedFor("www.example.com", "198.51.100.1"));
    }

    @Test
    void theLastAddressFromTheRightThatIsNotListed() {
        assertEquals("203.0.113.5", forwardedFor("10.1.2.3", "198.51.100.1, 203.0.113.5, 192.0.2.1 ,10.9.9.9"));
        assertEquals("203.0.113.5", forwardedFor("::ffff:10.1.2.3", "198.51.100.1", "203.0.113.5", "10.0.0.1"));
        assertEquals("203.0.113.5", forwardedFor("2001:db8:a::7", "203.0.113.5:5000"));
        assertEquals("2001:db8:b::1", forwardedFor("10.1.2.3", "[2001:db8:b::1]:443, 2001:db8:a:1::2"));
        assertEquals("203.0.113.5", forwardedFor("10.1.2.3", "::ffff:203.0.113.5"));
    }

    @Test
    void theFirstOneIfAllAreListed() {
        assertEquals("10.1.1.1", forwardedFor("10.1.2.3", "10.1.1.1, 10.2.2.2"));
        assertEquals("10.1.2.3", forwardedFor("10.1.2.3"));
        assertEquals("10.1.2.3", forwardedFor("10.1.2.3", " , "));
    }

    @Test
    void anEntryThatIsNoAddressHidesTheClientAndNothingLeftOfItIsBelieved() {
        assertEquals("null", forwardedFor("10.1.2.3", "198.51.100.1, unknown"));
        assertEquals("null", forwardedFor("10.1.2.3", "198.51.100.1, 10.0.0.999"));
    }

    @Test
    void forwardedOfTheRfc() {
        assertEquals(
                "203.0.113.5",
                client(
                        PROXIES,
                        "10.1.2.3",
                        "forwarded",
                        "for=198.51.100.1, proto=https;For=\"203.0.113.5:47011\";by=10.0.0.1, for=10.2.2.2"));
        assertEquals("2001:db8:b::1", client(PROXIES, "10.1.2.3", "forwarded", "for=\"[2001:db8:b::1]:4711\""));
        assertEquals("null", client(PROXIES, "10.1.2.3", "forwarded", "for=203.0.113.5, for=_hidden"));
        assertEquals("null", client(PROXIES, "10.1.2.3", "forwarded", "for=203.0.113.5, proto=http"));
    }

    @Test
    void whatAParserReadStaysAsItIs() {
        Event event = Parsed.of(
                        Parsed.as(LogFormat.COMMON),
                        "2001:DB8::7 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 5")
                .events
                .get(0);
        ClientAddress.behind(List.of()).resolve(event);
        assertEquals("2001:DB8::7", event.text(Fields.SOURCE_IP));
    }

    @Test
    void aListThatIsNoneIsRefusedByName() {
        for (String cidr : List.of("10.0.0.0/33", "10.0.0/8", "2001:db8::/129", "10.0.0.0/", "10.0.0.0/+8", "proxy")) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> ClientAddress.behind(List.of(cidr)));
            assertTrue(String.valueOf(e.getMessage()).contains(cidr), e.getMessage());
        }
    }

    @Test
    void networksEndAtTheirBit() {
        IpNetwork network = IpNetwork.parse("10.32.0.0/11");
        assertTrue(network.contains(bytes("10.63.255.255")));
        assertTrue(!network.contains(bytes("10.64.0.0")));
        assertTrue(!network.contains(bytes("2001:db8::1")));
        assertTrue(IpNetwork.parse("0.0.0.0/0").contains(bytes("203.0.113.5")));
    }

    private static byte[] bytes(String address) {
        return Objects.requireNonNull(IpNetwork.address(address));
    }
}
