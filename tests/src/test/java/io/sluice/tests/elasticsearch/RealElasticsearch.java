package io.sluice.tests.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.infra.elasticsearch.ElasticsearchProcess;
import io.sluice.infra.elasticsearch.ElasticsearchSettings;
import io.sluice.infra.elasticsearch.ElasticsearchUser;
import io.sluice.sinks.elasticsearch.Credentials;
import io.sluice.sinks.elasticsearch.ElasticsearchConnection;
import io.sluice.sinks.elasticsearch.Secret;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An Elasticsearch with the account of the index job, which may do no more than it needs, and one that may ask all. */
final class RealElasticsearch implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final ElasticsearchUser WRITER = new ElasticsearchUser("indexer", "indexer-pw", List.of("indexer"));
    private static final ElasticsearchUser READER = new ElasticsearchUser("boss", "boss-pw", List.of("superuser"));
    /** All that the index job needs. */
    private static final String ROLES =
            """
            indexer:
              cluster: [ "manage_index_templates" ]
              indices:
                - names: [ "usage-events-*", "security-events-*", "operations-events-*" ]
                  privileges: [ "create_index", "create_doc" ]
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path dir;
    private ElasticsearchProcess process;

    private RealElasticsearch(Path dir, ElasticsearchProcess process) {
        this.dir = dir;
        this.process = process;
    }

    static RealElasticsearch start() throws Exception {
        Path dir = Files.createTempDirectory("sluice-es");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx--x--x"));
        try {
            return new RealElasticsearch(dir, start(dir));
        } catch (Exception e) {
            delete(dir);
            throw e;
        }
    }

    private static ElasticsearchProcess start(Path dir) throws Exception {
        return ElasticsearchProcess.start(ElasticsearchSettings.of(dir.resolve("es"), List.of(READER, WRITER), ROLES));
    }

    /** Ends it as a crash would. */
    void kill() {
        process.kill();
    }

    /** Starts it again in the same place. */
    void startAgain() throws Exception {
        process.close();
        process = start(dir);
    }

    ElasticsearchConnection connection() {
        return connection("indexer-pw");
    }

    ElasticsearchConnection connection(String password) {
        return new ElasticsearchConnection(
                List.of(process.url()), null, new Credentials.User("indexer", Secret.of(password.toCharArray())), "");
    }

    /** Asks as the one that may. */
    JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        String login = Base64.getEncoder()
                .encodeToString((READER.name() + ":" + READER.password()).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(process.url().resolve(path))
                .header("Authorization", "Basic " + login)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** The processor time that it has taken so far. */
    Duration cpu() {
        return process.marks().stream()
                .flatMap(mark -> mark.find().stream())
                .flatMap(handle -> handle.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** How many documents there are, those included that no search sees yet. */
    int count() throws IOException, InterruptedException {
        ask("POST", "/*-events-*/_refresh", "");
        return ask("GET", "/*-events-*/_count", "").path("count").asInt(-1);
    }

    /** Every document by its id, as {@code index + source}. */
    Map<String, String> documents() throws IOException, InterruptedException {
        ask("POST", "/*-events-*/_refresh", "");
        Map<String, String> documents = new HashMap<>();
        String after = "";
        while (true) {
            JsonNode hits = ask(
                            "POST",
                            "/*-events-*/_search",
                            "{\"size\":5000,\"sort\":[{\"event.ingested\":\"asc\"},{\"_doc\":\"asc\"}]" + after + "}")
                    .at("/hits/hits");
            if (hits.isEmpty()) {
                return documents;
            }
            for (JsonNode hit : hits) {
                documents.put(hit.get("_id").asText(), hit.get("_index").asText() + " " + hit.get("_source"));
                after = ",\"search_after\":" + hit.get("sort");
            }
        }
    }

    @Override
    public void close() throws Exception {
        process.close();
        delete(dir);
    }

    private static void delete(Path dir) throws Exception {
        ElasticsearchProcess.delete(dir.resolve("es"));
        Files.delete(dir);
    }
}
