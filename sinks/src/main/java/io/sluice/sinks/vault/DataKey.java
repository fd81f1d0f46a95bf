package io.sluice.sinks.vault;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** The AES-256 key of one vault file, which can be wiped; {@link javax.crypto.spec.SecretKeySpec} cannot. */
final class DataKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;
    private transient boolean destroyed;

    /** @param bytes the key itself, not a copy */
    DataKey(byte[] bytes) {
        if (bytes.length != BlockCipher.KEY_BYTES) {
            throw new IllegalArgumentException("a data key has 32 bytes, not " + bytes.length);
        }
        this.bytes = bytes;
    }

    static DataKey fresh(SecureRandom random) {
        byte[] bytes = new byte[BlockCipher.KEY_BYTES];
        random.nextBytes(bytes);
        return new DataKey(bytes);
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        if (destroyed) {
            throw new IllegalStateException("the data key has been wiped");
        }
        return bytes.clone();
    }

    @Override
    public void destroy() {
        destroyed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    /** A key is never checkpointed. */
    private void writeObject(java.io.ObjectOutputStream out) throws java.io.IOException {
        throw new java.io.NotSerializableException("DataKey");
    }

    @Override
    public String toString() {
        return "DataKey";
    }
}
