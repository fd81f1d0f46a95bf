package io.sluice.tests.streamed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.infra.elasticsearch.ElasticsearchRoles;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.schema.CleanEvent;
import io.sluice.tests.command.Sluice.Run;
import io.sluice.tests.stack.CleanTopic;
import io.sluice.tests.stack.Documents;
import io.sluice.tests.stack.RunningSluice;
import io.sluice.tests.stack.StackPart;
import io.sluice.tests.stack.WithSluice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a policy, and one that is tried, does to records that lay unread while the boundary job stood still. The job is
 * stopped by a signal before they are sent, killed after that, and started again by {@code up}.
 */
@WithSluice
@Order(Integer.MAX_VALUE - 1)
class StoppedJobIT {
    private static final String LINE =
            "192.0.2.7 - - [10/Jan/2024:12:00:00 +0000] \"GET /pricing HTTP/1.1\" 200 512 \"-\" \"-\"\n";

    private static final String HIDDEN = "{clause: usage.data, because: nobody asks for it, owner: me, routes: {}}";

    private static final String SHORTER = "routes: {operations: {purpose: operations, retention: 2 d}}\n";

    /** Lets out on the route security what neither the shipped policy nor another of these does. */
    private static final String SHOWS =
            """
            policy: tried-1
            extends: ottomatiq-2024-01-10
            fields:
              - field: http.version
                clause: usage.data
                because: Old clients are attacked first.
                owner: security
                routes:
                  security: {listed: ["1.1"]}
                examples:
                  - {value: "1.1", security: "1.1"}
            """;

    @TempDir
    Path folder;

    private RunningSluice sluice;

    @AutoClose
    private CleanTopic analytics;

    @AutoClose
    private CleanTopic security;

    @BeforeAll
    void take(RunningSluice shared) throws Exception {
        sluice = shared;
        analytics = sluice.clean("analytics");
        security = sluice.clean("security");
    }

    @Test
    void unreadRecordsGoByTheirReceiveTimeAndByAnUrgentPolicyWheneverTheyWereReceived() throws Exception {
        CleanEvent before = sent(analytics, 1).get(0);
        Instant threeDaysAgo = Instant.now().minus(Duration.ofDays(3));
        String[] old = {
            RunningSluice.INDICES.of("operations", threeDaysAgo), RunningSluice.INDICES.of("analytics", threeDaysAgo)
        };
        for (String index : old) {
            sluice.documentsBy(ElasticsearchRoles.INDEX).ask("PUT", "/" + index, "");
        }
        assertEquals(List.of(old), leftByTheServer(old), "the shipped policy keeps them for 7 and 90 days");

        Instant[] from = new Instant[1];
        CleanEvent received = unread(() -> {
            from[0] = activated(policy("unread-1", "", "http.version"));
            sluice.await("the time of the policy", () -> Instant.now().isAfter(from[0]));
        });
        assertTrue(received.getEventIngested().isBefore(from[0]), "the machine took half a minute for a line");
        assertEquals(before.getPolicyVersion(), received.getPolicyVersion(), "received before, read after");
        assertEquals(before.getHttpVersion(), received.getHttpVersion());
        assertEquals("unread-1", sent(analytics, 1).get(0).getPolicyVersion(), "received after");

        CleanEvent urgent = unread(() -> {
            from[0] = activated(policy("unread-2", SHORTER, "http.version", "http.response.body.bytes"), "--urgent");
        });
        assertTrue(urgent.getEventIngested().isBefore(from[0]), "received before the policy was recorded");
        assertEquals("unread-2", urgent.getPolicyVersion(), "it lay unread");
        assertNull(urgent.getHttpResponseBodyBytes());
        assertEquals("unread-2", sent(analytics, 1).get(0).getPolicyVersion());
        // And not by the shipped policy, which the server's configuration names.
        assertEquals(List.of(old[1]), leftByTheServer(old), "the activated policy keeps operations for 2 days");
        backToTheShipped();
    }

    /** It counts each record once, those of before and those that came while the job was away, and changes no event. */
    @Test
    void aTrialGoesOnOverACrashOfTheJobAndChangesNothing() throws Exception {
        CleanEvent untried = sent(security, 1).get(0);
        Path shows = Files.writeString(folder.resolve("shows.yaml"), SHOWS);
        rules(0, "shadow", shows.toString(), "--sample", "1");
        sluice.await(
                "the shadow in every task",
                () -> shadow(0).path("everyTaskHasIt").asBoolean());
        List<CleanEvent> events = new ArrayList<>(sent(security, 12));
        assertEquals(12, shadow(1).path("counts").path("events").asInt());

        sluice.pause(StackPart.BOUNDARY_JOB);
        send(15);
        sluice.killAndAwait(StackPart.BOUNDARY_JOB);
        events.addAll(events(security, 15));
        events.addAll(sent(security, 1));
        JsonNode state = shadow(1);
        assertTrue(state.path("everyTaskHasIt").asBoolean(), state.toString());
        assertEquals(28, state.path("counts").path("events").asInt());
        assertEquals(0, state.path("counts").path("failed").asInt());
        JsonNode exposed = null;
        for (JsonNode field : state.path("counts").path("fields")) {
            if (field.path("route").asText().equals("security")
                    && field.path("field").asText().equals("http.version")) {
                exposed = field.path("exposed");
            }
        }
        assertEquals("28", String.valueOf(exposed));

        sluice.awaitAccounted();
        for (CleanEvent event : events) {
            event.setEventId(untried.getEventId());
            event.setEventIngested(untried.getEventIngested());
            assertEquals(untried, event, "a shadow changed what leaves");
        }
        rules(0, "shadow", "--stop");
    }

