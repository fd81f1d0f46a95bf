package io.sluice.console.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.sluice.console.accounts.AccountProblem;
import io.sluice.console.accounts.Accounts;
import io.sluice.console.accounts.Login;
import io.sluice.console.accounts.Role;
import io.sluice.console.accounts.Session;
import io.sluice.console.audit.Refusals;
import io.sluice.console.audit.Refusals.Refusal;
import io.sluice.console.overview.FiguresUnavailable;
import io.sluice.console.overview.Overview;
import io.sluice.console.overview.Period;
import io.sluice.console.overview.UsageOverview;
import io.sluice.console.policies.ActiveSignals;
import io.sluice.redaction.rule.SignalsShown;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JSON API but for the requests of people: sessions, accounts, figures and health.
 *
 * <p>Guarantees: an error is one sentence that repeats nothing of the request. Nothing of a request is logged.
 */
final class Api {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    /** What is said of a request that no handler saw, or that was too large to look at. */
    private static final Map<Integer, String> SENTENCES = Map.of(
            404, "There is no such thing to ask for.",
            405, "This cannot be asked for in that way.",
            413, "The request is too large.");

    private final Caller caller;
    private final Login login;
    private final Accounts accounts;
    private final Refusals refusals;
    private final UsageOverview overview;
    private final ActiveSignals signals;
    private final BooleanSupplier registerRead;

    /** @param registerRead whether the consent register has been read */
    Api(
            Caller caller,
            Login login,
            Accounts accounts,
            Refusals refusals,
            UsageOverview overview,
            ActiveSignals signals,
            BooleanSupplier registerRead) {
        this.caller = caller;
        this.login = login;
        this.accounts = accounts;
        this.refusals = refusals;
        this.overview = overview;
        this.signals = signals;
        this.registerRead = registerRead;
    }

    /** Puts the API where it is asked for. */
    void register(RoutesConfig routes) {
        routes.get("/api/health", this::health);
        routes.post("/api/login", this::logIn);
        routes.post("/api/logout", this::logOut);
        routes.get("/api/me", context -> Json.answer(context, 200, account(caller.anybody(context))));
        routes.get("/api/overview", this::figures);
        routes.get("/api/accounts", this::listAccounts);
        routes.post("/api/accounts", this::addAccount);
        routes.exception(ApiRefusal.class, (e, context) -> Json.error(context, e.status(), e.sentence()));
        routes.exception(Exception.class, (e, context) -> {
            LOG.error("A request failed", new Failure(e));
            Json.error(context, 500, "The server failed at this; its log says where.");
        });
        routes.exception(HttpResponseException.class, (e, context) -> {
            // The framework's own text repeats the address.
            int status = e.getStatus();
            Json.error(context, status, SENTENCES.getOrDefault(status, "The request cannot be answered."));
        });
    }

    private void health(Context context) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", "up");
        answer.put("consentRegister", registerRead.getAsBoolean() ? "read" : "reading");
        Json.answer(context, 200, answer);
    }

    private void logIn(Context context) throws AccountProblem {
        Caller.refuseCrossSite(context);
        JsonNode request = Json.request(context);
        char[] password = Json.text(request, "password").toCharArray();
        String name = Json.text(request, "name");
        Login.Result result = login.attempt(name, password, context.ip());
        if (result instanceof Login.Result.Accepted accepted) {
            Map<String, Object> answer = account(accepted.opened().session());
            if (request.path("token").asBoolean(false)) {
                answer.put("token", accepted.opened().token());
                answer.put("expires", accepted.opened().session().expires());
            } else {
                caller.enter(context, accepted.opened().token());
            }
            Json.answer(context, 200, answer);
        } else if (result instanceof Login.Result.Throttled throttled) {
            refused(context, name, 429, "too-many-failed-logins");
            long seconds = throttled.remaining().toSeconds() + 1;
            context.header("Retry-After", Long.toString(seconds));
            throw new ApiRefusal(429, "Too many failed logins; try again in " + seconds + " seconds.");
        } else {
            refused(context, name, 401, "wrong-name-or-password");
            throw new ApiRefusal(401, "Name or password is wrong.");
        }
    }

    /** What is no account's name is not written down: it may be a password that was typed into the wrong field. */
    private void refused(Context context, String name, int status, String because) throws AccountProblem {
        String account = accounts.find(name).isPresent() ? name : Refusals.UNKNOWN;
        refusals.ofAnybody(new Refusal(account, Caller.route(context), status, because));
    }

    private void logOut(Context context) {
        caller.anybody(context);
        caller.leave(context);
        Json.answer(context, 200, Map.of());
    }

    private static Map<String, Object> account(Session session) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", session.account());
        answer.put("roles", session.roles().stream().sorted().map(Role::label).toList());
        answer.put("csrf", session.csrf());
        return answer;
    }

    /**
     * The figures, and whether the access logs of their dataset show what browsers signal.
     *
     * @param signals absent if that is not known
     */
    private record Shown(@JsonUnwrapped Overview overview, @Nullable SignalsShown signals) {}

    /** Figures of groups are for everybody in the company, so every role may ask. */
    private void figures(Context context) {
        caller.anybody(context);
        try {
            Period period = Period.of(
                    Optional.ofNullable(context.queryParam("period")).orElse("today"),
                    context.queryParam("from"),
                    context.queryParam("to"),
                    overview.today(),
                    overview.zone());
            Overview shown = overview.of(period, context.queryParam("dataset"));
            String dataset = shown.dataset();
            Json.answer(
                    context,
                    200,
                    new Shown(
                            shown, dataset == null ? null : signals.of(dataset).orElse(null)));
        } catch (Period.Problem e) {
            throw refusal(400, e);
        } catch (FiguresUnavailable e) {
            throw refusal(503, e);
        }
    }

    private void listAccounts(Context context) throws AccountProblem {
        caller.any(context, EnumSet.of(Role.OPERATOR));
        List<Map<String, Object>> list = new ArrayList<>();
        accounts.all()
                .values()
                .forEach(account -> list.add(Map.of(
                        "name",
                        account.name(),
                        "roles",
                        account.roles().stream().sorted().map(Role::label).toList())));
        Json.answer(context, 200, Map.of("accounts", list));
    }

    private void addAccount(Context context) {
        caller.any(context, EnumSet.of(Role.OPERATOR));
        JsonNode request = Json.request(context);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (JsonNode label : request.path("roles")) {
            roles.add(Role.of(label.asText())
                    .orElseThrow(() -> new ApiRefusal(400, "A role is one of " + Role.labels() + ".")));
        }
        try {
            String name = Json.text(request, "name");
            accounts.add(name, roles, Json.text(request, "password").toCharArray());
            Json.answer(context, 201, Map.of("name", name));
        } catch (AccountProblem e) {
            throw refusal(400, e);
        }
    }

    static ApiRefusal refusal(int status, Exception problem) {
        String sentence = problem.getMessage();
        return new ApiRefusal(status, sentence == null ? "" : sentence);
    }

    /** Where an exception came from, without its text, which may repeat a request. */
    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(Exception original) {
            super(original.getClass().getName());
            setStackTrace(original.getStackTrace());
        }
    }
}
