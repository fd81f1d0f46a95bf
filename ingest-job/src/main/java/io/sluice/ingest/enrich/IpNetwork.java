package io.sluice.ingest.enrich;

import io.sluice.ingest.parse.IpLiteral;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A network in CIDR notation, IPv4 or IPv6. Immutable. */
final class IpNetwork {
    private final byte[] prefix;
    private final int bits;

    private IpNetwork(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
     *
     * @throws IllegalArgumentException if it is no network
     */
    static IpNetwork parse(String cidr) {
        int slash = cidr.indexOf('/');
        byte[] address = IpLiteral.parse(slash < 0 ? cidr : cidr.substring(0, slash));
        int bits = slash < 0 || address == null ? 0 : number(cidr.substring(slash + 1));
        if (address == null || bits < 0 || bits > address.length * 8) {
            throw new IllegalArgumentException(
                    "\"" + cidr + "\" is no network; write it as 10.0.0.0/8, 2001:db8::/32 or a single address");
        }
        return new IpNetwork(address, slash < 0 ? address.length * 8 : bits);
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Integer.parseInt(digits);
    }

    /** Whether an address of 4 or 16 bytes lies in it; addresses of the other family never do. */
    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xFF00 >> rest & 0xFF) == 0;
    }

    /** The 4 bytes inside an IPv4-mapped address ({@code ::ffff:192.0.2.1}), else the address as it is. */
    static byte[] unmapped(byte[] address) {
        if (address.length != 16 || address[10] != (byte) 0xFF || address[11] != (byte) 0xFF) {
            return address;
        }
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return address;
            }
        }
        return Arrays.copyOfRange(address, 12, 16);
    }

    /** The address in a text with or without port, brackets and zone, or null: see {@link #unmapped}. */
    static byte @Nullable [] address(String text) {
        byte[] address = IpLiteral.parse(host(text));
        return address == null ? null : unmapped(address);
    }

    /** What is left of {@code [2001:db8::1%eth0]:443} or {@code 192.0.2.1:443} without port, brackets and zone. */
    static String host(String text) {
        String host = text;
        if (host.startsWith("[")) {
            int close = host.indexOf(']');
            host = close < 0 ? host : host.substring(1, close);
        } else if (host.indexOf(':') == host.lastIndexOf(':') && host.indexOf(':') > 0) {
            host = host.substring(0, host.indexOf(':'));
        }
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }
}
