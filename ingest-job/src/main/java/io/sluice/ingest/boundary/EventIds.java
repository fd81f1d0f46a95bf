package io.sluice.ingest.boundary;

import io.sluice.keys.KeyStore;
import io.sluice.keys.KeyedHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes {@code event.id}: HMAC(route key, topic id, partition, offset, position), 128 bits, base64url.
 *
 * <p>Guarantees: a replay makes the same id, a re-created topic another one, and ids of two routes cannot be joined
 * without the keys. Not thread-safe.
 */
final class EventIds {
    private static final int LENGTH = 16;

    private final KeyStore keys;
    private final Map<String, KeyedHash> byRoute = new HashMap<>();
    private final Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    private String topicId = "";
    private byte[] topic = new byte[0];

    EventIds(KeyStore keys) {
        this.keys = keys;
    }

    /** The id; empty for what comes from no topic. */
    String of(String route, RawRecord record, Position at) {
        if (record.topicId().isEmpty()) {
            return "";
        }
        KeyedHash hash = byRoute.get(route);
        if (hash == null) {
            hash = keys.eventIds(route).fork();
            byRoute.put(route, hash);
        }
        if (!record.topicId().equals(topicId)) {
            topicId = record.topicId();
            topic = (topicId + '\0').getBytes(StandardCharsets.UTF_8);
        }
        byte[] place = ByteBuffer.allocate(16)
                .putInt(record.partition())
                .putLong(record.offset())
                .putInt(at.ordinal())
                .array();
        return encoder.encodeToString(Arrays.copyOf(hash.hash(topic, place), LENGTH));
    }
}
