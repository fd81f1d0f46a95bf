package io.sluice.console.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of a candidate that is tried beside the policy that counts.
 *
 * @param json the answer as it came, for who scripts
 * @param version the candidate's id
 * @param oneIn one in so many Kafka records is compared
 * @param since when its trial began, an ISO instant
 * @param until up to which receive time it is tried, an ISO instant
 * @param over whether that time has come
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
        String until,
        boolean over,
        boolean jobRunning,
        boolean everyTaskHasIt,
        long records,
        long failed,
        long events,
        boolean exposes,
        List<Field> fields,
        List<Outcome> outcomes) {
    /**
     * What would become of a field on a route, in events.
     *
     * @param exposed newly exposed; null if that is not said, for it would be a figure of few or tell one
     * @param hidden newly hidden; null likewise
     * @param changed changed; null likewise
     * @param rest the same, and what of the three is not said
     */
    public record Field(
            String route,
            String field,
            @Nullable Long exposed,
            @Nullable Long hidden,
            @Nullable Long changed,
            long rest) {}

    /** How the outcome of events on a route would differ. */
    public record Outcome(String route, String before, String after, long events) {}

    static ShadowAnswer of(JsonNode answer) {
        JsonNode counts = answer.path("counts");
        List<Field> fields = new ArrayList<>();
        for (JsonNode field : counts.path("fields")) {
            fields.add(new Field(
                    field.path("route").asText(),
                    field.path("field").asText(),
                    said(field.path("exposed")),
                    said(field.path("hidden")),
                    said(field.path("changed")),
                    field.path("rest").asLong()));
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
                answer.path("until").asText(),
                answer.path("over").asBoolean(),
                answer.path("jobRunning").asBoolean(),
                answer.path("everyTaskHasIt").asBoolean(),
                counts.path("records").asLong(),
                counts.path("failed").asLong(),
                counts.path("events").asLong(),
                answer.path("exposes").asBoolean(),
                fields,
                outcomes);
    }

    private static @Nullable Long said(JsonNode figure) {
        return figure.isNumber() ? figure.asLong() : null;
    }
}
