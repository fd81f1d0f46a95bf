package io.sluice.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The private halves of the vault's buckets: one file per day, a line as {@link StoredKey} has it for each of its 48
 * buckets. A day's file is made at once and only ever loses keys; who changes one holds the folder's lock.
 *
 * @param folder where they are
 * @param encryption the server's key-encryption key
 */
record PrivateHalves(KeyFolder folder, Aead encryption) {
    private static final String LOCK = ".lock";
    private static final long LOCK_RETRY_NANOS = 5_000_000;

    /** The stored keys of a day; empty if it was not made. */
    Optional<Map<Bucket, StoredKey>> read(LocalDate day) throws IOException {
        return parse(folder, day);
    }

    /** The same, for who cannot open them. */
    static Optional<Map<Bucket, StoredKey>> parse(KeyFolder folder, LocalDate day) throws IOException {
        Optional<byte[]> content = folder.read(day.toString());
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Optional<Map<Bucket, StoredKey>> keys = parse(content.get());
        if (keys.isEmpty()) {
            // A file that was replaced at this moment is overwritten behind our back: a second look sees its successor.
            keys = folder.read(day.toString()).flatMap(PrivateHalves::parse);
        }
        return Optional.of(keys.orElseThrow(() -> damaged(folder, day)));
    }

    /** The days that a folder has a file for. */
    static List<LocalDate> days(KeyFolder folder) throws IOException {
        List<LocalDate> days = new ArrayList<>();
        for (String name : folder.names()) {
            try {
                days.add(LocalDate.parse(name));
            } catch (DateTimeParseException e) {
                // What an editor or a backup left there is not ours.
            }
        }
        return days;
    }

    /** Makes the key pairs of a day, unless it has them; gives what is stored then. */
    Map<Bucket, StoredKey> make(LocalDate day, Instant now) throws IOException, GeneralSecurityException {
        Optional<Map<Bucket, StoredKey>> there = read(day);
        if (there.isPresent()) {
            return there.get();
        }
        Map<Bucket, StoredKey> keys = new TreeMap<>();
        for (int hour = 0; hour < 24; hour++) {
            for (Bucket bucket : new Bucket[] {new Bucket(day, hour, false), new Bucket(day, hour, true)}) {
                KeysetHandle pair = TinkKeys.newBucketPair();
                keys.put(
                        bucket,
                        StoredKey.active(
                                bucket.name(),
                                now,
                                TinkProtoKeysetFormat.serializeEncryptedKeyset(pair, encryption, ad(bucket))));
            }
        }
        folder.create(day.toString(), bytes(keys));
        return read(day).orElseThrow(() -> damaged(folder, day));
    }

    /** What is stored of a day when these of its keys are destroyed; nothing is written. */
    static Map<Bucket, StoredKey> without(Map<Bucket, StoredKey> stored, Collection<Bucket> buckets, Instant now) {
        Map<Bucket, StoredKey> keys = new TreeMap<>(stored);
        for (Bucket bucket : buckets) {
            keys.computeIfPresent(bucket, (b, key) -> key.destroyed().isPresent() ? key : key.tombstone(now));
        }
        return keys;
    }

    /** Puts these in the place of a day's keys and overwrites the file that held those. */
    void overwrite(LocalDate day, Map<Bucket, StoredKey> keys) throws IOException {
        folder.overwrite(day.toString(), bytes(keys));
    }

    /** Opens a stored key. */
    KeysetHandle open(Bucket bucket, StoredKey stored) {
        try {
            return TinkProtoKeysetFormat.parseEncryptedKeyset(stored.keyset(), encryption, ad(bucket));
        } catch (GeneralSecurityException e) {
            throw new KeyStoreFailure("The key of bucket " + bucket + " in "
                    + folder.file(bucket.day().toString())
                    + " does not open with the server's key-encryption key; restore both from the same backup");
        }
    }

    /** The folder's lock, against other processes and other threads, until it is closed. */
    Held lock() throws IOException {
        Path file = folder.file(LOCK);
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), KeyFolder.ownersAlone(file));
        try {
            while (true) {
                try {
                    return new Held(channel, channel.lock());
                } catch (OverlappingFileLockException e) {
                    // Another store in this process: the lock knows processes only, so ask again.
                    LockSupport.parkNanos(LOCK_RETRY_NANOS);
                }
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The lock while it is held. */
    record Held(FileChannel channel, FileLock lock) implements Closeable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static Optional<Map<Bucket, StoredKey>> parse(byte[] content) {
        Map<Bucket, StoredKey> keys = new TreeMap<>();
        for (String line : new String(content, StandardCharsets.US_ASCII).split("\n", -1)) {
            if (!line.isEmpty()) {
                Optional<StoredKey> key = StoredKey.parse(line);
                if (key.isEmpty()) {
                    return Optional.empty();
                }
                keys.put(Bucket.parse(key.get().name()), key.get());
            }
        }
        return Optional.of(keys);
    }

    private static byte[] bytes(Map<Bucket, StoredKey> keys) {
        StringBuilder lines = new StringBuilder();
        keys.values().forEach(key -> lines.append(key.line()));
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] ad(Bucket bucket) {
        return KeyKind.key(bucket).getBytes(StandardCharsets.UTF_8);
    }

    private static KeyStoreFailure damaged(KeyFolder folder, LocalDate day) {
        return new KeyStoreFailure("The bucket keys " + folder.file(day.toString())
                + " are damaged; restore the server's keys from a backup");
    }
}
