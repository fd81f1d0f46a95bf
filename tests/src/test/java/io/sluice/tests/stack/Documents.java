package io.sluice.tests.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/** What an account of an Elasticsearch may read. */
public final class Documents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 5_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private final String authorization;

    Documents(URI url, String user, String password) {
        this.url = url;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * How many documents a search of these indices sees; 0 where there is no index yet.
     *
     * @throws IOException if it does not answer now, or the newest index is not ready yet
     */
    public long count(String indices) throws IOException, InterruptedException {
        HttpResponse<String> response = send("GET", "/" + indices + "/_count", "");
        if (response.statusCode() == 503) {
            throw new IOException("Elasticsearch is not ready");
        }
        return success("GET _count", response).path("count").asLong();
    }

    /** Each document that a search sees now, as a hit with {@code _index}, {@code _id} and {@code _source}. */
    public void read(String indices, Consumer<JsonNode> each) throws IOException, InterruptedException {
        String pit =
                ask("POST", "/" + indices + "/_pit?keep_alive=5m", "").get("id").asText();
        String after = "";
        while (true) {
            JsonNode answer = ask(
                    "POST",
                    "/_search",
                    "{\"size\":" + PAGE + ",\"track_total_hits\":false,\"pit\":{\"id\":\"" + pit
                            + "\",\"keep_alive\":\"5m\"},\"sort\":[{\"_shard_doc\":\"asc\"}]" + after + "}");
            JsonNode hits = answer.at("/hits/hits");
            if (hits.isEmpty()) {
                ask("DELETE", "/_pit", "{\"id\":\"" + answer.get("pit_id").asText() + "\"}");
                return;
            }
            pit = answer.get("pit_id").asText();
            hits.forEach(each);
            after = ",\"search_after\":" + hits.get(hits.size() - 1).get("sort");
        }
    }

    /** The answer to a request, which must be a success. */
    public JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        return success(method + " " + path, send(method, path, body));
    }

    private static JsonNode success(String what, HttpResponse<String> response) throws IOException {
        assertEquals(2, response.statusCode() / 100, () -> what + ": " + response.body());
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
