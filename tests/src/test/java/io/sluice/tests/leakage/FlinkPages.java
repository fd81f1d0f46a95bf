package io.sluice.tests.leakage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All that Flink shows of a job over HTTP. */
final class FlinkPages {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CLUSTER = List.of(
            "/config",
            "/overview",
            "/jobs",
            "/jobs/overview",
            "/jobmanager/config",
            "/jobmanager/environment",
            "/jobmanager/logs",
            "/jobmanager/thread-dump",
            "/taskmanagers");
    private static final List<String> JOB = List.of(
            "",
            "/plan",
            "/config",
            "/exceptions",
            "/accumulators?includeSerializedValue=true",
            "/checkpoints",
            "/checkpoints/config",
            "/status");
    private static final List<String> VERTEX =
            List.of("", "/accumulators", "/subtasktimes", "/subtasks/accumulators", "/taskmanagers", "/watermarks");

    private static final int AT_ONCE = 40;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private final Sweeps sweeps;
    private int exceptions;

    private FlinkPages(URI url, Sweeps sweeps) {
        this.url = url;
        this.sweeps = sweeps;
    }

    /** Looks at every page; gives back how many exceptions they tell of. */
    static int sweep(URI url, Sweeps sweeps) throws IOException, InterruptedException {
        FlinkPages pages = new FlinkPages(url, sweeps);
        pages.all();
        return pages.exceptions;
    }

    private void all() throws IOException, InterruptedException {
        for (String path : CLUSTER) {
            look(Store.FLINK_PAGES, path);
        }
        metrics("/jobmanager/metrics");
        metrics("/jobs/metrics");
        metrics("/taskmanagers/metrics");
        for (JsonNode manager : look(Store.FLINK_PAGES, "/taskmanagers").path("taskmanagers")) {
            String path = "/taskmanagers/" + manager.path("id").asText();
            look(Store.FLINK_PAGES, path);
            look(Store.FLINK_PAGES, path + "/thread-dump");
            metrics(path + "/metrics");
        }
        for (JsonNode job : look(Store.FLINK_PAGES, "/jobs").path("jobs")) {
            job("/jobs/" + job.path("id").asText());
        }
    }

    private void job(String job) throws IOException, InterruptedException {
        for (String page : JOB) {
            look(Store.FLINK_PAGES, job + page);
        }
        exceptions += look(Store.FLINK_PAGES, job + "/exceptions?maxExceptions=100")
                .at("/exceptionHistory/entries")
                .size();
        metrics(job + "/metrics");
        for (JsonNode vertex : look(Store.FLINK_PAGES, job).path("vertices")) {
            String path = job + "/vertices/" + vertex.path("id").asText();
            for (String page : VERTEX) {
                look(Store.FLINK_PAGES, path + page);
            }
            metrics(path + "/metrics");
            metrics(path + "/subtasks/metrics");
        }
    }

    /** Names of all metrics, and then all their values, some at a time. */
    private void metrics(String path) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (JsonNode metric : look(Store.METRICS, path)) {
            names.add(URLEncoder.encode(metric.path("id").asText(), StandardCharsets.UTF_8));
        }
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            List<String> some = names.subList(from, Math.min(names.size(), from + AT_ONCE));
            look(Store.METRICS, path + "?get=" + String.join(",", some));
        }
    }

    private JsonNode look(Store store, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("Flink answers " + response.statusCode() + " to " + path);
        }
        JsonNode answer = JSON.readTree(response.body());
        sweeps.answer(store, url.getPort() + path, answer);
        return answer;
    }
}
