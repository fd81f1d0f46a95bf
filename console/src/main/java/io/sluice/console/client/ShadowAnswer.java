package io.sluice.console.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server says of a candidate that is tried beside the policy that counts.
 *
 * @param json the answer as it came, for who scripts
 * @param version the candidate's id
 * @param oneIn one in so many Kafka records is compared
 * @param since when its trial began, an ISO instant
 * @param jobRunning whether the boundary job reports
 * @param everyTaskHasIt whether every task of the boundary job tries it
 * @param records Kafka records compared
 * @param failed Kafka records on which the comparison failed
 * @param events records and events compared
 * @param exposes whether it would newly expose anything
 * @param fields by route and field
 * @param outcomes events whose outcome would differ
 */
public record ShadowAnswer(
        String json,
        String version,
        int oneIn,
        String since,
        boolean jobRunning,
        boolean everyTaskHasIt,
        long records,
        long failed,
        long events,
        boolean exposes,
        List<Field> fields,
        List<Outcome> outcomes) {
    /** What would become of a field on a route, in events. */
    public record Field(String route, String field, long exposed, long hidden, long changed, long same) {}

    /** How the outcome of events on a route would differ. */
    public record Outcome(String route, String before, String after, long events) {}

    static ShadowAnswer of(JsonNode answer) {
        JsonNode counts = answer.path("counts");
        List<Field> fields = new ArrayList<>();
        for (JsonNode field : counts.path("fields")) {
            fields.add(new Field(
                    field.path("route").asText(),
                    field.path("field").asText(),
                    field.path("exposed").asLong(),
                    field.path("hidden").asLong(),
                    field.path("changed").asLong(),
                    field.path("same").asLong()));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (JsonNode outcome : counts.path("outcomes")) {
            outcomes.add(new Outcome(
                    outcome.path("route").asText(),
                    outcome.path("before").asText(),
                    outcome.path("after").asText(),
                    outcome.path("events").asLong()));
        }
        return new ShadowAnswer(
                answer.toString(),
                answer.path("version").asText(),
                answer.path("oneIn").asInt(),
                answer.path("since").asText(),
                answer.path("jobRunning").asBoolean(),
                answer.path("everyTaskHasIt").asBoolean(),
                counts.path("records").asLong(),
                counts.path("failed").asLong(),
                counts.path("events").asLong(),
                answer.path("exposes").asBoolean(),
                fields,
                outcomes);
    }
}
