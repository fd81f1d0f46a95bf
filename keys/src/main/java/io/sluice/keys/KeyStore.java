package io.sluice.keys;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The keys of one installation that the boundary needs.
 *
 * <p>Guarantees: the same installation gives the same key for the same question, in every process and after every
 * restart; a destroyed key never comes back under its old name. Does not guarantee: anything about who asks. The file
 * rights of the store decide that.
 *
 * <p>Thread-safe; the keys it hands out are not (see {@link KeyedHash}).
 */
public interface KeyStore extends AutoCloseable {
    /** The key under which a choice is looked up in the consent register. */
    KeyedHash gate();

    /** The key that makes {@code event.id} of one route, so that it joins no two routes. */
    KeyedHash eventIds(String route);

    /**
     * The token key of a purpose for the epoch in which a record was received; a calendar quarter, UTC.
     *
     * @return empty if that epoch's key has been destroyed
     */
    Optional<EpochKey> tokens(String purpose, Instant receivedAt);

    /**
     * The key of visitors without user id or cookie on one receive day (UTC); destroyed 48 hours after its day.
     *
     * @return empty if it has been destroyed
     */
    Optional<KeyedHash> visitorDay(LocalDate receiveDay);

    /**
     * The key of the subject index for one receive day (UTC).
     *
     * @return empty if it has been destroyed
     */
    Optional<KeyedHash> subjectDay(LocalDate receiveDay);

    /** The key of the vault's blind index. */
    KeyedHash blindIndex();

    /** The cipher whose output one purpose may read. */
    Cipher encryption(String purpose);

    /**
     * The public half of a vault bucket's key pair.
     *
     * @param bucket such as {@code 2024-01-10T12} or {@code 2024-01-10T12-quarantine}
     */
    BucketKey bucket(String bucket);

    /** Wipes what is held in memory. */
    @Override
    void close();
}
