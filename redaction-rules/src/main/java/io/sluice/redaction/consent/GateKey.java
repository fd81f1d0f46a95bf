package io.sluice.redaction.consent;

import java.nio.ByteBuffer;

/**
 * The keyed hash under which a choice is looked up: the first 128 bits of an HMAC.
 *
 * @param high first eight bytes, big endian
 * @param low next eight bytes
 */
public record GateKey(long high, long low) {
    /** Length in bytes, as the record key of the topic {@code consent}. */
    public static final int LENGTH = 16;

    /** @param hash at least 16 bytes */
    public static GateKey of(byte[] hash) {
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        return new GateKey(bytes.getLong(), bytes.getLong());
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
    }
}
