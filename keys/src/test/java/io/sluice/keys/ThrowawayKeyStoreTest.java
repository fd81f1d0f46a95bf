package io.sluice.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThrowawayKeyStoreTest {
    private static final Instant MARCH = Instant.parse("2024-03-31T23:59:59.999Z");
    private static final Instant APRIL = Instant.parse("2024-04-01T00:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2024, 1, 10);
    private static final byte[] NOTHING = {};

    @Test
    void givesEveryPurposeAKeyOfItsOwn() {
        ThrowawayKeyStore store = store(1);
        List<KeyedHash> keys = List.of(
                store.gate(),
                store.eventIds("analytics"),
                store.eventIds("security"),
                store.tokens("analytics", MARCH).orElseThrow().key(),
                store.tokens("analytics", APRIL).orElseThrow().key(),
                store.tokens("security", MARCH).orElseThrow().key(),
                store.visitorDay(DAY).orElseThrow(),
                store.visitorDay(DAY.plusDays(1)).orElseThrow(),
                store.subjectDay(DAY).orElseThrow(),
                store.subjectDay(DAY.plusDays(1)).orElseThrow(),
                store.blindIndex());
        Set<String> hashes = new HashSet<>();
        keys.forEach(key -> hashes.add(HexFormat.of().formatHex(key.hash("x"))));
        assertEquals(keys.size(), hashes.size());
    }

    @Test
    void anEpochIsACalendarQuarter() {
        ThrowawayKeyStore store = store(1);
        assertEquals("2024q1", store.tokens("analytics", MARCH).orElseThrow().epoch());
        assertEquals("2024q2", store.tokens("analytics", APRIL).orElseThrow().epoch());
        assertEquals("2024q1", store.tokens("analytics", MARCH).orElseThrow().epoch());
        assertEquals(
                "2023q4",
                store.tokens("analytics", Instant.parse("2023-12-31T23:59:59Z"))
                        .orElseThrow()
                        .epoch());
    }

    @Test
    void answersTheSameQuestionWithTheSameObject() {
        ThrowawayKeyStore store = store(1);
        assertSame(store.gate(), store.gate());
        assertSame(store.tokens("analytics", MARCH), store.tokens("analytics", MARCH.minusSeconds(1)));
        assertSame(store.visitorDay(DAY), store.visitorDay(DAY));
        assertSame(store.subjectDay(DAY), store.subjectDay(DAY));
        assertSame(store.encryption("operations"), store.encryption("operations"));
        assertSame(store.bucket("2024-01-10T12"), store.bucket("2024-01-10T12"));
    }

    @Test
    void theSameRandomnessGivesTheSameKeysAndAnotherGivesOthers() {
        byte[] first = store(1).gate().hash("x");
        assertArrayEquals(first, store(1).gate().hash("x"));
        assertThrows(
                AssertionError.class,
                () -> assertArrayEquals(first, store(2).gate().hash("x")));
    }

    @Test
    void whatOnePurposeEncryptsAnotherCannotOpen() throws GeneralSecurityException {
        ThrowawayKeyStore store = store(1);
        byte[] text = "someone@example.com".getBytes(StandardCharsets.UTF_8);
        byte[] sealed = store.encryption("operations").encrypt(text, NOTHING);
        assertArrayEquals(text, store.encryption("operations").decrypt(sealed, NOTHING));
        assertArrayEquals(sealed, store.encryption("operations").encrypt(text, NOTHING));
        assertThrows(GeneralSecurityException.class, () -> store.encryption("support")
                .decrypt(sealed, NOTHING));
        assertThrows(GeneralSecurityException.class, () -> store.encryption("operations")
                .decrypt(sealed, text));
    }

    @Test
    void closingWipesTheKeys() {
        ThrowawayKeyStore store = store(1);
        KeyedHash gate = store.gate();
        KeyedHash fork = gate.fork();
        byte[] before = gate.hash("x");
        store.close();
        assertThrows(IllegalStateException.class, () -> gate.hash("x"));
        assertThrows(IllegalStateException.class, () -> gate.derive("x"));
        assertThrows(IllegalStateException.class, gate::fork);
        assertArrayEquals(before, fork.hash("x"), "a fork belongs to who made it");
    }

    static ThrowawayKeyStore store(long seed) {
        return new ThrowawayKeyStore(seeded(seed));
    }

    static SecureRandom seeded(long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
