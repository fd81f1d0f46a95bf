package io.sluice.ingest.enrich;

import java.util.List;

/**
 * Addresses that are nobody's place: private, local, documentation, multicast and reserved ones, as the IANA special
 * purpose address registries list them (RFC 6890 and its successors).
 */
final class ReservedNetworks {
    private static final List<IpNetwork> V4 = List.of(
            IpNetwork.parse("0.0.0.0/8"),
            IpNetwork.parse("10.0.0.0/8"),
            IpNetwork.parse("100.64.0.0/10"),
            IpNetwork.parse("127.0.0.0/8"),
            IpNetwork.parse("169.254.0.0/16"),
            IpNetwork.parse("172.16.0.0/12"),
            IpNetwork.parse("192.0.0.0/24"),
            IpNetwork.parse("192.0.2.0/24"),
            IpNetwork.parse("192.168.0.0/16"),
            IpNetwork.parse("198.18.0.0/15"),
            IpNetwork.parse("198.51.100.0/24"),
            IpNetwork.parse("203.0.113.0/24"),
            IpNetwork.parse("224.0.0.0/3"));
    private static final List<IpNetwork> V6 = List.of(
            IpNetwork.parse("::/127"),
            IpNetwork.parse("100::/64"),
            IpNetwork.parse("2001:db8::/32"),
            IpNetwork.parse("fc00::/7"),
            IpNetwork.parse("fe80::/10"),
            IpNetwork.parse("ff00::/8"));

    private ReservedNetworks() {}

    static boolean contain(byte[] address) {
        for (IpNetwork network : address.length == 4 ? V4 : V6) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
