package io.sluice.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The key store in a folder: Tink keysets, each encrypted under a key-encryption key.
 *
 * <pre>
 * DIR/kek              the key-encryption key, mode 0600, unless it comes from elsewhere
 * DIR/keysets/NAME     one key, or the tombstone of one
 * DIR/public/DAY       public halves of a day's vault buckets
 * DIR/server/          the server's alone: see {@link ServerKeyStore}; an ingest machine works without it
 * </pre>
 *
 * <p>Guarantees: as {@link KeyStore}, also when many processes start on an empty folder at once; a key whose time is
 * over is not handed out, even if the server has not destroyed it yet, and a day or epoch that is over gets no key;
 * what is wrapped to a bucket cannot be opened with what is outside {@code server/}. Does not guarantee: protection
 * from who may write to the folder, such as by a public half of his own; that a key is gone from memory before
 * {@link #close()}.
 *
 * <p>Thread-safe. The same question gets the same object as long as its key lives, and {@link KeyedHash} is not
 * thread-safe: a task forks what it asks for, once per object it gets, or has a store of its own, which reads about ten
 * small files.
 */
public final class FileKeyStore implements KeyStore {
    /** More than the buckets that a task writes to in a day. */
    private static final int BUCKETS_HELD = 128;

    private final KeysetFolder keysets;
    private final KeySchedule schedule;
    private final Clock clock;
    private final SecureRandom random;
    private final PublicHalves publicHalves;
    private final Map<String, KeyedHash> hashes = new ConcurrentHashMap<>();
    private final Map<String, Cipher> ciphers = new ConcurrentHashMap<>();
    private final Map<String, BucketKey> buckets = new ConcurrentHashMap<>();
    private final Map<String, EpochKeys> tokens = new ConcurrentHashMap<>();
    private final Map<String, KeyedHash> eventIds = new ConcurrentHashMap<>();
    private final DayKeys visitorDays;
    private final DayKeys subjectDays;

    private FileKeyStore(
            KeysetFolder keysets, KeyFolder publicHalves, KeySchedule schedule, Clock clock, SecureRandom random) {
        this.keysets = keysets;
        this.publicHalves = new PublicHalves(publicHalves);
        this.schedule = schedule;
        this.clock = clock;
        this.random = random;
        this.visitorDays =
                new DayKeys(day -> timed(KeyKind.VISITOR_DAY.key(day.toString())), day -> schedule.visitorDayEnds(day)
                        .toEpochMilli());
        this.subjectDays =
                new DayKeys(day -> timed(KeyKind.SUBJECT_DAY.key(day.toString())), day -> schedule.subjectDayEnds(day)
                        .toEpochMilli());
    }

    /**
     * Opens the key store of a folder, made if it is missing, with the key-encryption key in its file {@code kek} and
     * the shipped schedule.
     *
     * @throws KeyStoreFailure if the folder cannot be used
     */
    public static FileKeyStore open(Path dir, Clock clock, SecureRandom random) {
        return open(dir, KeySchedule.SHIPPED, clock, random);
    }

    /** The same with another schedule. */
    public static FileKeyStore open(Path dir, KeySchedule schedule, Clock clock, SecureRandom random) {
        try {
            KeyFolder folder = KeyFolder.make(dir);
            KeyFolder keysets = KeyFolder.make(dir.resolve("keysets"));
            return open(dir, KeyEncryption.file(folder, keysets, random), schedule, clock, random);
        } catch (IOException e) {
            throw new KeyStoreFailure("The key store " + dir + " cannot be opened (" + e + ")", e);
        } catch (GeneralSecurityException e) {
            throw new KeyStoreFailure("The key store " + dir + " cannot be opened: this Java lacks an algorithm", e);
        }
    }

    /**
     * The same with a key-encryption key from elsewhere.
     *
     * @param encryption such as {@code KmsClients.get(uri).getAead(uri)}
     */
    public static FileKeyStore open(Path dir, Aead encryption, KeySchedule schedule, Clock clock, SecureRandom random) {
        try {
            KeyFolder.make(dir);
            KeysetFolder keysets = new KeysetFolder(KeyFolder.make(dir.resolve("keysets")), encryption);
            return new FileKeyStore(keysets, new KeyFolder(dir.resolve("public")), schedule, clock, random);
        } catch (IOException e) {
            throw new KeyStoreFailure("The key store " + dir + " cannot be opened (" + e + ")", e);
        }
    }

    @Override
    public KeyedHash gate() {
        return lasting(KeyKind.GATE.key());
    }

    @Override
    public KeyedHash eventIds(String route) {
        return eventIds.computeIfAbsent(route, r -> lasting(KeyKind.EVENT_IDS.key(r)));
    }

    @Override
    public Optional<EpochKey> tokens(String purpose, Instant receivedAt) {
        return tokens.computeIfAbsent(purpose, this::epochs).at(receivedAt, clock.millis());
    }

    @Override
    public Optional<KeyedHash> visitorDay(LocalDate receiveDay) {
        return visitorDays.at(receiveDay, clock.millis());
    }

    @Override
    public Optional<KeyedHash> subjectDay(LocalDate receiveDay) {
        return subjectDays.at(receiveDay, clock.millis());
    }

    @Override
    public KeyedHash blindIndex() {
        return lasting(KeyKind.BLIND_INDEX.key());
    }

    @Override
    public Cipher encryption(String purpose) {
        return ciphers.computeIfAbsent(purpose, p -> {
            String name = KeyKind.ENCRYPTION.key(p);
            try {
                return TinkKeys.asCipher(obtain(name, () -> TinkKeys.newCipher(random)));
            } catch (GeneralSecurityException e) {
                throw new KeyStoreFailure("The key " + name + " cannot be used in this Java", e);
            }
        });
    }

    /**
     * {@inheritDoc}
     *
     * @throws KeyUnavailable if the server has not made it yet, or its time is over, whether the server has destroyed it
     *     or not
     */
    @Override
    public BucketKey bucket(String bucket) {
        Bucket of = Bucket.parse(bucket);
        if (!clock.instant().isBefore(schedule.bucketEnds(of))) {
            buckets.remove(bucket);
            throw new KeyUnavailable(KeyKind.key(of), KeyUnavailable.Why.DESTROYED);
        }
        BucketKey held = buckets.get(bucket);
        if (held != null) {
            return held;
        }
        BucketKey read = publicHalves.read(of);
        if (buckets.size() >= BUCKETS_HELD) {
            buckets.clear();
        }
        buckets.put(bucket, read);
        return read;
    }

    /** Wipes what is held in memory; only when nobody uses its keys any more. */
    @Override
    public void close() {
        hashes.values().forEach(KeyedHash::wipe);
        hashes.clear();
        eventIds.clear();
        tokens.values().forEach(EpochKeys::wipe);
        tokens.clear();
        visitorDays.wipe();
        subjectDays.wipe();
        ciphers.clear();
        buckets.clear();
    }

    @Override
    public String toString() {
        return "FileKeyStore";
    }

    /** Makes the day keys from now to that day, and the next epoch of each purpose that has one. */
    void makeAhead(LocalDate last) {
        Instant now = clock.instant();
        KeysetFolder.Maker maker = () -> TinkKeys.newHash(random);
        for (LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC); !day.isAfter(last); day = day.plusDays(1)) {
            keysets.obtain(KeyKind.VISITOR_DAY.key(day.toString()), now, maker);
            keysets.obtain(KeyKind.SUBJECT_DAY.key(day.toString()), now, maker);
        }
        String epoch = Epoch.of(last.atStartOfDay(ZoneOffset.UTC).toInstant()).label();
        for (String purpose : keysets.purposes(KeyKind.TOKENS)) {
            keysets.obtain(KeyKind.TOKENS.key(purpose, epoch), now, maker);
        }
    }

    KeysetFolder keysets() {
        return keysets;
    }

    private EpochKeys epochs(String purpose) {
        return new EpochKeys(
                epoch -> timed(KeyKind.TOKENS.key(purpose, epoch.label())).map(key -> new EpochKey(epoch.label(), key)),
                epoch -> schedule.epochEnds(epoch).toEpochMilli());
    }

    private KeyedHash lasting(String name) {
        return hashes.computeIfAbsent(name, n -> TinkKeys.asHash(obtain(n, () -> TinkKeys.newHash(random))));
    }

    private Optional<KeyedHash> timed(String name) {
        return keysets.obtain(name, clock.instant(), () -> TinkKeys.newHash(random))
                .map(TinkKeys::asHash);
    }

    private KeysetHandle obtain(String name, KeysetFolder.Maker maker) {
        return keysets.obtain(name, clock.instant(), maker)
                .orElseThrow(() -> new KeyUnavailable(name, KeyUnavailable.Why.DESTROYED));
    }
}
