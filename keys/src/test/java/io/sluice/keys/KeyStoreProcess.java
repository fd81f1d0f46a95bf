package io.sluice.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.StringJoiner;

/**
 * A process of its own that opens a key store, waits for a line on its input so that several begin together, and prints
 * what its keys make of one message.
 */
final class KeyStoreProcess {
    private KeyStoreProcess() {}

    public static void main(String[] args) throws IOException {
        Clock clock = Clock.fixed(Instant.parse(args[1]), ZoneOffset.UTC);
        System.out.println("ready");
        System.in.read();
        try (FileKeyStore store = FileKeyStore.open(Path.of(args[0]), clock, new SecureRandom())) {
            System.out.println(fingerprint(store, clock));
        }
    }

    /** Tells two key stores apart. */
    static String fingerprint(KeyStore store, Clock clock) {
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        StringJoiner all = new StringJoiner(" ");
        all.add(hex(store.gate().hash("x")));
        all.add(hex(store.eventIds("analytics").hash("x")));
        all.add(hex(
                store.tokens("analytics", clock.instant()).orElseThrow().key().hash("x")));
        all.add(hex(store.visitorDay(day).orElseThrow().hash("x")));
        all.add(hex(store.subjectDay(day).orElseThrow().hash("x")));
        all.add(hex(store.blindIndex().hash("x")));
        byte[] x = "x".getBytes(StandardCharsets.UTF_8);
        all.add(hex(store.encryption("operations").encrypt(x, x)));
        return all.toString();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes, 0, 8);
    }
}
