package io.sluice.console.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of one policy on its way into force.
 *
 * @param json the answer as it came, for who scripts
 * @param version the policy's id
 * @param progress {@code tried}, {@code waiting} (for a second account), {@code withdrawn}, {@code pending} (no job
 *     runs), {@code recorded} or {@code in-force}
 * @param urgent whether it also counts for what is not yet read
 * @param exposed what it newly exposes, a line each
 * @param request by which a second account approves it
 * @param askedBy the account that asked for it
 * @param offset where it stands in the topic
 * @param countsFrom from which receive time on it counts
 * @param inForceSince from when on records received are treated by it
 */
public record ActivationAnswer(
        String json,
        String version,
        String progress,
        boolean urgent,
        List<String> exposed,
        @Nullable String request,
        @Nullable String askedBy,
        @Nullable Long offset,
        @Nullable Instant countsFrom,
        @Nullable Instant inForceSince) {

    static ActivationAnswer of(JsonNode answer) {
        List<String> exposed = new ArrayList<>();
        for (JsonNode one : answer.path("exposed")) {
            String where = one.path("where").asText();
            exposed.add(one.path("what").asText() + (where.isEmpty() ? "" : " (" + where + ")") + ": "
                    + one.path("before").asText() + " -> " + one.path("after").asText());
        }
        return new ActivationAnswer(
                answer.toString(),
                answer.path("version").asText(),
                answer.path("progress").asText(),
                answer.path("urgent").asBoolean(),
                exposed,
                text(answer.path("request")),
                text(answer.path("askedBy")),
                answer.path("offset").isNumber() ? answer.path("offset").asLong() : null,
                instant(answer.path("countsFrom")),
                instant(answer.path("inForceSince")));
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }

    private static @Nullable Instant instant(JsonNode node) {
        return node.isTextual() ? Instant.parse(node.asText()) : null;
    }

    /** Whether every record received from now on is treated by it. */
    public boolean isInForce() {
        return progress.equals("in-force");
    }
}
