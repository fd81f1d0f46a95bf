package io.sluice.console.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server says of all policies that count or wait.
 *
 * @param json the answer as it came, for who scripts
 * @param jobRunning whether the boundary job reports
 * @param active the one that counts now, and those whose time is still to come
 * @param waiting what waits for a second account
 */
public record ActivePoliciesAnswer(
        String json, boolean jobRunning, List<ActivationAnswer> active, List<ActivationAnswer> waiting) {

    static ActivePoliciesAnswer of(JsonNode answer) {
        return new ActivePoliciesAnswer(
                answer.toString(),
                answer.path("jobRunning").asBoolean(),
                list(answer.path("active")),
                list(answer.path("waiting")));
    }

    private static List<ActivationAnswer> list(JsonNode array) {
        List<ActivationAnswer> list = new ArrayList<>();
        array.forEach(one -> list.add(ActivationAnswer.of(one)));
        return list;
    }
}
