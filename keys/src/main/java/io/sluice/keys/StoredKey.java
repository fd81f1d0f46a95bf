package io.sluice.keys;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What the file of one key holds: a line {@code NAME CREATED active KEYSET} or {@code NAME CREATED destroyed WHEN},
 * times in ISO 8601, the encrypted Tink keyset in base64.
 *
 * @param name the key's name
 * @param created when it was made
 * @param destroyed when it was destroyed; then this is its tombstone
 * @param keyset the encrypted keyset; empty in a tombstone
 */
record StoredKey(String name, Instant created, Optional<Instant> destroyed, byte[] keyset) {
    static StoredKey active(String name, Instant created, byte[] keyset) {
        return new StoredKey(name, created, Optional.empty(), keyset);
    }

    /** What is left of it when it is destroyed. */
    StoredKey tombstone(Instant when) {
        return new StoredKey(name, created, Optional.of(when), new byte[0]);
    }

    String line() {
        return name
                + ' '
                + created
                + ' '
                + destroyed
                        .map(when -> "destroyed " + when)
                        .orElseGet(() -> "active " + Base64.getEncoder().encodeToString(keyset))
                + '\n';
    }

    byte[] bytes() {
        return line().getBytes(StandardCharsets.US_ASCII);
    }

    /** The content of a file, or empty if it is not one of ours. */
    static Optional<StoredKey> parse(byte[] content) {
        return parse(new String(content, StandardCharsets.US_ASCII));
    }

    static Optional<StoredKey> parse(String line) {
        String[] parts = line.strip().split(" ", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        try {
            Instant created = Instant.parse(parts[1]);
            return switch (parts[2]) {
                case "active" ->
                    Optional.of(active(parts[0], created, Base64.getDecoder().decode(parts[3])));
                case "destroyed" ->
                    Optional.of(new StoredKey(parts[0], created, Optional.of(Instant.parse(parts[3])), new byte[0]));
                default -> Optional.empty();
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
