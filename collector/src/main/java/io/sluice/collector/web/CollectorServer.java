package io.sluice.collector.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.sluice.collector.CollectorConfig;
import io.sluice.collector.kafka.RawTopic;
import io.sluice.collector.request.Acknowledgement;
import io.sluice.collector.request.Addresses;
import io.sluice.collector.request.Cors;
import io.sluice.collector.request.Endpoint;
import io.sluice.collector.request.RateLimit;
import io.sluice.collector.request.ReceivedRequest;
import io.sluice.collector.request.RequestWriting;
import io.sluice.collector.request.Unpacking;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the collector.
 *
 * <p>Guarantees: it acknowledges only what Kafka has acknowledged, and answers 503 to all else that it would have taken,
 * so that a tracker tries again; nothing of a request is logged or stands in an answer.
 */
public final class CollectorServer implements AutoCloseable {
    /** Beyond it the boundary would quarantine the record, so the sender is told while it can still be told. */
    private static final int LARGEST_RECORD = 1024 * 1024;

    private static final String RETRY_AFTER = "Retry-After";
    private static final Logger LOG = LoggerFactory.getLogger(CollectorServer.class);

    private final CollectorConfig config;
    private final RawTopic topic;
    private final Clock clock;
    private final Unpacking unpacking;
    private final RequestWriting writing;
    private final Addresses addresses;
    private final RateLimit rate;
    private final Cors cors;
    private final Javalin javalin;

    private CollectorServer(CollectorConfig config, RawTopic topic, Clock clock) {
        this.config = config;
        this.topic = topic;
        this.clock = clock;
        this.unpacking = new Unpacking(config.largestBody());
        this.writing = new RequestWriting(config.optOutCookie());
        this.addresses = new Addresses(
                config.trustedProxies().stream().map(Addresses.Network::of).toList());
        this.rate = new RateLimit(config.requestsPerSecond(), clock);
        this.cors = new Cors(config.origins());
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Starts to listen.
     *
     * @param topic where requests go; closed by {@link #close()}
     * @throws IOException if the port is taken or the address not ours
     */
    public static CollectorServer start(CollectorConfig config, RawTopic topic, Clock clock) throws IOException {
        CollectorServer server = new CollectorServer(config, topic, clock);
        try {
            server.javalin.start(config.host(), config.port());
        } catch (JavalinBindException e) {
            topic.close();
            throw new IOException(
                    "The collector cannot listen on " + config.host() + ":" + config.port() + " (" + innermost(e)
                            + "): stop the program that listens there, or choose another in listen.host or listen.port.",
                    e);
        }
        return server;
    }

    /** The system's own word, such as "Address already in use". */
    private static String innermost(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private void configure(JavalinConfig settings) {
        settings.startup.showJavalinBanner = false;
        settings.startup.showOldJavalinVersionWarning = false;
        settings.http.generateEtags = false;
        settings.http.maxRequestSize = config.largestBody();
        settings.http.defaultContentType = "text/plain; charset=utf-8";
        settings.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        for (Endpoint endpoint : Endpoint.all()) {
            if (endpoint.method().equals("GET")) {
                settings.routes.get(endpoint.path(), context -> take(endpoint, context));
            } else {
                settings.routes.post(endpoint.path(), context -> take(endpoint, context));
            }
        }
        Endpoint.all().stream()
                .map(Endpoint::path)
                .distinct()
                .forEach(path -> settings.routes.options(path, context -> {
                    allow(context, true);
                    context.status(204);
                }));
        settings.routes.get("/health", context -> json(context, "{\"status\":\"up\"}"));
        settings.routes.get(
                "/.well-known/gpc.json",
                context -> json(context, "{\"gpc\":true,\"lastUpdate\":\"" + config.gpcLastUpdate() + "\"}"));
        settings.routes.exception(Exception.class, (fault, context) -> {
            LOG.warn("A request failed ({})", fault.getClass().getSimpleName());
            context.status(500).result("");
        });
        settings.routes.error(404, context -> context.result("no tracker's path"));
    }

    private static void json(Context context, String body) {
        context.contentType("application/json").result(body);
    }

    private void allow(Context context, boolean preflight) {
        String origin = context.req().getHeader("Origin");
        cors.headers(origin == null ? "" : origin, preflight).forEach(context::header);
        context.header("Cache-Control", "no-store");
        context.header("X-Content-Type-Options", "nosniff");
        // A picture or a beacon may be asked for by any site.
        context.header("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private void take(Endpoint endpoint, Context context) throws IOException {
        allow(context, false);
        ReceivedRequest bare = received(context, new byte[0]);
        if (!rate.take(addresses.networkOf(bare))) {
            context.header(RETRY_AFTER, "1");
            context.status(429).result("too many requests");
            return;
        }
        byte[] record;
        try {
            String encoding = context.req().getHeader("Content-Encoding");
            byte[] body = endpoint.method().equals("GET")
                    ? new byte[0]
                    : unpacking.read(context.req().getInputStream(), encoding == null ? "" : encoding);
            record = writing.write(endpoint, received(context, body), clock.instant());
        } catch (Unpacking.Refused e) {
            context.status(e.status()).result(String.valueOf(e.getMessage()));
            return;
        }
        if (record.length > LARGEST_RECORD) {
            context.status(413).result("a request has at most " + LARGEST_RECORD + " bytes as it is written down");
            return;
        }
        CompletableFuture<Void> written = topic.write(record);
        context.future(() -> written.handle((done, fault) -> {
            answer(endpoint.acknowledgement(), fault, context);
            return null;
        }));
    }

    private static void answer(Acknowledgement acknowledgement, @Nullable Throwable fault, Context context) {
        if (fault != null) {
            LOG.warn("Kafka did not take a request ({})", fault.getClass().getSimpleName());
            context.header(RETRY_AFTER, "5");
            context.status(503).result("try again");
            return;
        }
        context.status(acknowledgement.status()).contentType(acknowledgement.contentType());
        context.result(acknowledgement.body());
    }

    private static ReceivedRequest received(Context context, byte[] body) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(context.req().getHeaderNames())) {
            headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                    .addAll(Collections.list(context.req().getHeaders(name)));
        }
        String query = context.req().getQueryString();
        String peer = context.req().getRemoteAddr();
        return new ReceivedRequest(
                context.path(),
                query == null ? "" : query,
                headers,
                peer.startsWith("[") && peer.endsWith("]") ? peer.substring(1, peer.length() - 1) : peer,
                body);
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Where a tracker on this machine finds it. */
    public URI url() {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return URI.create("http://" + host + ":" + port() + "/");
    }

    @Override
    public void close() {
        javalin.stop();
        topic.close();
    }
}
