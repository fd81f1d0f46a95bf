package io.sluice.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.collector.request.Addresses;
import io.sluice.collector.request.Addresses.Network;
import io.sluice.collector.request.RateLimit;
import io.sluice.collector.request.ReceivedRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressesTest {
    private final Addresses addresses = new Addresses(List.of(Network.of("198.51.100.0/24")));

    private String network(String peer, String way) {
        return addresses.networkOf(
                new ReceivedRequest("/", "", Map.of("x-forwarded-for", List.of(way)), peer, new byte[0]));
    }

    @Test
    void onlyATrustedProxyIsBelieved() {
        assertEquals(network("192.0.2.1", "203.0.113.9"), network("192.0.2.77", "203.0.114.9"));
        assertEquals(network("192.0.2.1", ""), network("198.51.100.1", "203.0.113.9, 192.0.2.5"));
        assertEquals(network("192.0.2.1", ""), network("198.51.100.1", "203.0.113.9, 192.0.2.5, 198.51.100.2"));
        assertNotEquals(network("192.0.2.1", ""), network("192.0.3.1", ""));
        assertEquals(network("2001:db8:0:1::1", ""), network("2001:db8:0:ffff::1", ""));
        assertEquals("unknown", network("example.com", ""));
    }

    @Test
    void whatIsTakenComesBackWithTime() {
        Instant[] now = {Instant.EPOCH};
        RateLimit limit = new RateLimit(1, new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        });
        assertTrue(limit.take("a"));
        assertTrue(limit.take("a"));
        assertFalse(limit.take("a"));
        assertTrue(limit.take("b"));
        now[0] = now[0].plusMillis(1_000);
        assertTrue(limit.take("a"));
        assertFalse(limit.take("a"));
    }
}
