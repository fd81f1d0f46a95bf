package io.sluice.keys;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys that live as long as this object, for offline runs without a key store.
 *
 * <p>Guarantees: nothing is written anywhere; two stores from different randomness share no key; the same randomness
 * (a seeded test) gives the same keys, but for the pairs of vault buckets. Does not guarantee: that anything made with
 * it can be read, counted or matched later; no key of it is ever destroyed before {@link #close()}.
 *
 * <p>Thread-safe; the keys it hands out are not (see {@link KeyedHash}).
 */
public final class ThrowawayKeyStore implements KeyStore {
    private final byte[] root = new byte[KeyedHash.LENGTH];
    private final Map<String, KeyedHash> hashes = new ConcurrentHashMap<>();
    private final Map<LocalDate, Optional<KeyedHash>> visitorDays = new ConcurrentHashMap<>();
    private final Map<LocalDate, Optional<KeyedHash>> subjectDays = new ConcurrentHashMap<>();
    private final Map<String, EpochKeys> tokens = new ConcurrentHashMap<>();
    private final Map<String, Cipher> ciphers = new ConcurrentHashMap<>();
    private final Map<String, BucketKey> buckets = new ConcurrentHashMap<>();

    /** @param random where its keys come from; used only now */
    public ThrowawayKeyStore(SecureRandom random) {
        random.nextBytes(root);
    }

    @Override
    public KeyedHash gate() {
        return hash("gate");
    }

    @Override
    public KeyedHash eventIds(String route) {
        return hash("event-ids." + route);
    }

    @Override
    public Optional<EpochKey> tokens(String purpose, Instant receivedAt) {
        return tokens.computeIfAbsent(
                        purpose,
                        p -> new EpochKeys(
                                epoch -> Optional.of(
                                        new EpochKey(epoch.label(), hash("tokens." + p + "." + epoch.label()))),
                                epoch -> Long.MAX_VALUE))
                .at(receivedAt, Long.MIN_VALUE);
    }

    @Override
    public Optional<KeyedHash> visitorDay(LocalDate receiveDay) {
        return visitorDays.computeIfAbsent(receiveDay, day -> Optional.of(hash("visitor-day." + day)));
    }

    @Override
    public Optional<KeyedHash> subjectDay(LocalDate receiveDay) {
        return subjectDays.computeIfAbsent(receiveDay, day -> Optional.of(hash("subject-day." + day)));
    }

    @Override
    public KeyedHash blindIndex() {
        return hash("blind-index");
    }

    @Override
    public Cipher encryption(String purpose) {
        return ciphers.computeIfAbsent(purpose, p -> {
            KeyedHash first = new KeyedHash(root).derive("encryption." + p);
            byte[] bytes = Arrays.copyOf(first.hash("authentication"), 2 * KeyedHash.LENGTH);
            System.arraycopy(first.hash("encryption"), 0, bytes, KeyedHash.LENGTH, KeyedHash.LENGTH);
            try {
                return TinkKeys.asCipher(TinkKeys.cipher(bytes));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES-SIV is missing from this Java", e);
            }
        });
    }

    /** A pair whose private half is thrown away at once: what is wrapped to it cannot be opened by anyone. */
    @Override
    public BucketKey bucket(String bucket) {
        return buckets.computeIfAbsent(bucket, b -> {
            try {
                return TinkKeys.asBucketKey(TinkKeys.newBucketPair().getPublicKeysetHandle());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("HPKE is missing from this Java", e);
            }
        });
    }

    @Override
    public void close() {
        hashes.values().forEach(KeyedHash::wipe);
        hashes.clear();
        visitorDays.clear();
        subjectDays.clear();
        tokens.clear();
        ciphers.clear();
        buckets.clear();
        Arrays.fill(root, (byte) 0);
    }

    @Override
    public String toString() {
        return "ThrowawayKeyStore";
    }

    private KeyedHash hash(String name) {
        return hashes.computeIfAbsent(name, new KeyedHash(root)::derive);
    }
}
