package io.sluice.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 (RFC 2104, FIPS 198-1) under one key.
 *
 * <p>Guarantees: equal key and message give equal output on every machine; without the key the output tells nothing
 * about the message. Does not guarantee: anonymity. Whoever holds the key can test guesses.
 *
 * <p>Not thread-safe: the underlying {@link Mac} is reused, which is what makes it cost 0.2 µs. Use {@link #fork()} to
 * get one per thread.
 */
public final class KeyedHash {
    /** Length of the output in bytes. */
    public static final int LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;
    private Mac mac;
    private boolean wiped;

    /** @param key at least 16 bytes, copied */
    public KeyedHash(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes is too short");
        }
        this.key = key.clone();
        this.mac = newMac();
        try {
            mac.init(new SecretKeySpec(this.key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " does not take a key of " + key.length + " bytes", e);
        }
    }

    /** The hash of the whole array. */
    public byte[] hash(byte[] message) {
        return mac.doFinal(message);
    }

    /** The hash of the parts, one after another; the caller sees to it that the parts cannot be confused. */
    public byte[] hash(byte[] first, byte[] second) {
        mac.update(first);
        return mac.doFinal(second);
    }

    /** The hash of the text's UTF-8 bytes. */
    public byte[] hash(String message) {
        return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
    }

    /** A hash under a key of its own, derived from this one and the label; cheap. */
    public KeyedHash derive(String label) {
        return new KeyedHash(hash(label));
    }

    /** The same key, for another thread. */
    public KeyedHash fork() {
        if (wiped) {
            throw new IllegalStateException("the key has been wiped: its store is closed");
        }
        return new KeyedHash(key);
    }

    /** The first {@code length} bytes of {@link #hash(byte[])}. */
    public byte[] hash(byte[] message, int length) {
        return Arrays.copyOf(hash(message), length);
    }

    /** Overwrites the key: hashing, deriving and forking then fail, rather than go on under a key of zeros. */
    void wipe() {
        wiped = true;
        Arrays.fill(key, (byte) 0);
        mac = newMac();
    }

    private static Mac newMac() {
        try {
            return Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing from this Java", e);
        }
    }

    @Override
    public String toString() {
        return "KeyedHash";
    }
}
