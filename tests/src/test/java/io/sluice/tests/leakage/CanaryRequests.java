package io.sluice.tests.leakage;

import io.sluice.tests.leakage.Canaries.Canary;
import io.sluice.tests.leakage.Canaries.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What trackers send: requests to the collector with a canary at each place of them. */
final class CanaryRequests {
    /** A request to a path with a query. */
    private record Request(String method, String target, Map<String, String> headers, String body) {}

    private final Canaries canaries;
    private final List<Request> requests = new ArrayList<>();
    private final Set<Canary> unwritten = new LinkedHashSet<>();

    private CanaryRequests(Canaries canaries) {
        this.canaries = canaries;
    }

    /** The whole set, the same for the same seed of the canaries. */
    static CanaryRequests of(Canaries canaries) {
        CanaryRequests set = new CanaryRequests(canaries);
        for (Kind kind : Kind.values()) {
            // Of the addresses of version 4 there are not enough.
            if (kind != Kind.IPV4) {
                set.bodies(kind);
                set.queries(kind);
                set.headers(kind);
            }
        }
        return set;
    }

    private void bodies(Kind kind) {
        post(
                "/v1/batch",
                "{\"batch\":[{\"type\":\"track\",\"event\":\"%s\",\"userId\":\"%s\",\"messageId\":\"%s\",\"properties\":"
                        + "{\"plan\":\"%s\",\"%s\":1},\"context\":{\"page\":{\"url\":\"https://app.ottomatiq.example/x/%s\","
                        + "\"title\":\"%s\"},\"ip\":\"%s\",\"userAgent\":\"%s/1.0\"}}]}",
                kind);
        post(
                "/v1/track",
                "{\"event\":\"a\",\"userId\":\"u\",\"context\":{\"userAgentData\":{\"brands\":[{\"brand\":\"%s\","
                        + "\"version\":\"%s\"}],\"mobile\":\"%s\",\"platform\":\"%s\",\"model\":\"%s\"}}}",
                kind);
        post(
                "/batch/",
                "{\"batch\":[{\"event\":\"%s\",\"distinct_id\":\"%s\",\"properties\":{\"$current_url\":\"https://x.example/%s\","
                        + "\"note\":\"%s\"}}]}",
                kind);
        post(
                "/com.snowplowanalytics.snowplow/tp2",
                "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4\",\"data\":[{\"e\":\"pv\","
                        + "\"page\":\"%s\",\"uid\":\"%s\",\"duid\":\"%s\",\"url\":\"https://x.example/?q=%s\"}]}",
                kind);
        post("/mp/collect", "{\"client_id\":\"%s\",\"events\":[{\"name\":\"a\",\"params\":{\"note\":\"%s\"}}]}", kind);
        post("/v1/events", "{\"type\":\"click\",\"no json %s", kind);
    }

    private void post(String path, String body, Kind kind) {
        String text = body;
        for (int place = 1; text.contains("%s"); place++) {
            Canary canary = canaries.plant(kind, path + " body, place " + place);
            text = text.replaceFirst("%s", canary.text());
        }
        requests.add(new Request("POST", path, Map.of(), text));
    }

    private void queries(Kind kind) {
        for (String target : List.of(
                "/matomo.php?idsite=1&rec=1&uid=%s",
                "/matomo.php?idsite=1&rec=1&action_name=%s",
                "/matomo.php?idsite=1&rec=1&uadata=%7B%22model%22%3A%22%s%22%7D",
                "/i?e=pv&uid=%s",
                "/v1/pixel.gif?page.title=%s",
                "/matomo.php?%s=1")) {
            Canary canary = canaries.plant(kind, target);
            requests.add(new Request("GET", target.replace("%s", encoded(canary)), Map.of(), ""));
        }
    }

    private void headers(Kind kind) {
        for (String name : List.of("User-Agent", "Referer", "X-Forwarded-For", "Accept-Language")) {
            Canary canary = canaries.plant(kind, "the request header " + name);
            requests.add(new Request("GET", "/i?e=pv", Map.of(name, encoded(canary)), ""));
        }
        for (String name : List.of(
                "Sec-CH-UA",
                "Sec-CH-UA-Full-Version-List",
                "Sec-CH-UA-Mobile",
                "Sec-CH-UA-Platform",
                "Sec-CH-UA-Platform-Version",
                "Sec-CH-UA-Model")) {
            Canary canary = canaries.plant(kind, "the request header " + name);
            requests.add(new Request("GET", "/i?e=pv", Map.of(name, '"' + encoded(canary) + "\";v=\"1\""), ""));
        }
        for (String name : List.of("Cookie", "Authorization", "X-Trace")) {
            Canary canary = canaries.plant(kind, "the request header " + name);
            unwritten.add(canary);
            requests.add(new Request("GET", "/i?e=pv", Map.of(name, "sid=" + encoded(canary)), ""));
        }
        Canary secret = canaries.plant(kind, "a parameter with a secret");
        unwritten.add(secret);
        requests.add(new Request("GET", "/matomo.php?idsite=1&rec=1&token_auth=" + encoded(secret), Map.of(), ""));
    }

    private static String encoded(Canary canary) {
        return URLEncoder.encode(canary.text(), StandardCharsets.UTF_8);
    }

    /** How many requests there are, each of which becomes a record. */
    int count() {
        return requests.size();
    }

    /** Those that the collector must not even write into the raw topic. */
    Set<Canary> unwritten() {
        return unwritten;
    }

    /** Sends all of them; each must be acknowledged. */
    void send(URI collector) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        for (Request request : requests) {
            HttpRequest.Builder builder = HttpRequest.newBuilder(collector.resolve(request.target()))
                    .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body()));
            request.headers().forEach(builder::header);
            int status = client.send(builder.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status / 100 != 2) {
                throw new IOException(request.target() + " was answered " + status);
            }
        }
    }
}
