package io.sluice.keys;

import com.google.crypto.tink.DeterministicAead;
import java.security.GeneralSecurityException;

/**
 * AES-SIV with a key of 512 bits (RFC 5297, AEAD_AES_SIV_CMAC_512) by Tink; thread-safe.
 *
 * @param aead Tink's primitive
 */
record SivCipher(DeterministicAead aead) implements Cipher {
    @Override
    public byte[] encrypt(byte[] plaintext, byte[] context) {
        try {
            return aead.encryptDeterministically(plaintext, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-SIV cannot seal " + plaintext.length + " bytes", e);
        }
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] context) throws GeneralSecurityException {
        return aead.decryptDeterministically(ciphertext, context);
    }

    @Override
    public String toString() {
        return "Cipher";
    }
}
