package io.sluice.collector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.collector.kafka.RawTopic;
import io.sluice.collector.request.Endpoint;
import io.sluice.collector.web.CollectorServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A started collector before a topic in memory: what it takes, writes down, and answers. */
class CollectorServerTest {
    private static final String START =
            "{\"sluice_request\":1,\"format\":\"segment\",\"received_at\":\"2024-01-10T12:00:00.000Z\","
                    + "\"peer\":\"127.0.0.1\",\"method\":\"POST\",\"path\":\"/v1/batch\",\"query\":\"\",\"headers\":{";

    private final Topic topic = new Topic();
    private final HttpClient client = HttpClient.newHttpClient();
    private CollectorServer server;

    /** Keeps what is written. */
    private static final class Topic implements RawTopic {
        final ConcurrentLinkedQueue<String> records = new ConcurrentLinkedQueue<>();
        volatile boolean down;
        volatile boolean closed;

        @Override
        public CompletableFuture<Void> write(byte[] record) {
            if (down) {
                return CompletableFuture.failedFuture(new IOException("down"));
            }
            records.add(new String(record, StandardCharsets.UTF_8));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = start(1_000);
    }

    private CollectorServer start(int perSecond) throws Exception {
        CollectorConfig config = new CollectorConfig(
                "127.0.0.1",
                0,
                "raw.usage-events",
                "application",
                Map.of(),
                "analytics_opt_out",
                List.of(),
                List.of("*"),
                100_000,
                perSecond,
                "2024-01-10");
        return CollectorServer.start(config, topic, Clock.fixed(Instant.parse("2024-01-10T12:00:00Z"), ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        server.close();
        assertTrue(topic.closed);
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> post(String path, String body) throws Exception {
        return send(to(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String written() {
        assertEquals(1, topic.records.size());
        return topic.records.remove();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void everyEndpointTakesWhatComesByItsPath() throws Exception {
        for (Endpoint endpoint : Endpoint.all()) {
            HttpResponse<byte[]> answer =
                    endpoint.method().equals("GET") ? send(to(endpoint.path() + "?e=pv")) : post(endpoint.path(), "{}");
            assertEquals(endpoint.acknowledgement().status(), answer.statusCode(), endpoint.path());
            assertArrayEquals(endpoint.acknowledgement().body(), answer.body(), endpoint.path());
            assertTrue(written().contains("\"format\":\"" + endpoint.format() + "\""));
        }
        assertEquals(200, post("/batch/", "{}").statusCode());
        assertEquals(404, post("/other", "{}").statusCode());
    }

    @Test
    void aRequestIsWrittenDownOnOneLineWithoutItsSecrets() throws Exception {
        HttpResponse<byte[]> answer = send(to("/v1/batch")
                .header("Authorization", "Basic c2VjcmV0Og==")
                .header("Cookie", "session=s3cr3t; analytics_opt_out=1")
                .header("Sec-GPC", "1")
                .header("X-Forwarded-For", "192.0.2.7")
                .header("User-Agent", "analytics-node/2")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"a\":\n\"é\"}")));
        assertEquals(200, answer.statusCode());
        assertEquals(
                START
                        + "\"sec-gpc\":[\"1\"],\"user-agent\":[\"analytics-node/2\"],\"x-forwarded-for\":[\"192.0.2.7\"],"
                        + "\"cookie\":[\"analytics_opt_out=1\"]},\"body\":\"{\\\"a\\\":\\n\\\"é\\\"}\"}",
                written());
        send(to("/matomo.php?idsite=1&token_auth=s3cr3t&rec=1"));
        assertTrue(written().contains("\"query\":\"idsite=1&rec=1\""));
    }

    @Test
    void anonymousTrackingWritesNoAddress() throws Exception {
        send(to("/i?e=pv").header("SP-Anonymous", "*").header("X-Forwarded-For", "192.0.2.7"));
        String record = written();
        assertFalse(record.contains("192.0.2.7"));
        assertFalse(record.contains("peer"));
    }

    @Test
    void gzipIsUnpackedWhateverIsDeclaredAndOnlyUpToTheLimit() throws Exception {
        byte[] packed = gzip("{\"batch\":[]}".getBytes(StandardCharsets.UTF_8));
        for (String encoding : List.of("gzip", "identity")) {
            assertEquals(
                    200,
                    send(to("/v1/batch")
                                    .header("Content-Encoding", encoding)
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(packed)))
                            .statusCode());
            assertTrue(written().contains("{\\\"batch\\\":[]}"));
        }
        byte[] bomb = gzip(new byte[10_000_000]);
        assertTrue(bomb.length < 100_000);
        assertEquals(
                413,
                send(to("/v1/batch").POST(HttpRequest.BodyPublishers.ofByteArray(bomb)))
                        .statusCode());
        assertEquals(413, post("/v1/batch", "x".repeat(100_001)).statusCode());
        assertEquals(
                400,
                send(to("/v1/batch").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {0x1F, (byte) 0x8B, 1})))
                        .statusCode());
        assertEquals(
                415,
                send(to("/v1/batch").header("Content-Encoding", "br").POST(HttpRequest.BodyPublishers.ofString("x")))
                        .statusCode());
        assertTrue(topic.records.isEmpty());
    }

    @Test
    void onlyWhatKafkaAcknowledgedIsAcknowledged() throws Exception {
        topic.down = true;
        HttpResponse<byte[]> answer = post("/v1/batch", "{}");
        assertEquals(503, answer.statusCode());
        assertEquals("5", answer.headers().firstValue("Retry-After").orElse(""));
    }

    @Test
    void aNetworkThatSendsTooMuchWaits() throws Exception {
        server.close();
        server = start(2);
        for (int i = 0; i < 4; i++) {
            assertEquals(200, post("/v1/track", "{}").statusCode());
        }
        HttpResponse<byte[]> answer = post("/v1/track", "{}");
        assertEquals(429, answer.statusCode());
        assertEquals("1", answer.headers().firstValue("Retry-After").orElse(""));
    }

    @Test
    void browsersOfOtherOriginsMaySend() throws Exception {
        HttpResponse<byte[]> preflight = send(to("/v1/track")
                .header("Origin", "https://www.example.com")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertEquals(204, preflight.statusCode());
        assertEquals(
                "https://www.example.com",
                preflight.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
        assertEquals(
                "true",
                preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Credentials")
                        .orElse(""));
        assertTrue(
                preflight.headers().firstValue("Access-Control-Allow-Methods").isPresent());
    }

    @Test
    void itServesTheWordOnPrivacyControl() throws Exception {
        assertEquals(
                "{\"gpc\":true,\"lastUpdate\":\"2024-01-10\"}",
                new String(send(to("/.well-known/gpc.json")).body(), StandardCharsets.UTF_8));
    }
}
