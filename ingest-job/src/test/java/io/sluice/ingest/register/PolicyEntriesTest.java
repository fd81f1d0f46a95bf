package io.sluice.ingest.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.yaml.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a policy that loads must have besides, so that a job can carry it. */
class PolicyEntriesTest {
    /** A policy that has these routes and lets nothing out. */
    static PolicyFiles withRoutes(String... routes) {
        String text = "policy: routes-1\nclauses: {usage.data: {says: x, kept-by: rules}}\n"
                + "datasets: {application: {signals: visible}}\npurposes: {analytics: {default: open}}\nroutes:\n"
                + Arrays.stream(routes)
                        .map(route -> "  " + route + ": {purpose: analytics, retention: 7 d}\n")
                        .collect(Collectors.joining())
                + "fields:\n  - {field: http.version, clause: usage.data, because: x, owner: me, routes: {}}\n";
        return new PolicyFiles("p.yaml", new TreeMap<>(Map.of("p.yaml", text)));
    }

    private static List<String> problems(PolicyFiles files) throws PolicyException {
        PolicyReader.read(files);
        return assertThrows(PolicyException.class, () -> PolicyEntries.read(files, List.of())).problems().stream()
                .map(Problem::what)
                .toList();
    }

    @Test
    void takesAPolicyWithEachRouteThatHasATopic() throws Exception {
        assertEquals(
                "routes-1",
                PolicyEntries.read(withRoutes("operations", "security", "analytics"), List.of())
                        .version());
    }

    @Test
    void refusesOneThatLacksARoute() throws Exception {
        assertEquals(
                List.of("the route operations is missing; a policy that goes live has it"),
                problems(withRoutes("analytics", "security")));
    }

    @Test
    void refusesOneWithARouteThatHasNoTopic() throws Exception {
        assertEquals(
                List.of(
                        "the route marketing has no topic; a policy that goes live has analytics, security, operations"),
                problems(withRoutes("analytics", "security", "operations", "marketing")));
    }
}
