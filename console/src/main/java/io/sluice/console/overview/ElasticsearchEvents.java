package io.sluice.console.overview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The usage events in Elasticsearch 8 or 9, under the server's own account.
 *
 * <p>It needs no more than the right to read the indices. A snapshot is a point in time, closed when it was used and
 * after a minute in any case.
 *
 * <p>Guarantees: no answer's text reaches an exception or a log, for it may repeat what is stored. Thread-safe.
 */
public final class ElasticsearchEvents implements UsageOverview.UsageEvents {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http;
    private final URI server;
    private final String authorization;
    private final String indices;

    /**
     * @param http knows the certificate authority of the server
     * @param server such as {@code http://127.0.0.1:9200}
     * @param authorization value of the header
     * @param prefix of every index name, may be empty
     */
    public ElasticsearchEvents(HttpClient http, URI server, String authorization, String prefix) {
        this.http = http;
        this.server = server;
        this.authorization = authorization;
        this.indices = prefix + "usage-events-*";
    }

    @Override
    public Snapshot open() throws FiguresUnavailable {
        JsonNode answer = send("POST", "/" + indices + "/_pit?keep_alive=1m&ignore_unavailable=true", null);
        String id = answer.path("id").asText();
        return new PointInTime(id);
    }

    private final class PointInTime implements Snapshot {
        private final String id;

        PointInTime(String id) {
            this.id = id;
        }

        @Override
        public JsonNode search(ObjectNode search) throws FiguresUnavailable {
            ObjectNode body = search.deepCopy();
            body.putObject("pit").put("id", id).put("keep_alive", "1m");
            JsonNode answer = send("POST", "/_search", body);
            if (answer.path("_shards").path("failed").asInt() > 0) {
                throw new FiguresUnavailable(
                        "The figures cannot be read just now: a part of the indices does not answer; try again.");
            }
            return answer;
        }

        @Override
        public void close() {
            try {
                send("DELETE", "/_pit", Queries.object().put("id", id));
            } catch (FiguresUnavailable e) {
                // It ends by itself within a minute, and the answer is there already.
                return;
            }
        }
    }

    private JsonNode send(String method, String path, @Nullable ObjectNode body)
            throws FiguresUnavailable {
        try {
            HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                    .timeout(PATIENCE)
                    .header("Authorization", authorization)
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                    .build();
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return read(response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FiguresUnavailable("The server is stopping.", e);
        } catch (IOException e) {
            throw new FiguresUnavailable(
                    "The figures cannot be read just now: Elasticsearch does not answer; the page tries again.", e);
        }
    }

    private static JsonNode read(HttpResponse<byte[]> response) throws IOException, FiguresUnavailable {
        int status = response.statusCode();
        if (status == 401 || status == 403) {
            throw new FiguresUnavailable("The figures cannot be read: Elasticsearch refuses the server's account"
                    + " (HTTP " + status + "); an operator should look at its user, password and role.");
        }
        if (status >= 300) {
            throw new FiguresUnavailable(
                    "The figures cannot be read just now: Elasticsearch answers HTTP " + status + "; try again.");
        }
        return JSON.readTree(response.body());
    }
}
