package io.sluice.console.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.console.accounts.Role;
import io.sluice.redaction.rule.PolicyFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server, as the command line asks it.
 *
 * <p>Guarantees: an identifier, a password and a token travel in bodies and headers, never in an address. Not
 * thread-safe.
 */
public final class ServerClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** How much longer it takes when a policy's examples are run. */
    private static final Duration EXAMPLES = Duration.ofSeconds(90);
    /** Beyond the usual wait: how long the server may add up the balance. */
    private static final Duration COUNTING = Duration.ofSeconds(20);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI server;
    private final String token;

    private ServerClient(HttpClient http, URI server, String token) {
        this.http = http;
        this.server = server;
        this.token = token;
    }

    /** The server of a folder of {@code up}, with the account that is named like the role. */
    public static ServerClient of(InstallationFolder folder, Role role) throws ServerProblem {
        URI server = folder.server();
        HttpClient http = http();
        JsonNode login = login(http, server, role.label(), folder.password(role.label()));
        return new ServerClient(http, server, login.path("token").asText());
    }

    /** A server to which this user has logged in before. */
    public static ServerClient of(URI server, Logins logins) throws ServerProblem {
        String token = logins.find(server)
                .orElseThrow(() -> new ServerProblem(
                        "There is no login to " + server + "; run `sluice login --server " + server + "` first."));
        return new ServerClient(http(), server, token);
    }

    /**
     * Logs in and keeps the token.
     *
     * @return the roles of the account
     */
    public static List<String> login(URI server, String account, char[] password, Logins logins) throws ServerProblem {
        JsonNode answer = login(http(), server, account, password);
        logins.keep(
                server,
                account,
                answer.path("token").asText(),
                Instant.parse(answer.path("expires").asText()));
        return texts(answer.path("roles"));
    }

    /**
     * Records that a person opts out.
     *
     * @param kind {@code email}, {@code user} or {@code cookie}
     * @param value the identifier
     * @param wait how long to wait for the choice to be in force, up to a minute; zero not at all
     */
    public OptOutAnswer addOptOut(String kind, String value, Duration wait) throws ServerProblem {
        return OptOutAnswer.of(send("POST", "/api/opt-outs", person(kind, value, wait), wait));
    }

    /** Takes a person's choice back. */
    public OptOutAnswer removeOptOut(String kind, String value, Duration wait) throws ServerProblem {
        return OptOutAnswer.of(send("DELETE", "/api/opt-outs", person(kind, value, wait), wait));
    }

    /** What is recorded for a person. */
    public OptOutAnswer showOptOut(String kind, String value) throws ServerProblem {
        return OptOutAnswer.of(send("POST", "/api/opt-outs/show", person(kind, value, Duration.ZERO), Duration.ZERO));
    }

    /**
     * Puts a policy into force, or on the waiting list if it exposes anything.
     *
     * @param urgent whether it is to count for what is not yet read, too
     * @param dryRun whether only to say what would happen
     */
    public ActivationAnswer activate(PolicyFiles files, boolean urgent, boolean dryRun) throws ServerProblem {
        ObjectNode request = policy(files).put("urgent", urgent).put("dryRun", dryRun);
        return ActivationAnswer.of(send("POST", "/api/policies", request, EXAMPLES));
    }

    /** Puts the policy before into force again. */
    public ActivationAnswer rollBack(boolean urgent) throws ServerProblem {
        ObjectNode request = JSON.createObjectNode().put("urgent", urgent);
        return ActivationAnswer.of(send("POST", "/api/policies/rollback", request, EXAMPLES));
    }

    /** Approves what another account has asked for. */
    public ActivationAnswer approve(String request) throws ServerProblem {
        ObjectNode body = JSON.createObjectNode().put("request", request);
        return ActivationAnswer.of(send("POST", "/api/policies/approve", body, EXAMPLES));
    }

    /** Takes back what waits for a second account. */
    public ActivationAnswer withdraw(String request) throws ServerProblem {
        ObjectNode body = JSON.createObjectNode().put("request", request);
        return ActivationAnswer.of(send("POST", "/api/policies/withdraw", body, Duration.ZERO));
    }

    /** Where the policy at an offset of the topic stands. */
    public ActivationAnswer activation(long offset) throws ServerProblem {
        return ActivationAnswer.of(send("GET", "/api/policies/" + offset, null, Duration.ZERO));
    }

    /** How what keeps the promises fares just now. */
    public LiveAnswer live() throws ServerProblem {
        return LiveAnswer.of(send("GET", "/api/promises", null, COUNTING));
    }

    /** Which policies count, and which wait. */
    public ActivePoliciesAnswer activePolicies() throws ServerProblem {
        return ActivePoliciesAnswer.of(send("GET", "/api/policies", null, Duration.ZERO));
    }

    /**
     * Tries a policy beside the one that counts.
     *
     * @param oneIn one in so many Kafka records is compared
     * @param duration for how long
     */
    public ShadowAnswer shadow(PolicyFiles files, int oneIn, Duration duration) throws ServerProblem {
        ObjectNode request = policy(files).put("oneIn", oneIn).put("seconds", duration.toSeconds());
        return ShadowAnswer.of(send("POST", "/api/policies/shadow", request, EXAMPLES));
    }

    /** What the policy that is tried would have done so far. */
    public ShadowAnswer shadowed() throws ServerProblem {
        return ShadowAnswer.of(send("GET", "/api/policies/shadow", null, Duration.ZERO));
    }

    /** Ends the trial. */
    public ShadowAnswer endShadow() throws ServerProblem {
        return ShadowAnswer.of(send("DELETE", "/api/policies/shadow", JSON.createObjectNode(), Duration.ZERO));
    }

    private static ObjectNode policy(PolicyFiles files) {
        ObjectNode request = JSON.createObjectNode().put("main", files.main());
        ObjectNode texts = request.putObject("files");
        files.files().forEach(texts::put);
        return request;
    }

    /** Makes an account of the server. */
    public void addAccount(String name, Set<Role> roles, char[] password) throws ServerProblem {
        ObjectNode request = JSON.createObjectNode().put("name", name).put("password", new String(password));
        ArrayNode labels = request.putArray("roles");
        roles.stream().sorted().forEach(role -> labels.add(role.label()));
        send("POST", "/api/accounts", request, Duration.ZERO);
    }

    /** The accounts of the server by name, with their roles. */
    public Map<String, List<String>> accounts() throws ServerProblem {
        Map<String, List<String>> accounts = new LinkedHashMap<>();
        for (JsonNode account :
                send("GET", "/api/accounts", null, Duration.ZERO).path("accounts")) {
            accounts.put(account.path("name").asText(), texts(account.path("roles")));
        }
        return accounts;
    }

    private static ObjectNode person(String kind, String value, Duration wait) {
        ObjectNode request = JSON.createObjectNode().put("kind", kind).put("value", value);
        return wait.isZero() ? request : request.put("wait", (int) Math.min(wait.toSeconds(), 60));
    }

    private static JsonNode login(HttpClient http, URI server, String account, char[] password) throws ServerProblem {
        ObjectNode request = JSON.createObjectNode()
                .put("name", account)
                .put("password", new String(password))
                .put("token", true);
        return send(http, server, null, "POST", "/api/login", request, PATIENCE);
    }

    private JsonNode send(String method, String path, @Nullable ObjectNode body, Duration wait) throws ServerProblem {
        return send(http, server, token, method, path, body, PATIENCE.plus(wait));
    }

    private static JsonNode send(
            HttpClient http,
            URI server,
            @Nullable String token,
            String method,
            String path,
            @Nullable ObjectNode body,
            Duration patience)
            throws ServerProblem {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                    .timeout(patience)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return read(server, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerProblem("The wait for the server was interrupted.", e);
        } catch (IOException e) {
            throw new ServerProblem("The server at " + server + " does not answer; look whether it runs.", e);
        }
    }

    private static JsonNode read(URI server, HttpResponse<byte[]> response) throws IOException, ServerProblem {
        JsonNode answer = JSON.readTree(response.body());
        if (response.statusCode() >= 300) {
            String sentence = answer.path("error").asText("");
            List<String> all = new ArrayList<>(List.of(
                    sentence.isEmpty()
                            ? "The server at " + server + " answers HTTP " + response.statusCode() + "."
                            : sentence));
            all.addAll(texts(answer.path("problems")));
            throw new ServerProblem(String.join("\n", all));
        }
        return answer;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static HttpClient http() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }
}
