package io.sluice.keys;

/**
 * Deterministic authenticated encryption for one purpose (AES-SIV, RFC 5297).
 *
 * <p>Guarantees: equal plaintexts under one key give equal ciphertexts, so they can be counted; a changed ciphertext
 * does not open. Does not guarantee: that equality is hidden.
 */
public interface Cipher {
    /** The plaintext sealed; {@code context} must be the same to open it. */
    byte[] encrypt(byte[] plaintext, byte[] context);

    /**
     * The plaintext of {@link #encrypt}.
     *
     * @throws java.security.GeneralSecurityException if it was not made with this key and context
     */
    byte[] decrypt(byte[] ciphertext, byte[] context) throws java.security.GeneralSecurityException;
}
