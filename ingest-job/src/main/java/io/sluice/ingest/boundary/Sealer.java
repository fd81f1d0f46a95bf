package io.sluice.ingest.boundary;

import io.sluice.ingest.parse.Bytes;
import io.sluice.keys.KeyUnavailable;
import java.util.List;

/** Takes the bytes of each record, secrets and client information cut out, and lets out only sealed blocks. */
public interface Sealer {
    /** Seals nothing: offline there is no vault. */
    Sealer NONE = (from, at, record, quarantined, terms) -> {};

    /**
     * Seals one record; all events of a batch are one record.
     *
     * @param from the Kafka record it came in
     * @param at where it stood
     * @param record its bytes; not kept
     * @param quarantined whether any of it was quarantined on any route, which puts it into a bucket of its own
     * @param terms blind index: 16 bytes each, under {@link io.sluice.keys.KeyStore#blindIndex()}
     */
    void seal(RawRecord from, Position at, Bytes record, boolean quarantined, List<byte[]> terms);

    /**
     * Whether the time for which the vault keeps such a record is not over yet.
     *
     * @param from the Kafka record, whose receive time decides
     * @param quarantined whether it would go into a bucket of its own, which is kept for a shorter time
     * @throws KeyUnavailable if its time is not over, but the key has not been made yet
     */
    default boolean takes(RawRecord from, boolean quarantined) {
        return true;
    }
}
