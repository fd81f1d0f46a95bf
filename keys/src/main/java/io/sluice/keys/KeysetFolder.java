package io.sluice.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Named keysets, one file each, encrypted under a key-encryption key with their name as associated data.
 *
 * <p>Guarantees: whoever creates a name first wins, in all processes; a destroyed key's file becomes its tombstone in
 * one step, so its name is never free again. Thread-safe.
 *
 * @param folder where they are
 * @param encryption the key-encryption key
 */
record KeysetFolder(KeyFolder folder, Aead encryption) {
    /** Makes a keyset. */
    interface Maker {
        KeysetHandle make() throws GeneralSecurityException;
    }

    /** The keyset of that name, made now if there was none; empty if it was destroyed. */
    Optional<KeysetHandle> obtain(String name, Instant now, Maker maker) {
        try {
            if (folder.read(name).isEmpty()) {
                KeysetHandle fresh = maker.make();
                folder.create(
                        name,
                        StoredKey.active(
                                        name,
                                        now,
                                        TinkProtoKeysetFormat.serializeEncryptedKeyset(fresh, encryption, ad(name)))
                                .bytes());
            }
            StoredKey stored = stored(name)
                    .orElseThrow(() -> new KeyStoreFailure("The key " + folder.file(name)
                            + " was removed while it was in use; keys are destroyed by the server, never by hand"));
            return stored.destroyed().isPresent() ? Optional.empty() : Optional.of(open(stored));
        } catch (IOException e) {
            throw new KeyStoreFailure("The key " + folder.file(name) + " cannot be read or made (" + e + ")", e);
        } catch (GeneralSecurityException e) {
            throw new KeyStoreFailure("The key " + name + " cannot be made in this Java", e);
        }
    }

    /** The purposes that have keys of a kind. */
    Set<String> purposes(KeyKind kind) {
        try {
            Set<String> purposes = new TreeSet<>();
            for (String name : folder.names()) {
                String[] parts = name.split("\\.", -1);
                if (parts.length > 2 && KeyKind.of(name).equals(Optional.of(kind))) {
                    purposes.add(parts[1]);
                }
            }
            return purposes;
        } catch (IOException e) {
            throw new KeyStoreFailure("The keys in " + folder.path() + " cannot be listed (" + e + ")", e);
        }
    }

    /** What is stored under that name, or empty if it was never made. */
    Optional<StoredKey> stored(String name) throws IOException {
        Optional<byte[]> content = folder.read(name);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Optional<StoredKey> stored = StoredKey.parse(content.get());
        if (stored.isEmpty()) {
            // A key destroyed at this moment is overwritten behind the tombstone's back: a second look sees that.
            byte[] again = folder.read(name).orElse(new byte[0]);
            stored = Arrays.equals(again, content.get()) ? Optional.empty() : StoredKey.parse(again);
        }
        if (stored.isEmpty() || !stored.get().name().equals(name)) {
            throw new KeyStoreFailure(
                    "The key " + folder.file(name) + " is damaged; restore the key store from a backup");
        }
        return stored;
    }

    /** Destroys a key; whether it was alive till now. A name that was never used is closed too. */
    boolean destroy(String name, Instant now) throws IOException {
        StoredKey stored = stored(name).orElseGet(() -> StoredKey.active(name, now, new byte[0]));
        if (stored.destroyed().isPresent()) {
            return false;
        }
        folder.overwrite(name, stored.tombstone(now).bytes());
        return true;
    }

    private KeysetHandle open(StoredKey stored) {
        try {
            return TinkProtoKeysetFormat.parseEncryptedKeyset(stored.keyset(), encryption, ad(stored.name()));
        } catch (GeneralSecurityException e) {
            throw new KeyStoreFailure("The key " + folder.file(stored.name())
                    + " does not open with the key-encryption key: one of the two is damaged or from another key store;"
                    + " restore both from the same backup");
        }
    }

    private static byte[] ad(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
