package io.sluice.tests.streamed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.schema.CleanEvent;
import io.sluice.tests.command.Sluice.Run;
import io.sluice.tests.stack.CleanTopic;
import io.sluice.tests.stack.RunningSluice;
import io.sluice.tests.stack.WithSluice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy goes live on a running job, and back, as a person at the command line does it. */
@WithSluice
class ActivationIT {
    private static final String LINE =
            "192.0.2.7 - - [10/Jan/2024:12:00:00 +0000] \"GET /pricing HTTP/1.1\" 200 512 \"-\" \"-\"\n";

    /** Drops on every route what the shipped policy lets out on two. */
    private static final String HIDES =
            """
            policy: hides-1
            extends: ottomatiq-2024-01-10
            fields:
              - {field: http.version, clause: usage.data, because: nobody asks for it, owner: me, routes: {}}
            """;

    /** Lets it out where the shipped policy does not. */
    private static final String SHOWS =
            """
            policy: shows-1
            extends: ottomatiq-2024-01-10
            fields:
              - field: http.version
                clause: usage.data
                because: Old clients are attacked first.
                owner: security
                routes:
                  analytics: {listed: ["0.9", "1.0", "1.1", "2", "2.0", "3", "3.0"]}
                  operations: {listed: ["0.9", "1.0", "1.1", "2", "2.0", "3", "3.0"]}
                  security: {listed: ["1.1"]}
                examples:
                  - {value: "1.1", analytics: "1.1", operations: "1.1", security: "1.1"}
            """;

    @TempDir
    Path folder;

    private RunningSluice sluice;

    /** How many lines the audit log had before. */
    private int audited;

    @AutoClose
    private CleanTopic analytics;

    @AutoClose
    private CleanTopic security;

    @BeforeAll
    void take(RunningSluice shared) throws Exception {
        sluice = shared;
        audited = Files.exists(auditLog()) ? Files.readAllLines(auditLog()).size() : 0;
        analytics = sluice.clean("analytics");
        security = sluice.clean("security");
    }

    @Test
    void aPolicyGoesLiveAndBack() throws Exception {
        String hides = policy("hides.yaml", HIDES);
        whatIsTriedIsCountedAndLetsOutNothing();
        CleanEvent before = sent(analytics);
        assertEquals(PolicyFiles.DEFAULT, before.getPolicyVersion());
        assertEquals("1.1", before.getHttpVersion());

        Run recorded = rules(0, "activate", hides, "--json");
        Instant from =
                Instant.parse(recorded.objects().get(0).path("countsFrom").asText());
        CleanEvent meanwhile = sent(analytics);
        assertTrue(meanwhile.getEventIngested().isBefore(from), "the machine took half a minute for a line");
        assertEquals(PolicyFiles.DEFAULT, meanwhile.getPolicyVersion(), "received before its time");

        Run live = rules(0, "activate", hides, "--wait", "900");
        assertTrue(live.out().startsWith("hides-1, in force since "), live.out());
        CleanEvent hidden = sent(analytics);
        assertEquals("hides-1", hidden.getPolicyVersion());
        assertEquals(null, hidden.getHttpVersion());

        policy("broken.yaml", "policy: broken-1\nextends: ottomatiq-2024-01-10\nfieldz: []\n");
        Run broken = rules(1, "activate", folder.resolve("broken.yaml").toString());
        assertTrue(broken.err().contains("broken.yaml:3:9: unknown key fieldz; did you mean fields?"), broken.err());
        assertEquals(List.of("hides-1"), active());

        // The way back shows again what was hidden, so it takes two.
        approved(rules(1, "rollback"), "http.version (route analytics): dropped -> listed");
        CleanEvent back = sent(analytics);
        assertEquals(PolicyFiles.DEFAULT, back.getPolicyVersion());
        assertEquals("1.1", back.getHttpVersion());

        whatExposesWaitsAndTheWayBackDoesNot();
        theAuditLogHasEachStep();
    }

    private void whatExposesWaitsAndTheWayBackDoesNot() throws Exception {
        String shows = policy("shows.yaml", SHOWS);
        Run tried = rules(1, "activate", shows, "--dry-run");
        assertTrue(tried.out().contains("would need a second account"), tried.out());
        Run withdrawn = rules(1, "activate", shows);
        String id = waiting().path("request").asText();
        assertTrue(withdrawn.err().contains("`sluice rules withdraw` takes it back"), withdrawn.err());
        assertEquals(
                "shows-1, withdrawn as " + id + "; engineer had asked for it\n",
                rules(0, "withdraw", id).out());
        rules(1, "approve", id);
        Run waiting = rules(1, "activate", shows);
        assertEquals(List.of(PolicyFiles.DEFAULT), active());
        CleanEvent unchanged = sent(security);
        assertEquals(PolicyFiles.DEFAULT, unchanged.getPolicyVersion());

        approved(waiting, "http.version (route security): dropped -> listed");
        CleanEvent shown = sent(security);
        assertEquals("shows-1", shown.getPolicyVersion());
        assertEquals("1.1", shown.getHttpVersion());

        Run back = rules(0, "rollback", "--wait", "900");
        assertTrue(back.out().startsWith(PolicyFiles.DEFAULT + ", in force since "), back.out());
        CleanEvent hidden = sent(security);
        assertEquals(PolicyFiles.DEFAULT, hidden.getPolicyVersion());
        assertEquals(null, hidden.getHttpVersion());
    }

