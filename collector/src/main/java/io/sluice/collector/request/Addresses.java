package io.sluice.collector.request;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the network of a client, for the rate limit alone: the last address of the way that is no trusted proxy. Which
 * address an event gets, the boundary decides by the same rule.
 *
 * @param trusted networks whose X-Forwarded-For is believed
 */
public record Addresses(List<Network> trusted) {
    private static final String UNKNOWN = "unknown";

    /**
     * A network.
     *
     * @param address its first address, 4 or 16 bytes
     * @param bits how many of them are the network's
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Network(byte[] address, int bits) {
        /**
         * Reads {@code 192.0.2.0/24}, or an address alone.
         *
         * @throws IllegalArgumentException if it is no network
         */
        public static Network of(String text) {
            int slash = text.indexOf('/');
            byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
            if (address == null) {
                throw new IllegalArgumentException("no network; write one like 192.0.2.0/24");
            }
            int all = address.length * 8;
            int bits;
            try {
                bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            } catch (NumberFormatException e) {
                bits = -1;
            }
            if (bits < 0 || bits > all) {
                throw new IllegalArgumentException("no network; write one like 192.0.2.0/24");
            }
            return new Network(address, bits);
        }

        boolean contains(byte[] other) {
            return other.length == address.length && Arrays.equals(masked(other, bits), masked(address, bits));
        }
    }

    /** The network of a request's client: 24 bits of an IPv4 address, 48 of an IPv6 address. */
    public String networkOf(ReceivedRequest request) {
        byte[] peer = bytes(request.peer());
        byte[] client = peer;
        if (peer != null && isTrusted(peer)) {
            String[] way = String.join(",", request.header("x-forwarded-for")).split(",", -1);
            for (int i = way.length - 1; i >= 0 && client != null && isTrusted(client); i--) {
                byte[] next = bytes(way[i].strip());
                client = next == null ? client : next;
            }
        }
        return client == null ? UNKNOWN : Arrays.toString(masked(client, client.length == 4 ? 24 : 48));
    }

    private boolean isTrusted(byte[] address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int own = Math.max(0, Math.min(8, bits - i * 8));
            masked[i] &= (byte) (0xFF << (8 - own));
        }
        return masked;
    }

    /** The bytes of a literal, or null; never asks a name service. */
    private static byte @Nullable [] bytes(String text) {
        boolean six = text.indexOf(':') >= 0;
        if (!six && !text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
