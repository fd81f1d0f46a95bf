package io.sluice.tests.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.console.accounts.Role;
import io.sluice.console.client.InstallationFolder;
import io.sluice.console.client.OptOutAnswer;
import io.sluice.console.client.ServerClient;
import io.sluice.console.client.ServerProblem;
import io.sluice.keys.FileKeyStore;
import io.sluice.redaction.consent.Identifier;
import io.sluice.schema.CleanEvent;
import io.sluice.schema.ConsentEntry;
import io.sluice.schema.ConsentState;
import io.sluice.schema.OwnTypes;
import io.sluice.schema.TaskPosition;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {
    static {
        OwnTypes.trust();
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 1;
    private static final String CUSTOM = "api/overview?period=custom&from=2024-01-07&to=2024-01-10";

    private final HttpClient http = HttpClient.newHttpClient();
    private ConsoleStack stack;

    @BeforeAll
    void start() throws Exception {
        stack = ConsoleStack.start();
        assertEquals("empty", get(CUSTOM, analyst()).path("state").asText(), "before there is any index");
        stack.index(SampleUsage.events(SEED));
        Files.writeString(
                stack.dir().resolve("endpoints.json"),
                JSON.createObjectNode()
                        .put("server", stack.server().url().toString())
                        .toString());
        Map<String, String> passwords = new TreeMap<>();
        for (Role role : Role.values()) {
            passwords.put(role.label(), new String(ConsoleStack.password(role)));
        }
        Files.writeString(stack.dir().resolve("passwords.json"), JSON.writeValueAsString(Map.of("server", passwords)));
    }

    /** Nobody asks for it: the server itself looks, when it starts and every half minute. */
    @Test
    void theEndOfATrialIsSaidInTheAuditLog() throws Exception {
        Path audit = stack.dir().resolve("audit.jsonl");
        Instant latest = Instant.now().plusSeconds(300);
        while (!Files.exists(audit) || !Files.readString(audit).contains("\"action\":\"shadow-over\"")) {
            assertTrue(Instant.now().isBefore(latest), "the server does not look for what is over");
            Thread.sleep(200);
        }
    }

    @AfterAll
    void stop() throws Exception {
        stack.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return http.send(
                request.uri(stack.server().url().resolve("/" + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path, String token) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder().header("Authorization", "Bearer " + token), path);
        assertEquals(200, response.statusCode(), response.body());
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        return send(headers.length == 0 ? request : request.headers(headers), path);
    }

    private static String login(String name, String password, boolean token) {
        return JSON.createObjectNode()
                .put("name", name)
                .put("password", password)
                .put("token", token)
                .toString();
    }

    private String token(Role role) throws Exception {
        HttpResponse<String> response =
                post("api/login", login(role.label(), new String(ConsoleStack.password(role)), true));
        assertEquals(200, response.statusCode(), role.label() + ": " + response.body());
        return JSON.readTree(response.body()).path("token").asText();
    }

    private String analyst() throws Exception {
        return token(Role.ANALYST);
    }

    private ServerClient client(Role role) throws ServerProblem {
        return ServerClient.of(new InstallationFolder(stack.dir()), role);
    }

    @Test
    void countsWhatIsThereAndFoldsSmallGroups() throws Exception {
        JsonNode overview = get(CUSTOM + "&dataset=application", analyst());
        List<CleanEvent> counted = SampleUsage.events(SEED).stream()
                .filter(event -> event.getDataset().equals("application"))
                .filter(event -> event.getEventProvider().equals("usage-event"))
                .filter(event -> !event.getTimestamp().isBefore(SampleUsage.FIRST_DAY.plus(Duration.ofDays(1))))
                .toList();

        assertEquals("usage-event", overview.path("countedFrom").asText());
        assertEquals(1, overview.path("leftOutDays").asInt());
        assertEquals(counted.size(), overview.path("views").asInt());
        assertEquals(visitors(counted), overview.path("visitors").asLong());
        checkGroups(overview.path("pages"), counted, CleanEvent::getUrlPath);
        checkGroups(overview.path("countries"), counted, CleanEvent::getSourceGeoCountryIsoCode);
        checkGroups(overview.path("devices"), counted, CleanEvent::getUserAgentDeviceType);
        checkGroups(overview.path("sources"), counted, CleanEvent::getHttpRequestReferrerClass);
        for (JsonNode source : overview.path("sources")) {
            if (!source.path("sites").isEmpty()) {
                checkGroups(
                        source.path("sites"),
                        counted.stream()
                                .filter(event ->
                                        source.path("name").asText().equals(event.getHttpRequestReferrerClass()))
                                .toList(),
                        CleanEvent::getHttpRequestReferrer);
            }
        }
        String text = overview.toString();
        for (String rare : new String[] {"/rare/:id", "IS", "rare.example.com", "/invoice-links/:link", "\"tv\""}) {
            assertFalse(text.contains(rare), rare);
        }
    }

    /** Every row is right, has ten visitors, and the rows add up; so does what is left when they are taken away. */
    private static void checkGroups(JsonNode rows, List<CleanEvent> events, Function<CleanEvent, String> by) {
        Set<String> shown = new HashSet<>();
        long views = 0;
        for (JsonNode row : rows) {
            String name = row.path("name").asText();
            views += row.path("views").asLong();
            assertTrue(row.path("visitors").asLong() >= 10, row.toString());
            if (!name.equals("(fewer than 10 visitors)")) {
                shown.add(name);
                List<CleanEvent> group = events.stream()
                        .filter(event ->
                                name.equals(Optional.ofNullable(by.apply(event)).orElse("(unknown)")))
                        .toList();
                assertEquals(group.size(), row.path("views").asInt(), row.toString());
                assertEquals(visitors(group), row.path("visitors").asLong(), row.toString());
            }
        }
        assertEquals(events.size(), views, rows.toString());
        long outside = visitors(events.stream()
                .filter(event ->
                        !shown.contains(Optional.ofNullable(by.apply(event)).orElse("(unknown)")))
                .toList());
        assertTrue(outside == 0 || outside >= 10, rows.toString());
    }

    private static long visitors(List<CleanEvent> events) {
        return events.stream()
                .map(CleanEvent::getVisitorId)
                .filter(Objects::nonNull)
                .distinct()
                .count();
    }

    @Test
    void leavesPointsOfFewVisitorsOutOfTheLine() throws Exception {
        JsonNode overview = get(CUSTOM + "&dataset=application", analyst());
        JsonNode timeline = overview.path("timeline");
        assertEquals("1h", timeline.path("interval").asText());
        Map<Instant, List<CleanEvent>> byHour = new TreeMap<>();
        SampleUsage.events(SEED).stream()
                .filter(event -> event.getDataset().equals("application"))
                .filter(event -> event.getEventProvider().equals("usage-event"))
                .forEach(event -> byHour.computeIfAbsent(
                                Instant.ofEpochSecond(event.getTimestamp().getEpochSecond() / 3600 * 3600),
                                unused -> new ArrayList<>())
                        .add(event));
        int hidden = 0;
        for (JsonNode point : timeline.path("points")) {
            List<CleanEvent> events =
                    byHour.getOrDefault(Instant.parse(point.path("at").asText()), List.of());
            if (point.has("views")) {
                assertEquals(events.size(), point.path("views").asInt(), point.toString());
                assertTrue(events.isEmpty() || visitors(events) >= 10, point.toString());
            } else {
                hidden++;
            }
        }
        assertTrue(hidden > 0 && hidden < timeline.path("points").size() / 2, "hidden: " + hidden);
    }

    @Test
    void countsTheAccessLogWhereADatasetHasNoUsageEvents() throws Exception {
        JsonNode overview = get(CUSTOM + "&dataset=marketing-site", analyst());
        assertEquals("access-log", overview.path("countedFrom").asText());
        assertEquals(180, overview.path("visitors").asInt());
        assertEquals(180, overview.path("views").asInt());
    }

    @Test
    void saysThatAPeriodIsEmptyOrHasTooFew() throws Exception {
        String few = "api/overview?period=custom&from=2024-01-07&to=2024-01-07";
        JsonNode overview = get(few, analyst());
        assertEquals("few", overview.path("state").asText());
        assertEquals(0, overview.path("views").asInt());
        assertEquals(
                "empty",
                get("api/overview?period=custom&from=2023-01-07&to=2023-01-07", analyst())
                        .path("state")
                        .asText());
        HttpResponse<String> wrong = send(
                HttpRequest.newBuilder().header("Authorization", "Bearer " + analyst()), "api/overview?period=ever");
        assertEquals(400, wrong.statusCode());
    }

    @Test
    void saysWhetherSignalsAreVisible() throws Exception {
        JsonNode overview = get(CUSTOM + "&dataset=marketing-site", analyst());
        assertEquals("marketing-site", overview.path("dataset").asText());
        assertEquals("not-collected", overview.path("signals").asText());
    }

    @Test
    void refusesWhoHasNoSessionOrNotTheRole() throws Exception {
        assertEquals(401, send(HttpRequest.newBuilder(), CUSTOM).statusCode());
        assertEquals(
                401,
                send(HttpRequest.newBuilder().header("Authorization", "Bearer x"), CUSTOM)
                        .statusCode());
        assertEquals(
                401, post("api/login", login("analyst", "wrong password", true)).statusCode());
        assertEquals(
                401, post("api/login", login("nobody", "wrong password", true)).statusCode());
        String person = "{\"kind\":\"user\",\"value\":\"u-1\"}";
        assertEquals(401, post("api/opt-outs", person).statusCode());
        for (Role role : EnumSet.complementOf(EnumSet.of(Role.OFFICER, Role.SUPPORT))) {
            HttpResponse<String> refused = post("api/opt-outs", person, "Authorization", "Bearer " + token(role));
            assertEquals(403, refused.statusCode(), role.label());
            assertTrue(refused.body().contains("officer or support"), refused.body());
        }
        assertThrows(ServerProblem.class, () -> client(Role.OFFICER).accounts());
    }

    @Test
    void writesDownWhomItRefusedAndNothingThatWasTyped() throws Exception {
        Path log = stack.dir().resolve("audit.jsonl");
        int before = Files.exists(log) ? Files.readAllLines(log).size() : 0;
        String analyst = analyst();
        post("api/login", login("analyst", "typed password 1", true));
        post("api/login", login("hunter2", "typed password 2", true));
        post("api/accounts", "{\"name\":\"typed-name\"}", "Authorization", "Bearer " + analyst);
        post("api/opt-outs", "{\"kind\":\"user\",\"value\":\"typed-value\"}", "Authorization", "Bearer " + analyst);
        String cookie = post("api/login", login("officer", new String(ConsoleStack.password(Role.OFFICER)), false))
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        post("api/opt-outs", "{}", "Cookie", cookie.substring(0, cookie.indexOf(';')));
        List<String> lines = Files.readAllLines(log);
        List<String> refused = new ArrayList<>();
        for (String line : lines.subList(before, lines.size())) {
            JsonNode entry = JSON.readTree(line);
            refused.add(entry.path("account").asText() + ", "
                    + entry.path("action").asText() + ", "
                    + entry.path("route").asText() + ", " + entry.path("status").asText() + ", "
                    + entry.path("because").asText());
        }
        assertEquals(
                List.of(
                        "analyst, refused, POST /api/login, 401, wrong-name-or-password",
                        "(unknown), refused, POST /api/login, 401, wrong-name-or-password",
                        "analyst, refused, POST /api/accounts, 403, role",
                        "analyst, refused, POST /api/opt-outs, 403, role",
                        "officer, refused, POST /api/opt-outs, 403, not-our-page"),
                refused);
        String all = String.join("\n", lines);
        for (String typed : List.of("typed", "hunter2", analyst)) {
            assertFalse(all.contains(typed), typed);
        }
    }

    @Test
    void takesABrowsersCookieOnlyWithTheTokenOfOurOwnPage() throws Exception {
        HttpResponse<String> login =
                post("api/login", login("officer", new String(ConsoleStack.password(Role.OFFICER)), false));
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), cookie);
        JsonNode account = JSON.readTree(login.body());
        assertFalse(account.has("token"), "a script of the page cannot read it");
        String session = cookie.substring(0, cookie.indexOf(';'));
        String person = "{\"kind\":\"cookie\",\"value\":\"csrf-test\"}";
        String csrf = account.path("csrf").asText();

        assertEquals(403, post("api/opt-outs", person, "Cookie", session).statusCode());
        assertEquals(
                403,
                post("api/opt-outs", person, "Cookie", session, "X-CSRF-Token", "x")
                        .statusCode());
        assertEquals(
                403,
                post("api/opt-outs", person, "Cookie", session, "X-CSRF-Token", csrf, "Sec-Fetch-Site", "cross-site")
                        .statusCode());
        assertEquals(
                200,
                post("api/opt-outs", person, "Cookie", session, "X-CSRF-Token", csrf)
                        .statusCode());
        assertEquals(
                403,
                post(
                                "api/login",
                                login("officer", new String(ConsoleStack.password(Role.OFFICER)), false),
                                "Sec-Fetch-Site",
                                "cross-site")
                        .statusCode());
        assertEquals(
                200,
                post("api/logout", "{}", "Cookie", session, "X-CSRF-Token", csrf)
                        .statusCode());
        assertEquals(
                401,
                send(HttpRequest.newBuilder().header("Cookie", session), "api/me")
                        .statusCode());
    }

    @Test
    void answersEverythingWithTheHeadersThatKeepItToItself() throws Exception {
        for (String path : new String[] {"", "page/app.js", "page/none.js", "api/health", "api/none", "api/me"}) {
            HttpResponse<String> response = send(HttpRequest.newBuilder(), path);
            String policy =
                    response.headers().firstValue("Content-Security-Policy").orElse("");
            assertTrue(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), path);
            assertFalse(policy.contains("unsafe"), policy);
            assertEquals(
                    "nosniff",
                    response.headers().firstValue("X-Content-Type-Options").orElse(""),
                    path);
            assertEquals(
                    "no-store", response.headers().firstValue("Cache-Control").orElse(""), path);
            assertTrue(response.headers().firstValue("Server").isEmpty(), path);
            if (response.statusCode() >= 400) {
                assertTrue(JSON.readTree(response.body()).path("error").asText().endsWith("."), response.body());
            }
        }
    }

    @Test
    void refusesWhatIsNoRequestWithoutRepeatingIt() throws Exception {
        String token = token(Role.SUPPORT);
        String[] bodies = {
            "jane@example.com",
            "[\"jane@example.com\"]",
            "{\"kind\":\"jane@example.com\",\"value\":\"x\"}",
            "{\"kind\":\"email\",\"value\":\"jane.example.com\"}",
            "{\"kind\":\"email\",\"value\":\"jane@example.com\",\"wait\":\"jane@example.com\"}",
            "{\"kind\":\"email\",\"value\":\"jane@example.com" + "x".repeat(2000) + "\"}",
        };
        for (String body : bodies) {
            HttpResponse<String> refused = post("api/opt-outs", body, "Authorization", "Bearer " + token);
            assertEquals(400, refused.statusCode(), refused.body());
            assertFalse(refused.body().contains("jane"), refused.body());
        }
        HttpResponse<String> large =
                post("api/opt-outs", "{\"kind\":\"" + "x".repeat(100_000), "Authorization", "Bearer " + token);
        assertEquals(413, large.statusCode());
    }

    @Test
    void recordsAnOptOutUnderTheGateKeyAndTakesItBack() throws Exception {
        ServerClient officer = client(Role.OFFICER);
        OptOutAnswer added = officer.addOptOut("email", "  Jane.Doe@Example.com ", Duration.ZERO);
        assertEquals("refused", added.choice());
        assertNotNull(added.recorded());

        ConsumerRecord<byte[], byte[]> entry = entry(Objects.requireNonNull(added.offset()));
        try (FileKeyStore keys =
                FileKeyStore.open(stack.dir().resolve("keys"), Clock.systemUTC(), new SecureRandom())) {
            Identifier jane = Identifier.of(Identifier.Kind.EMAIL, "jane.doe@example.com");
            assertEquals(ByteBuffer.wrap(jane.gateKey(keys.gate()).bytes()), ByteBuffer.wrap(entry.key()));
        }
        ConsentEntry choices = ConsentEntry.getDecoder().decode(entry.value());
        assertEquals("analytics", choices.getChoices().get(0).getPurpose());
        assertEquals(ConsentState.REFUSED, choices.getChoices().get(0).getChoice());
        assertFalse(new String(entry.value(), StandardCharsets.ISO_8859_1).contains("example"));

        assertEquals(
                "refused",
                client(Role.SUPPORT).showOptOut("email", "jane.doe@example.com").choice());
        assertEquals("none", officer.showOptOut("user", "jane.doe@example.com").progress());
        OptOutAnswer removed = officer.removeOptOut("email", "jane.doe@example.com", Duration.ZERO);
        assertEquals("none", removed.choice());
        assertEquals(null, entry(Objects.requireNonNull(removed.offset())).value());
    }

    @Test
    void isInForceWhenEverySubtaskOfTheRunningJobSaysSo() throws Exception {
        ServerClient officer = client(Role.OFFICER);
        long offset = Objects.requireNonNull(
                officer.addOptOut("user", "u-4711", Duration.ZERO).offset());
        report("attempt-1", 0, 2, offset + 1);
        assertEquals("recorded", awaitProgress(officer, "u-4711", "recorded").progress());

        CompletableFuture<OptOutAnswer> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return client(Role.OFFICER).addOptOut("user", "u-4711", Duration.ofSeconds(60));
            } catch (ServerProblem e) {
                throw new IllegalStateException(e);
            }
        });
        while (!waiting.isDone()) {
            // Both subtasks follow the register, as the running job does.
            long behind =
                    Objects.requireNonNull(officer.showOptOut("user", "u-4711").offset()) + 1;
            report("attempt-1", 0, 2, behind);
            report("attempt-1", 1, 2, behind);
        }
        assertTrue(waiting.get().isInForce(), waiting.get().toString());
        assertNotNull(waiting.get().inForceSince());
    }

    private OptOutAnswer awaitProgress(ServerClient client, String user, String progress) throws Exception {
        OptOutAnswer answer;
        do {
            answer = client.showOptOut("user", user);
        } while (answer.progress().equals("pending"));
        assertEquals(progress, answer.progress());
        return answer;
    }

    private void report(String attempt, int subtask, int of, long offset) throws Exception {
        TaskPosition position = new TaskPosition(attempt, subtask, of, ConsoleStack.TOPICS.consent(), offset);
        stack.write(
                ConsoleStack.TOPICS.taskPositions(),
                ("consent-" + subtask).getBytes(StandardCharsets.UTF_8),
                TaskPosition.getEncoder().encode(position).array());
    }

    private ConsumerRecord<byte[], byte[]> entry(long offset) {
        TopicPartition consent = new TopicPartition(ConsoleStack.TOPICS.consent(), 0);
        Map<String, Object> properties = new HashMap<>(stack.broker().clientProperties("anybody"));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(consent));
            consumer.seek(consent, offset);
            List<ConsumerRecord<byte[], byte[]>> records = List.of();
            while (records.isEmpty()) {
                records = consumer.poll(Duration.ofSeconds(1)).records(consent);
            }
            return records.get(0);
        }
    }

    @Test
    void letsAnOperatorMakeAccounts() throws Exception {
        ServerClient operator = client(Role.OPERATOR);
        operator.addAccount("new.analyst", EnumSet.of(Role.ANALYST), "a long password".toCharArray());
        assertEquals(List.of("analyst"), operator.accounts().get("new.analyst"));
        assertEquals(
                200,
                post("api/login", login("new.analyst", "a long password", true)).statusCode());
        ServerProblem taken = assertThrows(
                ServerProblem.class,
                () -> operator.addAccount("new.analyst", EnumSet.of(Role.ANALYST), "a long password".toCharArray()));
        assertTrue(String.valueOf(taken.getMessage()).contains("already"), taken.getMessage());
    }
}
