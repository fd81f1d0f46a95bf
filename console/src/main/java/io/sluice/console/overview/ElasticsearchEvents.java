package io.sluice.console.overview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * The usage events in Elasticsearch 8 or 9, under the server's own account.
 *
 * <p>It needs no more than the right to read the indices. A snapshot is a point in time, closed when it was used and
 * after a minute in any case.
 *
 * <p>Guarantees: no answer's text reaches an exception or a log, for it may repeat what is stored. Thread-safe.
 */
public final class ElasticsearchEvents implements UsageOverview.UsageEvents, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RestClient client;
    private final String indices;

    /** @throws IOException if the certificate or the secret of the account cannot be read */
    public ElasticsearchEvents(ElasticsearchConnection connection) throws IOException {
        this.client = connection.open(PATIENCE);
        this.indices = connection.indices().pattern("analytics");
    }

    @Override
    public Snapshot open() throws FiguresUnavailable {
        Request request = new Request("POST", "/" + indices + "/_pit");
        request.addParameter("keep_alive", "1m");
        request.addParameter("ignore_unavailable", "true");
        return new PointInTime(send(request, null).path("id").asText());
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
            JsonNode answer = send(new Request("POST", "/_search"), body);
            if (answer.path("_shards").path("failed").asInt() > 0
                    || answer.path("timed_out").asBoolean()) {
                throw new FiguresUnavailable(
                        "The figures cannot be read just now: a part of the indices does not answer; try again.");
            }
            return answer;
        }

        @Override
        public void close() {
            try {
                send(new Request("DELETE", "/_pit"), Queries.object().put("id", id));
            } catch (FiguresUnavailable e) {
                // It ends by itself within a minute, and the answer is there already.
                return;
            }
        }
    }

    private JsonNode send(Request request, @Nullable ObjectNode body) throws FiguresUnavailable {
        if (body != null) {
            request.setJsonEntity(body.toString());
        }
        try (InputStream answer = client.performRequest(request).getEntity().getContent()) {
            return JSON.readTree(answer);
        } catch (ResponseException e) {
            throw refused(e.getResponse().getStatusLine().getStatusCode());
        } catch (IOException e) {
            throw new FiguresUnavailable(
                    "The figures cannot be read just now: Elasticsearch does not answer; the page tries again.");
        }
    }

    private static FiguresUnavailable refused(int status) {
        if (status == 401 || status == 403) {
            return new FiguresUnavailable("The figures cannot be read: Elasticsearch refuses the server's account"
                    + " (HTTP " + status + "); an operator should look at its user, password and role.");
        }
        return new FiguresUnavailable(
                "The figures cannot be read just now: Elasticsearch answers HTTP " + status + "; try again.");
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
