package io.sluice.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The default key-encryption key: a file with mode 0600 beside the keys that it encrypts (AES-256-GCM by Tink).
 *
 * <p>A key-encryption key is Tink's {@link Aead}, so one from a key management service takes its place without a change
 * here. Guarantees: a file that others may read is refused; a lost one is never replaced while keys under it exist.
 */
final class KeyEncryption {
    static final String FILE = "kek";

    private KeyEncryption() {}

    /**
     * The key in {@code folder/kek}, made if there is none.
     *
     * @param under the keys that it encrypts
     */
    static Aead file(KeyFolder folder, KeyFolder under, SecureRandom random)
            throws IOException, GeneralSecurityException {
        TinkKeys.register();
        if (folder.read(FILE).isEmpty()) {
            create(folder, under, random);
        }
        if (!KeyFolder.tooOpen(folder.file(FILE)).isEmpty()) {
            throw new KeyStoreFailure("The key-encryption key " + folder.file(FILE)
                    + " is open to others than its owner; run chmod 600 on it, and consider who may have read it");
        }
        byte[] content = folder.read(FILE).orElseThrow();
        try {
            return TinkProtoKeysetFormat.parseKeyset(content, InsecureSecretKeyAccess.get())
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            // Without the cause: a library's text about a key's bytes is nothing for a log.
            throw new KeyStoreFailure("The key-encryption key " + folder.file(FILE)
                    + " is damaged; restore it from a backup of the same key store");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static void create(KeyFolder folder, KeyFolder under, SecureRandom random)
            throws IOException, GeneralSecurityException {
        boolean used = !under.names().isEmpty();
        if (used && folder.read(FILE).isEmpty()) {
            throw new KeyStoreFailure("The key-encryption key " + folder.file(FILE) + " is missing, but keys under it"
                    + " are in " + under.path() + "; restore it from a backup, or start with an empty key store");
        }
        KeysetHandle fresh = TinkKeys.newKeyEncryption(random);
        byte[] content = TinkProtoKeysetFormat.serializeKeyset(fresh, InsecureSecretKeyAccess.get());
        try {
            folder.create(FILE, content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }
}
