package io.sluice.keys;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.daead.AesSivKey;
import com.google.crypto.tink.daead.AesSivParameters;
import com.google.crypto.tink.daead.DeterministicAeadConfig;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HybridConfig;
import com.google.crypto.tink.mac.HmacKey;
import com.google.crypto.tink.mac.HmacParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The kinds of key of this store, as Tink keysets of one key each.
 *
 * <p>All are made without an output prefix: the name of a key stands beside its ciphertext already, and a prefix would
 * tell which ciphertexts share a key.
 */
@AccessesPartialKey
final class TinkKeys {
    private static final int HASH_KEY_BYTES = 32;
    private static final int SIV_KEY_BYTES = 64;
    private static final int GCM_KEY_BYTES = 32;

    static {
        try {
            AeadConfig.register();
            DeterministicAeadConfig.register();
            HybridConfig.register();
            MacConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot register its key types in this Java", e);
        }
    }

    /** Sees to it that Tink knows the kinds; who reads a key before any was made here must ask for it. */
    static void register() {
        // The static block above does it, once.
    }

    private TinkKeys() {}

    /** A new key for {@link KeyedHash}. */
    static KeysetHandle newHash(SecureRandom random) throws GeneralSecurityException {
        return hash(random(random, HASH_KEY_BYTES));
    }

    /** A new key for {@link #cipher}. */
    static KeysetHandle newCipher(SecureRandom random) throws GeneralSecurityException {
        return cipher(random(random, SIV_KEY_BYTES));
    }

    /** A new key that encrypts keys. */
    static KeysetHandle newKeyEncryption(SecureRandom random) throws GeneralSecurityException {
        byte[] bytes = random(random, GCM_KEY_BYTES);
        return single(AesGcmKey.builder()
                .setParameters(AesGcmParameters.builder()
                        .setKeySizeBytes(GCM_KEY_BYTES)
                        .setIvSizeBytes(12)
                        .setTagSizeBytes(16)
                        .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                        .build())
                .setKeyBytes(secret(bytes))
                .build());
    }

    /** A new key pair of a vault bucket; its randomness is Tink's own. */
    static KeysetHandle newBucketPair() throws GeneralSecurityException {
        return KeysetHandle.generateNew(HpkeParameters.builder()
                .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                .setVariant(HpkeParameters.Variant.NO_PREFIX)
                .build());
    }

    /** A keyset of these 32 bytes, which are wiped. */
    static KeysetHandle hash(byte[] bytes) throws GeneralSecurityException {
        return single(HmacKey.builder()
                .setParameters(HmacParameters.builder()
                        .setKeySizeBytes(HASH_KEY_BYTES)
                        .setTagSizeBytes(KeyedHash.LENGTH)
                        .setHashType(HmacParameters.HashType.SHA256)
                        .setVariant(HmacParameters.Variant.NO_PREFIX)
                        .build())
                .setKeyBytes(secret(bytes))
                .build());
    }

    /** A keyset of these 64 bytes, which are wiped. */
    static KeysetHandle cipher(byte[] bytes) throws GeneralSecurityException {
        return single(AesSivKey.builder()
                .setParameters(AesSivParameters.builder()
                        .setKeySizeBytes(SIV_KEY_BYTES)
                        .setVariant(AesSivParameters.Variant.NO_PREFIX)
                        .build())
                .setKeyBytes(secret(bytes))
                .build());
    }

    static KeyedHash asHash(KeysetHandle keyset) {
        HmacKey key = (HmacKey) keyset.getPrimary().getKey();
        byte[] bytes = key.getKeyBytes().toByteArray(InsecureSecretKeyAccess.get());
        try {
            return new KeyedHash(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    static Cipher asCipher(KeysetHandle keyset) throws GeneralSecurityException {
        return new SivCipher(keyset.getPrimitive(RegistryConfiguration.get(), DeterministicAead.class));
    }

    static BucketKey asBucketKey(KeysetHandle publicKeyset) throws GeneralSecurityException {
        HybridEncrypt encrypt = publicKeyset.getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class);
        return (dataKey, context) -> {
            try {
                return encrypt.encrypt(dataKey, context);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a data key cannot be wrapped", e);
            }
        };
    }

    private static KeysetHandle single(Key key) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withFixedId(1).makePrimary())
                .build();
    }

    private static byte[] random(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static SecretBytes secret(byte[] bytes) {
        SecretBytes secret = SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get());
        Arrays.fill(bytes, (byte) 0);
        return secret;
    }
}
