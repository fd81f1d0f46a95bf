package io.sluice.sinks.vault;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM (NIST SP 800-38D) as the vault uses it: a nonce of 12 bytes, a tag of 16 behind the ciphertext.
 *
 * <p>Guarantees: what was not made with the same key, nonce and associated data does not open. Does not guarantee: that
 * a nonce is used once under a key. Random ones of a {@link BlockSealer} are.
 *
 * <p>Not thread-safe. It holds the key that it was last used with until it is dropped.
 */
final class BlockCipher {
    static final int NONCE_BYTES = 12;
    static final int KEY_BYTES = 32;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int TAG_BITS = 128;

    /**
     * What goes into the cipher at once. In one call of a megabyte, Java 17's AES-GCM runs at a seventieth of its speed
     * (the design's measurements, section 5).
     */
    private static final int PIECE_BYTES = 32 * 1024;

    private final Cipher cipher;

    BlockCipher() {
        try {
            cipher = Cipher.getInstance(CIPHER);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(CIPHER + " is missing from this Java", e);
        }
    }

    /** The first {@code length} bytes sealed. */
    byte[] seal(SecretKey key, byte[] nonce, byte[] associatedData, byte[] plain, int length) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, parameters(nonce));
            cipher.updateAAD(associatedData);
            byte[] sealed = new byte[length + TAG_BITS / 8];
            int in = 0;
            int out = 0;
            for (; length - in > PIECE_BYTES; in += PIECE_BYTES) {
                out += cipher.update(plain, in, PIECE_BYTES, sealed, out);
            }
            cipher.doFinal(plain, in, length - in, sealed, out);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM cannot seal " + length + " bytes", e);
        }
    }

    /**
     * What was sealed.
     *
     * @throws GeneralSecurityException if it was not made with this key, nonce and associated data
     */
    byte[] open(SecretKey key, byte[] nonce, byte[] associatedData, byte[] sealed) throws GeneralSecurityException {
        cipher.init(Cipher.DECRYPT_MODE, key, parameters(nonce));
        cipher.updateAAD(associatedData);
        return cipher.doFinal(sealed);
    }

    private static GCMParameterSpec parameters(byte[] nonce) throws GeneralSecurityException {
        if (nonce.length != NONCE_BYTES) {
            throw new AEADBadTagException("a nonce has 12 bytes, not " + nonce.length);
        }
        return new GCMParameterSpec(TAG_BITS, nonce);
    }
}
