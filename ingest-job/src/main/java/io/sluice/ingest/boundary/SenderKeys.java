package io.sluice.ingest.boundary;

import io.sluice.keys.KeyStore;
import io.sluice.keys.KeyedHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link SenderKey} of an event: HMAC(route key, dataset, source, id), where the source is the raw topic.
 *
 * <p>Guarantees: one id of one source gives one key on a route, in every process and after every restart; keys of two
 * routes cannot be joined without the installation's keys, nor with {@code event.id}. Not thread-safe.
 */
final class SenderKeys {
    private final KeyStore keys;
    private final Map<String, KeyedHash> byRoute = new HashMap<>();

    SenderKeys(KeyStore keys) {
        this.keys = keys;
    }

    /**
     * The key.
     *
     * @param id what the sender called the event; null if it gave no id
     * @return null without an id, and for what comes from no topic
     */
    @Nullable
    SenderKey of(String route, String dataset, RawRecord from, @Nullable String id) {
        if (id == null || id.isEmpty() || from.topicId().isEmpty()) {
            return null;
        }
        KeyedHash hash =
                byRoute.computeIfAbsent(route, name -> keys.eventIds(name).derive("sender event ids"));
        // Neither a dataset nor a topic's id can hold a zero, so the three cannot be confused.
        byte[] source = (dataset + '\0' + from.topicId() + '\0').getBytes(StandardCharsets.UTF_8);
        ByteBuffer made = ByteBuffer.wrap(hash.hash(source, id.getBytes(StandardCharsets.UTF_8)));
        return new SenderKey(Short.toUnsignedInt(made.getShort()), made.getLong());
    }
}
