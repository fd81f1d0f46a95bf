package io.sluice.console.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.sluice.console.accounts.Account;
import io.sluice.console.accounts.PasswordHash;
import io.sluice.console.accounts.Role;
import io.sluice.console.accounts.Sessions;
import io.sluice.console.audit.AuditLog;
import io.sluice.console.audit.Refusals;
import io.sluice.console.policies.HeldTopic;
import io.sluice.redaction.rule.PolicyFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may ask for what, and what the answers look like. */
class PolicyApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHIPPED = PolicyFiles.DEFAULT;

    @TempDir
    Path folder;

    private final Clock clock = Clock.systemUTC();
    private final HeldTopic topic = new HeldTopic(clock);
    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private Javalin javalin;

    @BeforeEach
    void start() throws Exception {
        topic.begin(SHIPPED);
        Sessions sessions = new Sessions(new SecureRandom(), clock);
        PasswordHash password = PasswordHash.of("not asked here".toCharArray(), new byte[PasswordHash.SALT_LENGTH]);
        for (Role role : Role.values()) {
            tokens.put(
                    role,
                    sessions.open(new Account(role.label(), Set.of(role), password))
                            .token());
        }
        AuditLog audit = new AuditLog(folder.resolve("audit.jsonl"), clock);
        PolicyApi api = new PolicyApi(
                new Caller(sessions, new Refusals(audit, clock), false),
                topic.activations(audit),
                topic.shadows(audit));
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = 64 * 1024;
            api.register(config.routes);
            config.routes.exception(ApiRefusal.class, (e, context) -> Json.error(context, e.status(), e.sentence()));
        });
        javalin.start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        javalin.stop();
    }

    private JsonNode ask(int status, Role role, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + javalin.port() + "/api/policies" + path))
                .header("Authorization", "Bearer " + tokens.get(role))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(status, response.statusCode(), response.body());
        return JSON.readTree(response.body());
    }

    private static String policy(String id, String rules) {
        ObjectNode request = JSON.createObjectNode().put("main", "p.yaml");
        ObjectNode files = request.putObject("files");
        files.put("p.yaml", "policy: " + id + "\nextends: " + SHIPPED + "\n" + rules);
        PolicyFiles.shipped(SHIPPED).orElseThrow().files().forEach(files::put);
        return request.toString();
    }

    private static String shows() {
        return policy(
                "shows-1",
                "fields: [{field: props.note, clause: usage.data, because: b, owner: me, routes: {analytics: scan}}]");
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, names = "ENGINEER", mode = EnumSource.Mode.EXCLUDE)
    void nobodyButAnEngineerAsks(Role role) throws Exception {
        ask(403, role, "POST", "", policy("same-1", ""));
        ask(403, role, "POST", "/rollback", "{}");
        ask(403, role, "POST", "/shadow", policy("same-1", ""));
        ask(403, role, "DELETE", "/shadow", "{}");
        assertEquals(List.of(), topic.shadows());
        assertEquals(List.of(SHIPPED), topic.versions());
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"ANALYST", "SECURITY", "SUPPORT", "OPERATOR"})
    void othersDoNotApprove(Role role) throws Exception {
        String id = ask(200, Role.ENGINEER, "POST", "", shows()).path("request").asText();
        ask(403, role, "POST", "/approve", "{\"request\":\"" + id + "\"}");
        assertEquals(List.of(SHIPPED), topic.versions());
    }

    @Test
    void whatExposesTakesTwoAccounts() throws Exception {
        JsonNode waiting = ask(200, Role.ENGINEER, "POST", "", shows());
        assertEquals("waiting", waiting.path("progress").asText());
        assertEquals("props.note", waiting.path("exposed").get(0).path("what").asText());
        String approval = "{\"request\":\"" + waiting.path("request").asText() + "\"}";
        ask(403, Role.ENGINEER, "POST", "/approve", approval);
        assertEquals(List.of(SHIPPED), topic.versions());
        JsonNode live = ask(200, Role.OFFICER, "POST", "/approve", approval);
        assertEquals("pending", live.path("progress").asText());
        assertEquals(List.of(SHIPPED, "shows-1"), topic.versions());
        JsonNode same = ask(200, Role.OPERATOR, "GET", "/" + live.path("offset").asText(), "");
        assertEquals("shows-1", same.path("version").asText());
        JsonNode all = ask(200, Role.OPERATOR, "GET", "", "");
        assertEquals(2, all.path("active").size(), "the one that counts, and the one to come");
        ask(403, Role.ANALYST, "GET", "", "");
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"ENGINEER", "OFFICER"})
    void whoAskedOrCouldApproveWithdraws(Role role) throws Exception {
        String id = ask(200, Role.ENGINEER, "POST", "", shows()).path("request").asText();
        String request = "{\"request\":\"" + id + "\"}";
        for (Role other : List.of(Role.ANALYST, Role.SECURITY, Role.SUPPORT, Role.OPERATOR)) {
            ask(403, other, "POST", "/withdraw", request);
        }
        JsonNode withdrawn = ask(200, role, "POST", "/withdraw", request);
        assertEquals("withdrawn", withdrawn.path("progress").asText());
        assertEquals("engineer", withdrawn.path("askedBy").asText());
        ask(404, Role.OFFICER, "POST", "/approve", request);
        ask(404, role, "POST", "/withdraw", request);
        assertEquals(0, ask(200, Role.ENGINEER, "GET", "", "").path("waiting").size());
        assertEquals(List.of(SHIPPED), topic.versions());
    }

    @Test
    void allProblemsComeBack() throws Exception {
        JsonNode refusal = ask(422, Role.ENGINEER, "POST", "", policy("p-1", "fieldz: []\npurposez: {}\n"));
        assertEquals(2, refusal.path("problems").size());
    }

    @Test
    void aLargePolicyIsTakenAndATooLargeOneIsNot() throws Exception {
        String large = "# " + "x".repeat(200_000) + "\n";
        assertEquals(
                "pending",
                ask(200, Role.ENGINEER, "POST", "", policy("large-1", large))
                        .path("progress")
                        .asText());
        ask(413, Role.ENGINEER, "POST", "", policy("large-2", large.repeat(5)));
    }

    @Test
    void whatIsNoRequestIsSaid() throws Exception {
        assertTrue(ask(400, Role.ENGINEER, "POST", "", "{\"main\":\"p.yaml\",\"files\":{}}")
                .path("error")
                .asText()
                .contains("main"));
        ask(400, Role.ENGINEER, "POST", "", policy("p-1", "").replaceFirst("\\{", "{\"urgent\":\"yes\","));
        ask(404, Role.OFFICER, "POST", "/approve", "{\"request\":\"none\"}");
        ask(404, Role.ENGINEER, "GET", "/17", "");
        ask(400, Role.ENGINEER, "GET", "/x", "");
    }

    @Test
    void whatIsRefusedIsInTheAuditLog() throws Exception {
        ask(403, Role.ANALYST, "GET", "/17", "");
        ask(403, Role.SUPPORT, "POST", "", shows());
        List<String> lines = Files.readAllLines(folder.resolve("audit.jsonl"));
        assertEquals(2, lines.size());
        JsonNode first = JSON.readTree(lines.get(0));
        assertEquals("analyst", first.path("account").asText());
        assertEquals("refused", first.path("action").asText());
        assertEquals(
                "GET /api/policies/{offset}", first.path("route").asText(), "never the address, which anybody fills");
        assertEquals(403, first.path("status").asInt());
        assertEquals("role", first.path("because").asText());
        assertTrue(lines.get(1).contains("\"support\"") && lines.get(1).contains("POST /api/policies\""), lines.get(1));
        for (String token : tokens.values()) {
            assertFalse(String.join("", lines).contains(token));
        }
    }

    @Test
    void aTrialIsBegunShownAndEnded() throws Exception {
        ask(404, Role.OFFICER, "GET", "/shadow", "");
        for (String oneIn : List.of("", ",\"oneIn\":0", ",\"oneIn\":\"2\"")) {
            ask(400, Role.ENGINEER, "POST", "/shadow", shows().replaceAll("}$", oneIn + "}"));
        }
        JsonNode begun = ask(200, Role.ENGINEER, "POST", "/shadow", shows().replaceAll("}$", ",\"oneIn\":20}"));
        assertEquals("shows-1", begun.path("version").asText());
        for (String seconds : List.of("59", "2592001", "\"7200\"", "1e30")) {
            ask(
                    400,
                    Role.ENGINEER,
                    "POST",
                    "/shadow",
                    shows().replaceAll("}$", ",\"oneIn\":20,\"seconds\":" + seconds + "}"));
        }
        ask(200, Role.ENGINEER, "POST", "/shadow", shows().replaceAll("}$", ",\"oneIn\":20,\"seconds\":7200}"));
        JsonNode shown = ask(200, Role.OPERATOR, "GET", "/shadow", "");
        assertEquals(
                Instant.parse(shown.path("since").asText()).plusSeconds(7200).toString(),
                shown.path("until").asText());
        assertEquals(20, shown.path("oneIn").asInt());
        assertEquals(0, shown.path("counts").path("events").asInt(-1));
        ask(403, Role.ANALYST, "GET", "/shadow", "");
        ask(200, Role.ENGINEER, "DELETE", "/shadow", "{}");
        ask(404, Role.ENGINEER, "GET", "/shadow", "");
        assertEquals(List.of("shows-1, one in 20, 86400 s", "shows-1, one in 20, 7200 s", "none"), topic.shadows());
    }
}
