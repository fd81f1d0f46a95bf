package io.sluice.tests.leakage;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.sinks.elasticsearch.Indices;
import io.sluice.tests.stack.CommittedRecords;
import io.sluice.tests.stack.RunningSluice;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** What the stores of a running Sluice answer to those who may ask them. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CLUSTER = List.of(
            "/_cluster/state",
            "/_cluster/settings?include_defaults=true",
            "/_cat/indices?format=json&bytes=b",
            "/_nodes",
            "/_nodes/stats",
            "/_stats?level=shards",
            "/_mapping",
            "/_settings",
            "/_segments",
            "/_tasks");

    private final RunningSluice sluice;
    private final Sweeps sweeps;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Answers(RunningSluice sluice, Sweeps sweeps) {
        this.sluice = sluice;
        this.sweeps = sweeps;
    }

    /** Every message of every topic as its readers get it, and what the broker tells of topics and groups. */
    void kafka() throws Exception {
        try (Admin admin = sluice.kafka()) {
            Sweep topics = sweeps.of(Store.TOPICS);
            topics.text("groups", admin.listGroups().all().get().toString());
            for (String topic : admin.listTopics().names().get()) {
                topics.text("a topic's name", topic);
                Sweep sweep = topic.startsWith("raw.") ? sweeps.of(Store.RAW_TOPICS) : topics;
                CommittedRecords.of(sluice.admin(), topic).forEach(record -> {
                    String where = topic + "-" + record.partition() + " offset " + record.offset();
                    sweep.bytes(where + " key", record.key() == null ? new byte[0] : record.key());
                    sweep.bytes(where + " value", record.value() == null ? new byte[0] : record.value());
                    record.headers().forEach(header -> sweep.text(where + " header", header.key())
                            .bytes(where + " header", header.value()));
                });
            }
        }
    }

    /** Every document, and what Elasticsearch tells of itself. */
    void elasticsearch() throws Exception {
        for (String route : Indices.ROUTES) {
            sluice.documents(route)
                    .read(
                            RunningSluice.INDICES.pattern(route),
                            hit -> sweeps.answer(Store.ELASTICSEARCH, "a document of " + route, hit));
        }
        for (String page : CLUSTER) {
            sweeps.answer(
                    Store.ELASTICSEARCH, page, sluice.documents("operations").ask("GET", page, ""));
        }
    }

    /** What the server answers to an analyst, and to requests that hold a value themselves. */
    void server(Canaries.Canary value) throws Exception {
        String text = URLEncoder.encode(value.text(), StandardCharsets.UTF_8);
        String token = JSON.readTree(post(
                                "/api/login",
                                Map.of(
                                        "name",
                                        "analyst",
                                        "password",
                                        sluice.password("server", "analyst"),
                                        "token",
                                        true))
                        .body())
                .path("token")
                .asText();
        for (String page : List.of(
                "/",
                "/api/health",
                "/api/me",
                "/api/overview",
                "/api/overview?period=7d",
                "/api/overview?dataset=application",
                "/api/overview?dataset=" + text,
                "/api/overview?period=" + text,
                "/api/overview?period=custom&from=" + text + "&to=" + text,
                "/api/" + text,
                "/" + text + ".html")) {
            look(page, get(page, token));
        }
        look("a failed login", post("/api/login", Map.of("name", value.text(), "password", value.text())));
        look("no JSON", send("/api/login", value.text()));
    }

    private void look(String page, HttpResponse<String> response) {
        Sweep sweep = sweeps.of(Store.SERVER);
        sweep.text(page + " answers " + response.statusCode(), response.body());
        sweep.text(page + " headers", response.headers().map().toString());
    }

    private HttpResponse<String> get(String page, String token) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(server().resolve(page))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String page, Map<String, ?> body) throws IOException, InterruptedException {
        return send(page, JSON.writeValueAsString(body));
    }

    private HttpResponse<String> send(String page, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(server().resolve(page))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI server() throws IOException {
        return URI.create(sluice.endpoints().path("server").asText());
    }
}
