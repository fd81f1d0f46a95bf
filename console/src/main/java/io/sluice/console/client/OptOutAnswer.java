package io.sluice.console.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of one person's opt-out.
 *
 * @param choice {@code refused}, {@code granted} or {@code none}
 * @param progress {@code none}, {@code pending} (no job runs), {@code recorded} or {@code in-force}
 * @param offset where the last change stands in the consent register
 * @param recorded when the choice was recorded
 * @param inForceSince from when on records received are treated by it
 */
public record OptOutAnswer(
        String choice,
        String progress,
        @Nullable Long offset,
        @Nullable Instant recorded,
        @Nullable Instant inForceSince) {

    static OptOutAnswer of(JsonNode answer) {
        return new OptOutAnswer(
                answer.path("choice").asText(),
                answer.path("progress").asText(),
                answer.path("offset").isNumber() ? answer.path("offset").asLong() : null,
                instant(answer.path("recorded")),
                instant(answer.path("inForceSince")));
    }

    private static @Nullable Instant instant(JsonNode node) {
        return node.isTextual() ? Instant.parse(node.asText()) : null;
    }

    /** Whether every record received from now on is treated by it. */
    public boolean isInForce() {
        return progress.equals("in-force");
    }
}
