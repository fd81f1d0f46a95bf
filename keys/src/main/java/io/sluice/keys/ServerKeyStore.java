package io.sluice.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The server's key store: all that {@link FileKeyStore} has, and the private halves of the vault's buckets.
 *
 * <pre>
 * DIR/server/kek            a key-encryption key of its own, mode 0600
 * DIR/server/buckets/DAY    private halves of a day's buckets, and the tombstones of destroyed ones
 * </pre>
 *
 * <p>It makes buckets ahead of use and destroys keys on schedule: call {@link #makeAhead()} and {@link #expire()} at
 * start and every few minutes. Both may be called by several processes at once and again after a crash.
 *
 * <p>Guarantees: a public half is seen only when its private half is on the disk; a destroyed key opens nothing, from
 * the moment its time is over; its name never comes back. Does not guarantee: that whoever opens a key may. That is the
 * case's business, before it.
 *
 * <p>Thread-safe.
 */
public final class ServerKeyStore implements AutoCloseable {
    /** Days ahead: so long may the server stand still before the boundary job has to hold back. */
    public static final int DAYS_AHEAD = 14;

    private static final int KEYS_HELD = 256;
    private static final long LEFTOVER_MILLIS = 3_600_000;

    private final FileKeyStore keys;
    private final KeysetFolder keysets;
    private final PrivateHalves privateHalves;
    private final PublicHalves publicHalves;
    private final KeySchedule schedule;
    private final Clock clock;
    private final Map<Bucket, HybridDecrypt> held = new ConcurrentHashMap<>();

    private ServerKeyStore(
            FileKeyStore keys,
            KeysetFolder keysets,
            PrivateHalves privateHalves,
            PublicHalves publicHalves,
            KeySchedule schedule,
            Clock clock) {
        this.keys = keys;
        this.keysets = keysets;
        this.privateHalves = privateHalves;
        this.publicHalves = publicHalves;
        this.schedule = schedule;
        this.clock = clock;
    }

    /**
     * Opens the whole key store of a folder, made if it is missing, with the shipped schedule.
     *
     * @throws KeyStoreFailure if it cannot be used
     */
    public static ServerKeyStore open(Path dir, Clock clock, SecureRandom random) {
        return open(dir, KeySchedule.SHIPPED, clock, random);
    }

    /** The same with another schedule. */
    public static ServerKeyStore open(Path dir, KeySchedule schedule, Clock clock, SecureRandom random) {
        FileKeyStore keys = FileKeyStore.open(dir, schedule, clock, random);
        try {
            KeyFolder server = KeyFolder.make(dir.resolve("server"));
            KeyFolder buckets = KeyFolder.make(dir.resolve("server").resolve("buckets"));
            Aead encryption = KeyEncryption.file(server, buckets, random);
            return new ServerKeyStore(
                    keys,
                    keys.keysets(),
                    new PrivateHalves(buckets, encryption),
                    new PublicHalves(KeyFolder.make(dir.resolve("public"))),
                    schedule,
                    clock);
        } catch (IOException e) {
            throw new KeyStoreFailure("The server's keys in " + dir + " cannot be opened (" + e + ")", e);
        } catch (GeneralSecurityException e) {
            throw new KeyStoreFailure("The server's keys in " + dir + " cannot be opened: an algorithm is missing", e);
        }
    }

    /** The keys that the boundary has too, for look-ups by token, subject and blind index. */
    public FileKeyStore keys() {
        return keys;
    }

    /**
     * Makes the buckets up to {@link #DAYS_AHEAD} days after today, and their day keys; also those behind whose time is
     * not over, for a start may find raw topics that were filled long before: what may still be kept must find its key.
     */
    public void makeAhead() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        keys.makeAhead(today.plusDays(DAYS_AHEAD));
        Instant oldest = clock.instant().minus(schedule.vault());
        make(LocalDate.ofInstant(oldest, ZoneOffset.UTC), today.plusDays(DAYS_AHEAD));
    }

    /**
     * Makes the buckets of days that have none.
     *
     * @param first first day, UTC
     * @param last last day, included
     */
    public void make(LocalDate first, LocalDate last) {
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            try (PrivateHalves.Held lock = privateHalves.lock()) {
                boolean fresh = privateHalves.read(day).isEmpty();
                Map<Bucket, StoredKey> stored = privateHalves.make(day, clock.instant());
                if (fresh || !publicHalves.has(day)) {
                    publish(day, stored);
                }
            } catch (IOException | GeneralSecurityException e) {
                throw failed("The bucket keys of " + day + " cannot be made", e);
            }
        }
    }

    /**
     * Opens what {@link BucketKey#wrap} made.
     *
     * @throws KeyUnavailable if the bucket's key was never made or is destroyed, or its time is over
     * @throws GeneralSecurityException if it was not wrapped to this bucket with this context
     */
    public byte[] unwrap(String bucket, byte[] wrapped, byte[] context) throws GeneralSecurityException {
        Bucket of = Bucket.parse(bucket);
        if (!clock.instant().isBefore(schedule.bucketEnds(of))) {
            held.remove(of);
            throw new KeyUnavailable(KeyKind.key(of), KeyUnavailable.Why.DESTROYED);
        }
        HybridDecrypt key = held.get(of);
        if (key == null) {
            key = read(of);
            if (held.size() >= KEYS_HELD) {
                held.clear();
            }
            held.put(of, key);
        }
        return key.decrypt(wrapped, context);
    }

    /** Destroys buckets, before their time or at it; doing it again changes nothing. */
    public void destroyBuckets(Collection<Bucket> buckets) {
        Map<LocalDate, List<Bucket>> byDay = new TreeMap<>();
        buckets.forEach(bucket ->
                byDay.computeIfAbsent(bucket.day(), day -> new ArrayList<>()).add(bucket));
        byDay.forEach((day, due) -> {
            try (PrivateHalves.Held lock = privateHalves.lock()) {
                Optional<Map<Bucket, StoredKey>> stored = privateHalves.read(day);
                if (stored.isPresent()) {
                    Map<Bucket, StoredKey> left = PrivateHalves.without(stored.get(), due, clock.instant());
                    // The public half first: nothing is sealed that cannot be opened, wherever this is cut short.
                    publish(day, left);
                    privateHalves.overwrite(day, left);
                }
            } catch (IOException | GeneralSecurityException e) {
                throw failed("The bucket keys of " + day + " cannot be destroyed", e);
            }
            due.forEach(held::remove);
        });
    }

    /** When a bucket's time is over, by this store's schedule. */
    public Instant endOf(Bucket bucket) {
        return schedule.bucketEnds(bucket);
    }

    /** Whether a bucket's key is destroyed or was never made: then nothing sealed for it can be read. */
    public boolean isGone(Bucket bucket) {
        try {
            return privateHalves
                    .read(bucket.day())
                    .map(stored -> stored.get(bucket))
                    .flatMap(key -> key.destroyed().isPresent() ? Optional.empty() : Optional.of(key))
                    .isEmpty();
        } catch (IOException e) {
            throw failed("The bucket keys of " + bucket.day() + " cannot be read", e);
        }
    }

    /**
     * Destroys every key whose time is over: visitor days, subject days, epochs and buckets.
     *
     * @return the names of those destroyed now
     */
    public List<String> expire() {
        Instant now = clock.instant();
        List<String> destroyed = new ArrayList<>();
        try {
            keysets.folder().sweep(now.toEpochMilli() - LEFTOVER_MILLIS);
            privateHalves.folder().sweep(now.toEpochMilli() - LEFTOVER_MILLIS);
            for (String name : keysets.folder().names()) {
                Optional<Instant> ends = KeyKind.endOf(name, schedule);
                if (ends.isPresent() && !now.isBefore(ends.get()) && keysets.destroy(name, now)) {
                    destroyed.add(name);
                }
            }
            List<Bucket> due = new ArrayList<>();
            for (LocalDate day : PrivateHalves.days(privateHalves.folder())) {
                due.addAll(dueOf(day, now));
            }
            destroyBuckets(due);
            due.forEach(bucket -> destroyed.add(KeyKind.key(bucket)));
        } catch (IOException e) {
            throw failed("Keys whose time is over cannot be destroyed", e);
        }
        return destroyed;
    }

    /** Wipes what is held in memory. */
    @Override
    public void close() {
        held.clear();
        keys.close();
    }

    @Override
    public String toString() {
        return "ServerKeyStore";
    }

    private List<Bucket> dueOf(LocalDate day, Instant now) throws IOException {
        return privateHalves.read(day).orElse(Map.of()).entrySet().stream()
                .filter(entry -> entry.getValue().destroyed().isEmpty())
                .map(Map.Entry::getKey)
                .filter(bucket -> !now.isBefore(schedule.bucketEnds(bucket)))
                .toList();
    }

    private HybridDecrypt read(Bucket bucket) throws GeneralSecurityException {
        try {
            StoredKey stored = privateHalves.read(bucket.day()).orElse(Map.of()).get(bucket);
            if (stored == null) {
                throw new KeyUnavailable(KeyKind.key(bucket), KeyUnavailable.Why.NOT_MADE);
            }
            if (stored.destroyed().isPresent()) {
                throw new KeyUnavailable(KeyKind.key(bucket), KeyUnavailable.Why.DESTROYED);
            }
            return privateHalves.open(bucket, stored).getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class);
        } catch (IOException e) {
            throw failed("The key of bucket " + bucket + " cannot be read", e);
        }
    }

    private void publish(LocalDate day, Map<Bucket, StoredKey> stored) throws IOException, GeneralSecurityException {
        Map<Bucket, byte[]> halves = new TreeMap<>();
        for (Map.Entry<Bucket, StoredKey> entry : stored.entrySet()) {
            if (entry.getValue().destroyed().isEmpty()) {
                KeysetHandle pair = privateHalves.open(entry.getKey(), entry.getValue());
                halves.put(
                        entry.getKey(),
                        TinkProtoKeysetFormat.serializeKeysetWithoutSecret(pair.getPublicKeysetHandle()));
            }
        }
        publicHalves.write(day, halves);
    }

    private static KeyStoreFailure failed(String what, Exception e) {
        return new KeyStoreFailure(what + " (" + e + "); see that the disk has room and the folder is writable", e);
    }
}
