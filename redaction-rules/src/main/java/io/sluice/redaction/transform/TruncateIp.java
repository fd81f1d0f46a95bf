package io.sluice.redaction.transform;

import io.sluice.redaction.address.IpAddress;
import io.sluice.redaction.event.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the beginning of an address.
 *
 * <p>Guarantees: brackets, port and zone go; IPv4-mapped addresses are cut as IPv4; of an IPv6 address that embeds an
 * IPv4 one (6to4, Teredo, NAT64 and others) nothing is kept but that it was one; what is no address is dropped. Does not
 * guarantee: that a network is no single person's. A small practice often has one of its own.
 *
 * @param v4 bits kept of an IPv4 address, 0 to 24
 * @param v6 bits kept of an IPv6 address, 0 to 56
 */
public record TruncateIp(int v4, int v6) implements Transform {
    @Override
    public @Nullable Value apply(Value value, TransformContext context) {
        if (!(value instanceof Value.Text text)) {
            return null;
        }
        IpAddress address = IpAddress.parse(text.text());
        if (address == null) {
            return null;
        }
        int bits = address.isV4() ? v4 : address.embedsV4() ? 0 : v6;
        return new Value.Text(address.truncated(bits).canonical());
    }

    @Override
    public String label() {
        return "truncate-ip";
    }

    @Override
    public Optional<Transform> narrower() {
        return Optional.of(new TruncateIp(0, 0));
    }
}
