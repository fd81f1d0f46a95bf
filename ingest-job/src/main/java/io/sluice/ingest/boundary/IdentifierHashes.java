package io.sluice.ingest.boundary;

import io.sluice.keys.KeyStore;
import io.sluice.keys.KeyedHash;
import io.sluice.redaction.consent.GateKey;
import io.sluice.redaction.consent.Identifier;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keyed hashes of identifiers: for the consent register, the subject index and the vault's blind index, each under
 * a key of its own. Cached by identifier; not thread-safe.
 */
final class IdentifierHashes {
    /** Length of a row of the subject index and of a blind term, in bytes. */
    static final int LENGTH = 16;

    private static final int CACHE = 4096;

    private final KeyStore keys;
    private final Cache<GateKey> gate;
    private final Cache<byte[]> blind;
    private @Nullable Cache<byte[]> subject;
    private long subjectDay = Long.MIN_VALUE;

    IdentifierHashes(KeyStore keys) {
        this.keys = keys;
        KeyedHash gateKey = keys.gate().fork();
        KeyedHash blindKey = keys.blindIndex().fork();
        this.gate = new Cache<>(identifier -> identifier.gateKey(gateKey));
        this.blind = new Cache<>(identifier -> Arrays.copyOf(blindKey.hash(identifier.bytes()), LENGTH));
    }

    GateKey gate(Identifier identifier) {
        return gate.get(identifier);
    }

    byte[] blind(Identifier identifier) {
        return blind.get(identifier);
    }

    /** The hash under the erasure key of the receive day, or null if that key has been destroyed. */
    byte @Nullable [] subject(Identifier identifier, long receivedAt) {
        long day = Math.floorDiv(receivedAt, TimeUnit.DAYS.toMillis(1));
        if (day != subjectDay) {
            KeyedHash key = keys.subjectDay(LocalDate.ofEpochDay(day))
                    .map(KeyedHash::fork)
                    .orElse(null);
            subject = key == null ? null : new Cache<>(each -> Arrays.copyOf(key.hash(each.bytes()), LENGTH));
            subjectDay = day;
        }
        return subject == null ? null : subject.get(identifier);
    }

    /** The hashes last made, one slot for each remainder of an identifier's hash code. */
    private static final class Cache<T> {
        private final Function<Identifier, T> make;
        private final @Nullable Identifier[] identifiers = new Identifier[CACHE];
        private final Object[] hashes = new Object[CACHE];

        Cache(Function<Identifier, T> make) {
            this.make = make;
        }

        @SuppressWarnings("unchecked")
        T get(Identifier identifier) {
            int slot = identifier.hashCode() & (CACHE - 1);
            if (!identifier.equals(identifiers[slot])) {
                hashes[slot] = make.apply(identifier);
                identifiers[slot] = identifier;
            }
            return (T) hashes[slot];
        }
    }
}
