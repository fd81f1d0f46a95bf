package io.sluice.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which key is still needed by what, and until when: a listing for an operator, read from the files without opening a
 * key.
 *
 * @param entries one per key, in order of name
 */
public record KeyRegister(List<Entry> entries) {
    /**
     * One key.
     *
     * @param name its name, such as {@code tokens.analytics.2024q1}
     * @param kind what it is for
     * @param created when it was made
     * @param ends when it is or was due to be destroyed; empty if that is not a matter of time
     * @param destroyed when it was destroyed; empty while it lives
     */
    public record Entry(
            String name, KeyKind kind, Instant created, Optional<Instant> ends, Optional<Instant> destroyed) {
        @Override
        public String toString() {
            return name
                    + destroyed
                            .map(when -> " destroyed " + when)
                            .orElseGet(() -> " made " + created + ", needed for: " + kind.neededBy()
                                    + ends.map(end -> ", until " + end).orElse(""));
        }
    }

    public KeyRegister {
        entries = List.copyOf(entries);
    }

    /**
     * Lists the keys in a key store's folder; the server's too, if its part may be read.
     *
     * @throws KeyStoreFailure if the folder cannot be read
     */
    public static KeyRegister read(Path dir, KeySchedule schedule) {
        List<Entry> entries = new ArrayList<>();
        try {
            KeyFolder keysets = new KeyFolder(dir.resolve("keysets"));
            for (String name : keysets.names()) {
                keysets.read(name)
                        .flatMap(StoredKey::parse)
                        .flatMap(key -> entry(name, key, schedule))
                        .ifPresent(entries::add);
            }
            KeyFolder buckets = new KeyFolder(dir.resolve("server").resolve("buckets"));
            for (LocalDate day : PrivateHalves.days(buckets)) {
                PrivateHalves.parse(buckets, day).orElse(Map.of()).forEach((bucket, key) -> entry(
                                KeyKind.key(bucket), key, schedule)
                        .ifPresent(entries::add));
            }
        } catch (IOException e) {
            throw new KeyStoreFailure("The key store " + dir + " cannot be listed (" + e + ")", e);
        }
        return new KeyRegister(entries);
    }

    private static Optional<Entry> entry(String name, StoredKey key, KeySchedule schedule) {
        return KeyKind.of(name)
                .map(kind -> new Entry(name, kind, key.created(), KeyKind.endOf(name, schedule), key.destroyed()));
    }
}