    private JsonNode shadow(int code) {
        return rules(code, "shadow", "--json").objects().get(0);
    }

    /** Restarts the server, which looks first of all for what is over; what is left of these indices when it has looked. */
    private List<String> leftByTheServer(String... indices) throws Exception {
        // Indices end in the order of their names, and this is the last of them.
        String last = RunningSluice.INDICES.of("analytics", Instant.now().minus(Duration.ofDays(100)));
        Documents writer = sluice.documentsBy(ElasticsearchRoles.INDEX);
        writer.ask("PUT", "/" + last, "");
        sluice.killAndAwait(StackPart.SERVER);
        sluice.await("a look for what is over", () -> indices(last).isEmpty());
        return indices(indices);
    }

    private List<String> indices(String... names) throws IOException, InterruptedException {
        JsonNode all = sluice.documentsBy(ElasticsearchRoles.EXPIRY)
                .ask(
                        "GET",
                        "/" + String.join(",", names) + "/_settings/index.creation_date?ignore_unavailable=true",
                        "");
        List<String> found = new ArrayList<>();
        all.fieldNames().forEachRemaining(found::add);
        Collections.sort(found);
        return found;
    }

    /** Something that takes a while. */
    @FunctionalInterface
    private interface Meanwhile {
        void pass() throws Exception;
    }

    /** Sends a line while the job stands still, does something, and lets the job begin again; the event of the line. */
    private CleanEvent unread(Meanwhile meanwhile) throws Exception {
        analytics.read();
        sluice.pause(StackPart.BOUNDARY_JOB);
        send(1);
        meanwhile.pass();
        sluice.killAndAwait(StackPart.BOUNDARY_JOB);
        return events(analytics, 1).get(0);
    }

    /** Activates a policy that only hides more; from when on it counts. */
    private Instant activated(String policy, String... flags) {
        List<String> words = new ArrayList<>(List.of("activate", policy, "--json"));
        words.addAll(List.of(flags));
        JsonNode answer = rules(0, words.toArray(String[]::new)).objects().get(0);
        assertTrue(answer.path("offset").isNumber(), answer.toString());
        return Instant.parse(answer.path("countsFrom").asText());
    }

    /** Shows again what was hidden, so it takes two. */
    private void backToTheShipped() {
        rules(1, "activate", PolicyFiles.DEFAULT, "--urgent");
        JsonNode waiting = rules(0, "active", "--json").objects().get(0).path("waiting");
        rules(0, "approve", waiting.get(0).path("request").asText(), "--wait", "900");
    }

    private Run rules(int code, String... words) {
        List<String> all = new ArrayList<>(List.of("rules"));
        all.addAll(List.of(words));
        Run run = sluice.run(all.toArray(String[]::new));
        assertEquals(code, run.code(), String.join(" ", words) + "\n" + run.out() + run.err());
        return run;
    }

    /** A policy that lets out what the shipped one does, but for some fields. */
    private String policy(String id, String more, String... hidden) throws Exception {
        StringBuilder text =
                new StringBuilder("policy: " + id + "\nextends: ottomatiq-2024-01-10\n" + more + "fields:\n");
        for (String field : hidden) {
            text.append("  - ")
                    .append(HIDDEN.replaceFirst("\\{", "{field: " + field + ", "))
                    .append('\n');
        }
        return Files.writeString(folder.resolve(id + ".yaml"), text).toString();
    }

    private List<CleanEvent> sent(CleanTopic route, int lines) throws Exception {
        route.read();
        send(lines);
        return events(route, lines);
    }

    private void send(int lines) {
        sluice.send(
                LINE.repeat(lines).getBytes(StandardCharsets.UTF_8),
                "--format",
                "combined",
                "--dataset",
                "marketing-site");
    }

    /** So many events that come on a route, and no more than these. */
    private List<CleanEvent> events(CleanTopic route, int count) throws Exception {
        List<CleanEvent> events = new ArrayList<>();
        sluice.await("the events of lines", () -> {
            events.addAll(route.read());
            return events.size() >= count;
        });
        assertEquals(count, events.size());
        return events;
    }
}