    /** A policy that exposes something is tried on the running job, and nothing of it leaves. */
    private void whatIsTriedIsCountedAndLetsOutNothing() throws Exception {
        String shows = policy("shows.yaml", SHOWS);
        policy("broken.yaml", "policy: broken-1\nextends: ottomatiq-2024-01-10\nfieldz: []\n");
        CleanEvent untried = sent(security);
        rules(0, "shadow", shows, "--sample", "1", "--for", "2h");
        rules(1, "shadow", folder.resolve("broken.yaml").toString());
        sluice.await(
                "the shadow in every task",
                () -> shadow(0).path("everyTaskHasIt").asBoolean());
        for (CleanEvent beside : sent(security, 12)) {
            beside.setEventId(untried.getEventId());
            beside.setEventIngested(untried.getEventIngested());
            assertEquals(untried, beside, "a shadow changed what leaves");
        }
        JsonNode counts = shadow(1).path("counts");
        assertEquals(12, counts.path("events").asInt());
        assertEquals(0, counts.path("failed").asInt());
        assertEquals(0, counts.path("outcomes").size());
        for (JsonNode field : counts.path("fields")) {
            boolean exposed = field.path("route").asText().equals("security")
                    && field.path("field").asText().equals("http.version");
            assertEquals(exposed ? 12 : 0, field.path("exposed").asInt(), field.toString());
            assertEquals(exposed ? 0 : 12, field.path("rest").asInt(), field.toString());
        }
        Run table = rules(1, "shadow");
        assertTrue(table.out().startsWith("shows-1, tried from "), table.out());
        assertTrue(
                table.out().matches("(?s).*\nsecurity +12 +- +- +0  http\\.version\n.*"), "the table:\n" + table.out());

        rules(0, "shadow", "--stop");
        assertTrue(rules(1, "shadow").err().contains("No policy is shadowed"));
        assertEquals(untried.getPolicyVersion(), sent(security).getPolicyVersion());
    }

    private JsonNode shadow(int code) {
        return rules(code, "shadow", "--json").objects().get(0);
    }

    private Path auditLog() {
        return sluice.folder().resolve("server/audit.jsonl");
    }

    private void theAuditLogHasEachStep() throws Exception {
        List<String> steps = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        List<String> lines = Files.readAllLines(auditLog());
        for (String line : lines.subList(audited, lines.size())) {
            JsonNode step = json.readTree(line);
            steps.add(step.path("account").asText() + " " + step.path("action").asText() + " "
                    + step.path("policy").asText());
        }
        assertEquals(
                List.of(
                        "engineer shadow shows-1",
                        "engineer end-shadow shows-1",
                        "engineer activate hides-1",
                        "engineer ask " + PolicyFiles.DEFAULT,
                        "officer approve " + PolicyFiles.DEFAULT,
                        "engineer roll-back " + PolicyFiles.DEFAULT,
                        "engineer ask shows-1",
                        "engineer withdraw shows-1",
                        "engineer ask shows-1",
                        "officer approve shows-1",
                        "engineer activate shows-1",
                        "engineer roll-back " + PolicyFiles.DEFAULT),
                steps);
    }

    /** The officer approves what waits; returns when it is in force. */
    private void approved(Run waiting, String exposed) throws Exception {
        assertTrue(waiting.out().contains("newly exposed: " + exposed), waiting.out());
        String id = waiting().path("request").asText();
        assertTrue(waiting.err().contains("sluice rules approve " + id), waiting.err());
        rules(0, "approve", id, "--wait", "900");
        assertEquals(1, rules(1, "approve", id).err().lines().count(), "it waits no more");
    }

    /** The one request that waits. */
    private JsonNode waiting() {
        JsonNode all = rules(0, "active", "--json").objects().get(0).path("waiting");
        assertEquals(1, all.size(), all.toString());
        return all.get(0);
    }

    private List<String> active() throws Exception {
        return rules(0, "active", "--json").objects().get(0).path("active").findValuesAsText("version");
    }

    private Run rules(int code, String... words) {
        List<String> all = new ArrayList<>(List.of("rules"));
        all.addAll(List.of(words));
        Run run = sluice.run(all.toArray(String[]::new));
        assertEquals(code, run.code(), String.join(" ", words) + "\n" + run.out() + run.err());
        assertFalse(run.err().contains("this is a fault of Sluice"), run.err());
        return run;
    }

    private String policy(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /** Sends a line; the event that comes of it on the route. */
    private CleanEvent sent(CleanTopic route) throws Exception {
        return sent(route, 1).get(0);
    }

    private List<CleanEvent> sent(CleanTopic route, int lines) throws Exception {
        route.read();
        byte[] all = LINE.repeat(lines).getBytes(StandardCharsets.UTF_8);
        sluice.send(all, "--format", "combined", "--dataset", "marketing-site");
        List<CleanEvent> events = new ArrayList<>();
        sluice.await("the events of lines", () -> {
            events.addAll(route.read());
            return events.size() >= lines;
        });
        assertEquals(lines, events.size());
        return events;
    }
}
