package io.sluice.console.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.sluice.console.accounts.Accounts;
import io.sluice.console.accounts.Login;
import io.sluice.console.accounts.Sessions;
import io.sluice.console.audit.Refusals;
import io.sluice.console.overview.UsageOverview;
import io.sluice.console.policies.Activations;
import io.sluice.console.policies.ActiveSignals;
import io.sluice.console.policies.Shadows;
import io.sluice.console.promises.LiveFigures;
import io.sluice.console.requests.OptOuts;
import java.io.IOException;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The HTTP server in front of the logic.
 *
 * <p>Guarantees: every answer, an error too, has the headers that keep it out of caches and frames, and its scripts
 * from anywhere but here; a request is at most 64 KiB, a policy 900.
 */
public final class WebServer implements AutoCloseable {
    private static final long LARGEST_REQUEST = 64 * 1024;

    /** Headers of every answer. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=()",
            "Cache-Control",
            "no-store");

    private final Javalin javalin;

    private WebServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * What the server answers from.
     *
     * @param registerRead whether the consent register has been read
     */
    public record Logic(
            Accounts accounts,
            Sessions sessions,
            Login login,
            Refusals refusals,
            UsageOverview overview,
            ActiveSignals signals,
            OptOuts optOuts,
            Activations activations,
            Shadows shadows,
            LiveFigures figures,
            BooleanSupplier registerRead) {}

    /**
     * Starts to listen.
     *
     * @param secure whether browsers come by HTTPS
     * @throws IOException if the port is taken or the address not ours
     */
    public static WebServer start(String host, int port, boolean secure, Logic logic) throws IOException {
        Caller caller = new Caller(logic.sessions(), logic.refusals(), secure);
        Api api = new Api(
                caller,
                logic.login(),
                logic.accounts(),
                logic.refusals(),
                logic.overview(),
                logic.signals(),
                logic.registerRead());
        OptOutApi optOuts = new OptOutApi(caller, logic.optOuts());
        PolicyApi policies = new PolicyApi(caller, logic.activations(), logic.shadows());
        PromisesApi promises = new PromisesApi(caller, logic.figures());
        Javalin javalin = Javalin.create(config -> {
            settings(config);
            config.routes.before(WebServer::headers);
            pages(config);
            api.register(config.routes);
            optOuts.register(config.routes);
            policies.register(config.routes);
            promises.register(config.routes);
        });
        try {
            javalin.start(host, port);
        } catch (JavalinBindException e) {
            throw new IOException(
                    "The server cannot listen on " + host + ":" + port + " (" + innermost(e)
                            + "): stop the program that listens there, or choose another in server.host or server.port.",
                    e);
        }
        return new WebServer(javalin);
    }

    /** The system's own word, such as "Address already in use". */
    private static String innermost(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static void settings(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.maxRequestSize = LARGEST_REQUEST;
        config.http.generateEtags = false;
        config.http.defaultContentType = "text/plain; charset=utf-8";
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    }

    private static void headers(Context context) {
        HEADERS.forEach(context::header);
    }

    private static void pages(JavalinConfig config) {
        PageFiles files = new PageFiles();
        config.routes.get("/", context -> files.answer(context, "index.html"));
        for (String name : PageFiles.names()) {
            config.routes.get("/page/" + name, context -> files.answer(context, name));
        }
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
