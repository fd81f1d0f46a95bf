package io.sluice.ingest.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.keys.KeyStore;
import io.sluice.keys.ThrowawayKeyStore;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SenderKeysTest {
    private final KeyStore store = new ThrowawayKeyStore(new SecureRandom());
    private final SenderKeys keys = new SenderKeys(store);

    private static RawRecord from(String topicId, int partition, long offset) {
        return new RawRecord(topicId, partition, offset, 1_704_890_096_789L, Bytes.of(""), SourceOptions.DEFAULT);
    }

    @Test
    void isTheSameWhereverItStands() {
        SenderKey key = keys.of("analytics", "application", from("id-1", 0, 7), "e-1");
        assertEquals(key, keys.of("analytics", "application", from("id-1", 3, 9), "e-1"));
        assertEquals(key, new SenderKeys(store).of("analytics", "application", from("id-1", 0, 7), "e-1"));
    }

    @Test
    void isAnotherForEveryPartOfIt() {
        Set<SenderKey> all = new HashSet<>();
        all.add(keys.of("analytics", "application", from("id-1", 0, 7), "e-1"));
        all.add(keys.of("security", "application", from("id-1", 0, 7), "e-1"));
        all.add(keys.of("analytics", "marketing-site", from("id-1", 0, 7), "e-1"));
        all.add(keys.of("analytics", "application", from("id-2", 0, 7), "e-1"));
        all.add(keys.of("analytics", "application", from("id-1", 0, 7), "e-2"));
        all.add(keys.of("analytics", "applicatio", from("nid-1", 0, 7), "e-1"));
        all.add(new SenderKeys(new ThrowawayKeyStore(new SecureRandom()))
                .of("analytics", "application", from("id-1", 0, 7), "e-1"));
        assertEquals(7, all.size());
    }

    @Test
    void thereIsNoneWithoutAnIdOrATopic() {
        assertNull(keys.of("analytics", "application", from("id-1", 0, 7), null));
        assertNull(keys.of("analytics", "application", from("id-1", 0, 7), ""));
        assertNull(keys.of("analytics", "application", from("", 0, 7), "e-1"));
    }

    @Test
    void theBucketsAreUsedEvenly() {
        int[] quarters = new int[4];
        for (int i = 0; i < 4000; i++) {
            SenderKey key = keys.of("analytics", "application", from("id-1", 0, 7), "e-" + i);
            quarters[key.bucket() * 4 / SenderKey.BUCKETS]++;
        }
        for (int quarter : quarters) {
            assertTrue(quarter > 800 && quarter < 1200, () -> "a quarter of the buckets has " + quarter);
        }
    }
}
