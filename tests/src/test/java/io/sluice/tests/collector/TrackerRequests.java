package io.sluice.tests.collector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Requests as each tracker's own client sends them, of invented people. */
final class TrackerRequests {
    private TrackerRequests() {}

    /**
     * One request, and what the boundary is to read of it.
     *
     * @param name of the tracker
     * @param actions of the events in it, in order
     */
    record Recorded(
            String name, String method, String path, Map<String, String> headers, byte[] body, List<String> actions) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Recorded> all() {
        return List.of(
                post(
                        "own",
                        "/v1/events",
                        Map.of("Content-Type", "application/json"),
                        "[{\"type\":\"invoice.sent\",\"id\":\"e-1\",\"user\":{\"id\":\"u-1\"}},{\"type\":\"login\",\"id\":\"e-2\"}]",
                        "invoice.sent",
                        "login"),
                get("beacon", "/v1/pixel.gif?id=e-3&anonymous_id=d-1&page.title=Home", "page_view"),
                post(
                        "analytics-node",
                        "/v1/batch",
                        Map.of(
                                "Content-Type",
                                "application/json",
                                "Authorization",
                                "Basic dzo=",
                                "User-Agent",
                                "analytics-node/2"),
                        "{\"batch\":[{\"userId\":\"u-1\",\"event\":\"Signed Up\",\"type\":\"track\",\"properties\":{\"plan\":\"pro\"},"
                                + "\"context\":{\"library\":{\"name\":\"@segment/analytics-node\"}},\"messageId\":\"m-1\","
                                + "\"timestamp\":\"2024-01-10T12:00:00.000Z\"},{\"anonymousId\":\"d-1\",\"type\":\"page\","
                                + "\"properties\":{\"url\":\"https://www.example.com/pricing\"},\"messageId\":\"m-2\"}],"
                                + "\"writeKey\":\"w\",\"sentAt\":\"2024-01-10T12:00:01.000Z\"}",
                        "Signed Up",
                        "page_view"),
                post(
                        "analytics.js",
                        "/v1/t",
                        Map.of("Content-Type", "text/plain", "Origin", "https://www.example.com"),
                        "{\"event\":\"Clicked\",\"anonymousId\":\"d-2\",\"messageId\":\"m-3\",\"type\":\"track\"}",
                        "Clicked"),
                packed(
                        "rudder-sdk-node",
                        "/v1/batch",
                        Map.of("Content-Type", "application/x-www-form-urlencoded", "Content-Encoding", "gzip"),
                        "{\"batch\":[{\"userId\":\"u-2\",\"event\":\"Ordered\",\"type\":\"track\",\"messageId\":\"m-4\","
                                + "\"originalTimestamp\":\"2024-01-10T12:00:00.000Z\"}],\"sentAt\":\"2024-01-10T12:00:01.000Z\"}",
                        "Ordered"),
                post(
                        "snowplow tracker",
                        "/com.snowplowanalytics.snowplow/tp2",
                        Map.of("Content-Type", "application/json; charset=utf-8"),
                        "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4\",\"data\":[{\"e\":\"pv\","
                                + "\"url\":\"https://www.example.com/\",\"page\":\"Home\",\"eid\":\"0d0c8d6e-0000-4000-8000-000000000001\","
                                + "\"dtm\":\"1704888000000\",\"tv\":\"node-3\",\"duid\":\"d-3\"},{\"e\":\"ue\",\"ue_px\":\""
                                + base64(
                                        "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0\",\"data\":"
                                                + "{\"schema\":\"iglu:com.example/signup/jsonschema/1-0-0\",\"data\":{\"plan\":\"pro\"}}}")
                                + "\"}]}",
                        "page_view",
                        "signup"),
                get("snowplow pixel", "/i?e=se&se_ca=video&se_ac=play&eid=e-5&tv=js-3&duid=d-4", "play"),
                get(
                        "matomo-tracker",
                        "/matomo.php?idsite=1&rec=1&url=https%3A%2F%2Fwww.example.com%2F&action_name=Home&_id=0123456789abcdef",
                        "page_view"),
                post(
                        "matomo-tracker bulk",
                        "/matomo.php",
                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        "{\"requests\":[\"?idsite=1&rec=1&url=https%3A%2F%2Fwww.example.com%2Fa\",\"?idsite=1&rec=1&e_c=a&e_a=b\"],"
                                + "\"token_auth\":\"0123456789abcdef0123456789abcdef\"}",
                        "page_view",
                        "b"),
                packed(
                        "posthog-node",
                        "/batch/",
                        Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
                        "{\"api_key\":\"phc_example\",\"batch\":[{\"distinct_id\":\"u-3\",\"event\":\"upgraded\",\"properties\":{\"$lib\":"
                                + "\"posthog-node\",\"plan\":\"pro\"},\"type\":\"capture\",\"uuid\":\"0d0c8d6e-0000-4000-8000-000000000002\","
                                + "\"timestamp\":\"2024-01-10T12:00:00.000Z\"}],\"sent_at\":\"2024-01-10T12:00:01.000Z\"}",
                        "upgraded"),
                post(
                        "measurement protocol",
                        "/mp/collect?measurement_id=G-EXAMPLE&api_secret=s3cr3t-value",
                        Map.of("Content-Type", "application/json"),
                        "{\"client_id\":\"c.1\",\"events\":[{\"name\":\"purchase\",\"params\":{\"value\":3}}]}",
                        "purchase"));
    }

    private static Recorded get(String name, String path, String... actions) {
        return new Recorded(
                name, "GET", path, Map.of("Referer", "https://www.example.com/a"), new byte[0], List.of(actions));
    }

    private static Recorded post(
            String name, String path, Map<String, String> headers, String body, String... actions) {
        return new Recorded(
                name,
                "POST",
                path,
                new LinkedHashMap<>(headers),
                body.getBytes(StandardCharsets.UTF_8),
                List.of(actions));
    }

    private static Recorded packed(
            String name, String path, Map<String, String> headers, String body, String... actions) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new Recorded(name, "POST", path, headers, packed.toByteArray(), List.of(actions));
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
