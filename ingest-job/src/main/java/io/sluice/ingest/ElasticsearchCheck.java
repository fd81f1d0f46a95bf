package io.sluice.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.elasticsearch.Indices;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;

/** Elasticsearch, its account and its rights. */
final class ElasticsearchCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String WHAT = "elasticsearch";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final IngestConfig config;
    private final List<CheckLine> lines;

    ElasticsearchCheck(IngestConfig config, List<CheckLine> lines) {
        this.config = config;
        this.lines = lines;
    }

    void run() {
        ElasticsearchConnection connection = config.elasticsearch();
        if (connection == null || config.job() == JobKind.BOUNDARY) {
            return;
        }
        try (RestClient client = connection.open(PATIENCE)) {
            if (account(client)) {
                rights(client, connection);
            }
        } catch (IOException | RuntimeException e) {
            lines.add(CheckLine.failed(
                    WHAT,
                    "no answer from " + connection.urls() + " (" + Faults.sentence(e)
                            + "); look at elasticsearch.urls and elasticsearch.ca, and whether it runs"));
        }
    }

    /** Whether there are accounts at all, and ours is one. */
    private boolean account(RestClient client) throws IOException {
        try {
            JsonNode answer = json(client.performRequest(new Request("GET", "/_security/_authenticate")));
            lines.add(CheckLine.ok(WHAT, "answers to " + answer.path("username").asText("this account")));
            return true;
        } catch (ResponseException e) {
            int status = e.getResponse().getStatusLine().getStatusCode();
            if (status == 401) {
                lines.add(CheckLine.failed(
                        WHAT,
                        "it does not know this account or its password; look at elasticsearch.user, .password"
                                + " and .api-key"));
            } else if (status == 400 || status == 404 || status == 405 || status == 500) {
                lines.add(CheckLine.warning(WHAT, "it answers, but its security is off, so anybody may read it"));
            } else {
                lines.add(CheckLine.failed(WHAT, "it answered " + status + " to the question for our account"));
            }
            return false;
        }
    }

    private void rights(RestClient client, ElasticsearchConnection connection) throws IOException {
        Request request = new Request("POST", "/_security/user/_has_privileges");
        request.setJsonEntity(wanted(connection));
        try {
            JsonNode answer = json(client.performRequest(request));
            lines.add(
                    answer.path("has_all_requested").asBoolean()
                            ? CheckLine.ok(WHAT + " rights", "documents and templates may be written")
                            : CheckLine.failed(
                                    WHAT + " rights",
                                    "this account may not write all of the indices and templates; check --print"
                                            + " writes the role it needs"));
        } catch (ResponseException e) {
            lines.add(CheckLine.warning(
                    WHAT + " rights",
                    "they cannot be asked for (status "
                            + e.getResponse().getStatusLine().getStatusCode() + ")"));
        }
    }

    private String wanted(ElasticsearchConnection connection) throws JsonProcessingException {
        ObjectNode wanted = JSON.createObjectNode();
        ObjectNode index = wanted.putArray("index").addObject();
        Indices.ROUTES.forEach(
                route -> index.withArray("names").add(connection.indices().pattern(route)));
        index.putArray("privileges").add("create_doc").add("create_index");
        if (config.installTemplates()) {
            wanted.putArray("cluster").add("manage_index_templates");
        }
        return JSON.writeValueAsString(wanted);
    }

    private static JsonNode json(Response response) throws IOException {
        try (InputStream content = response.getEntity().getContent()) {
            return JSON.readTree(content);
        }
    }
}
