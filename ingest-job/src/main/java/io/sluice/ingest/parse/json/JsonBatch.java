package io.sluice.ingest.parse.json;

import io.sluice.ingest.parse.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record read as a batch of events. Holds plaintext; its values print no more than a length.
 *
 * @param outer what stands beside the events in the root object; null if the root is an array
 * @param name of the array that holds the events; empty if it is the root, null if there is none
 * @param events the elements of that array
 * @param failure why the record as a whole is no JSON, or null
 */
public record JsonBatch(
        @Nullable JsonElement outer, @Nullable String name, List<JsonElement> events, @Nullable Reason failure) {
    static JsonBatch failed(Reason failure) {
        return new JsonBatch(null, null, List.of(), failure);
    }
}
