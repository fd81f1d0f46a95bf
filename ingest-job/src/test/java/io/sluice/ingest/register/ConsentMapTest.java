package io.sluice.ingest.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.redaction.consent.Choice;
import io.sluice.redaction.consent.GateKey;
import io.sluice.redaction.consent.Purpose;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ConsentMapTest {
    private static final Purpose ANALYTICS = new Purpose("analytics");

    private final ConsentMap map = new ConsentMap();

    @Test
    void equalsAnOrdinaryMapOverManyRandomChanges() {
        Random random = new Random(7);
        Map<GateKey, Choice> expected = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            // Few low bits, so that keys collide and chains are long; few keys, so that they come again.
            GateKey key = new GateKey(random.nextInt(4), random.nextInt(20_000) * 64L);
            if (random.nextInt(3) == 0) {
                map.put(key, 0);
                expected.remove(key);
            } else {
                Choice choice = random.nextBoolean() ? Choice.GRANTED : Choice.REFUSED;
                map.put(key, map.with(0, "analytics", choice));
                expected.put(key, choice);
            }
        }
        assertEquals(expected.size(), map.size());
        for (int high = 0; high < 4; high++) {
            for (int low = 0; low < 20_000; low++) {
                GateKey key = new GateKey(high, low * 64L);
                assertEquals(expected.get(key), map.find(key, ANALYTICS), "key " + high + " " + low);
            }
        }
    }

    @Test
    void keepsChoicesOfPurposesApartAndTheStricterOfTwo() {
        GateKey key = new GateKey(1, 2);
        long choices = map.with(0, "analytics", Choice.GRANTED);
        choices = map.with(choices, "sharing", Choice.REFUSED);
        map.put(key, choices);
        assertEquals(Choice.GRANTED, map.find(key, ANALYTICS));
        assertEquals(Choice.REFUSED, map.find(key, new Purpose("sharing")));
        assertNull(map.find(key, new Purpose("marketing")));
        map.put(key, map.with(choices, "analytics", Choice.REFUSED));
        assertEquals(Choice.REFUSED, map.find(key, ANALYTICS));
    }

    @Test
    void refusesAllWherePurposesExceedItsRoom() {
        GateKey key = new GateKey(1, 2);
        for (int i = 0; i < 31; i++) {
            map.with(0, "purpose-" + i, Choice.GRANTED);
        }
        map.put(key, map.with(0, "one-too-many", Choice.REFUSED));
        assertEquals(Choice.REFUSED, map.find(key, new Purpose("one-too-many")));
        assertEquals(Choice.REFUSED, map.find(key, new Purpose("purpose-3")));
    }

    @Test
    void neverShowsAHalfWrittenTableToReaders() throws Exception {
        int keys = 5_000;
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(2);
        map.put(new GateKey(9, 9), map.with(0, "analytics", Choice.REFUSED));
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> results = List.of(
                    readers.submit(() -> staysRefused(done, started)),
                    readers.submit(() -> staysRefused(done, started)));
            started.await();
            for (int i = 0; i < keys; i++) {
                // All in the chain of the key that is watched, which is moved when the table grows.
                map.put(new GateKey(i, 9 + ((long) i << 32)), map.with(0, "analytics", Choice.GRANTED));
            }
            done.set(true);
            for (Future<Boolean> result : results) {
                assertTrue(result.get());
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private boolean staysRefused(AtomicBoolean done, CountDownLatch started) {
        boolean stayed = map.find(new GateKey(9, 9), ANALYTICS) == Choice.REFUSED;
        started.countDown();
        while (!done.get()) {
            stayed &= map.find(new GateKey(9, 9), ANALYTICS) == Choice.REFUSED;
        }
        return stayed;
    }
}
