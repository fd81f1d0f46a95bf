package io.sluice.console.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the server says of how the promises are kept just now.
 *
 * @param json the answer, for who scripts
 * @param jobRunning whether the boundary job reports
 * @param policy version of the policy that counts; empty if there is none
 * @param since from when on the counts are, an ISO instant
 * @param released events, by route
 * @param suppressed events of people who opted out, by route
 * @param sealed records sealed for the vault
 * @param unknownSource records quarantined since no policy knows their source
 * @param unlisted fields dropped since no rule lists them
 * @param expiryAt when data were last let go whose time is over, an ISO instant; empty if that is not known
 * @param expiryFailed how many stores could not
 */
public record LiveAnswer(
        JsonNode json,
        boolean jobRunning,
        String policy,
        String since,
        Map<String, Long> released,
        Map<String, Long> suppressed,
        long sealed,
        long unknownSource,
        long unlisted,
        String expiryAt,
        int expiryFailed) {
    static LiveAnswer of(JsonNode answer) {
        JsonNode balance = answer.path("balance");
        Map<String, Long> released = new TreeMap<>();
        Map<String, Long> suppressed = new TreeMap<>();
        balance.path("routes").properties().forEach(route -> {
            released.put(route.getKey(), route.getValue().path("released").asLong());
            suppressed.put(route.getKey(), route.getValue().path("suppressed").asLong());
        });
        return new LiveAnswer(
                answer,
                answer.path("jobRunning").asBoolean(),
                answer.path("policy").asText(""),
                answer.path("since").asText(),
                released,
                suppressed,
                balance.path("sealed").asLong(),
                balance.path("unknownSource").asLong(),
                balance.path("unlisted").asLong(),
                answer.path("expiry").path("at").asText(""),
                answer.path("expiry").path("failed").asInt());
    }
}
