package io.sluice.sinks.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that answers {@code _bulk}, and what the sink asks before it, as a test wants it to, and keeps documents as
 * Elasticsearch does: {@code create} by id, and only in an index that is there.
 */
final class BulkStandIn implements AutoCloseable {
    /** Stands in every reason text, as a value of a record would; it must show nowhere. */
    static final String VALUE_IN_REASON = "canary-in-reason-text";

    static {
        // Else each answer waits for the client's delayed acknowledgement of its head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Set<String> indices = ConcurrentHashMap.newKeySet();
    private final List<List<String>> bulks = new CopyOnWriteArrayList<>();
    private volatile Mood mood = ids -> Reply.HONEST;
    private volatile String seenAuthorization = "";

    /** How to answer a bulk. */
    interface Mood {
        Reply reply(List<String> ids);
    }

    /** A fault of one item. */
    record Fault(int status, String type) {}

    /**
     * What to do with a bulk.
     *
     * @param status of the whole answer
     * @param apply whether the documents without a fault are kept
     * @param end what happens to the connection
     * @param faults by document id
     */
    record Reply(int status, boolean apply, End end, Map<String, Fault> faults) {
        static final Reply HONEST = new Reply(200, true, End.ANSWER, Map.of());

        static Reply status(int status) {
            return new Reply(status, false, End.ANSWER, Map.of());
        }

        static Reply faults(Map<String, Fault> faults) {
            return new Reply(200, true, End.ANSWER, faults);
        }
    }

    /** How an exchange ends. */
    enum End {
        ANSWER,
        DROP,
        SILENCE,
        HALF_AN_ANSWER
    }

    BulkStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    void set(Mood wanted) {
        mood = wanted;
    }

    ElasticsearchConnection connection() {
        return new ElasticsearchConnection(
                List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                null,
                new Credentials.User("writer", Secret.of("hidden-pw".toCharArray())),
                "");
    }

    /** Documents by id. */
    Map<String, String> documents() {
        return documents;
    }

    /** The ids of every bulk that came in. */
    List<List<String>> bulks() {
        return bulks;
    }

    Set<String> indices() {
        return indices;
    }

    String authorization() {
        return seenAuthorization;
    }

    private void handle(HttpExchange exchange) throws IOException {
        seenAuthorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/_bulk")) {
            bulk(exchange, body.split("\n"));
        } else if (exchange.getRequestMethod().equals("PUT") && path.indexOf('/', 1) < 0) {
            boolean made = indices.add(path.substring(1));
            answer(
                    exchange,
                    made ? 200 : 400,
                    made ? "{}" : "{\"error\":{\"type\":\"resource_already_exists_exception\"}}");
        } else {
            answer(exchange, exchange.getRequestMethod().equals("GET") ? 404 : 200, "{}");
        }
    }

    private void bulk(HttpExchange exchange, String[] lines) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < lines.length; i += 2) {
            ids.add(JSON.readTree(lines[i]).at("/create/_id").asText());
        }
        bulks.add(ids);
        Reply reply = mood.reply(ids);
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < lines.length; i += 2) {
            items.append(items.isEmpty() ? "" : ",").append(item(JSON.readTree(lines[i]), lines[i + 1], reply));
        }
        String text = "{\"took\":1,\"errors\":true,\"items\":[" + items + "]}";
        switch (reply.end()) {
            case ANSWER -> answer(exchange, reply.status(), reply.status() == 200 ? text : whole(reply.status()));
            case HALF_AN_ANSWER -> answer(exchange, 200, text.substring(0, text.length() / 2));
            case DROP -> exchange.close();
            case SILENCE -> silence(exchange);
        }
    }

    private static String whole(int status) {
        return "{\"error\":{\"type\":\"x\",\"reason\":\"" + VALUE_IN_REASON + "\"},\"status\":" + status + "}";
    }

    private String item(JsonNode action, String document, Reply reply) {
        String id = action.at("/create/_id").asText();
        Fault fault = reply.faults().get(id);
        if (fault == null && !indices.contains(action.at("/create/_index").asText())) {
            fault = new Fault(404, "index_not_found_exception");
        }
        if (fault == null && reply.apply() && documents.putIfAbsent(id, document) != null) {
            fault = new Fault(409, "version_conflict_engine_exception");
        }
        return fault == null
                ? "{\"create\":{\"_id\":\"" + id + "\",\"status\":201}}"
                : "{\"create\":{\"_id\":\"" + id + "\",\"status\":" + fault.status() + ",\"error\":{\"type\":\""
                        + fault.type() + "\",\"reason\":\"" + VALUE_IN_REASON
                        + "\",\"caused_by\":{\"type\":\"illegal_argument_exception\",\"reason\":\"" + VALUE_IN_REASON
                        + "\"}}}}";
    }

    private void silence(HttpExchange exchange) {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Quick settings for tests: small bulks, waits of milliseconds. */
    static SinkSettings quick() {
        return new SinkSettings(
                100,
                1L << 20,
                3,
                1_000,
                4L << 20,
                Duration.ofMillis(20),
                Duration.ofSeconds(1),
                new BackOff(Duration.ofMillis(2), Duration.ofMillis(50)),
                Duration.ofMinutes(1));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
