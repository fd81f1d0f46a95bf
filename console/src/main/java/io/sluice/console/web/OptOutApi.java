package io.sluice.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.sluice.console.accounts.Role;
import io.sluice.console.requests.OptOutState;
import io.sluice.console.requests.OptOuts;
import io.sluice.console.requests.RegisterUnavailable;
import io.sluice.redaction.consent.Identifier;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opt-outs over HTTP.
 *
 * <p>The identifier always travels in the body, also of a question: an address ends up in the logs of whatever stands
 * in between.
 */
final class OptOutApi {
    private static final Logger LOG = LoggerFactory.getLogger(OptOutApi.class);
    private static final Set<Role> MAY = EnumSet.of(Role.OFFICER, Role.SUPPORT);
    private static final Set<Identifier.Kind> KINDS =
            EnumSet.of(Identifier.Kind.EMAIL, Identifier.Kind.USER, Identifier.Kind.COOKIE);
    private static final int LONGEST_VALUE = 1024;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int MOST_WAITING = 32;

    private final Caller caller;
    private final OptOuts optOuts;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    OptOutApi(Caller caller, OptOuts optOuts) {
        this.caller = caller;
        this.optOuts = optOuts;
    }

    void register(RoutesConfig routes) {
        routes.post("/api/opt-outs", context -> change(context, optOuts::add));
        routes.delete("/api/opt-outs", context -> change(context, optOuts::remove));
        routes.post("/api/opt-outs/show", context -> {
            caller.any(context, MAY);
            answer(context, optOuts::show, Json.request(context));
        });
    }

    private interface Action {
        OptOutState on(Identifier person) throws RegisterUnavailable;
    }

    private void change(Context context, Action action) {
        caller.any(context, MAY);
        JsonNode request = Json.request(context);
        Duration patience = patience(request);
        answer(
                context,
                person -> {
                    OptOutState state = action.on(person);
                    LOG.info("A choice was recorded at offset {}", state.offset());
                    return patience.isZero() ? state : await(person, state, patience);
                },
                request);
    }

    private OptOutState await(Identifier person, OptOutState state, Duration patience) throws RegisterUnavailable {
        if (!waiting.tryAcquire()) {
            return state;
        }
        try {
            return optOuts.await(person, patience);
        } finally {
            waiting.release();
        }
    }

    private static void answer(Context context, Action action, JsonNode request) {
        try {
            Json.answer(context, 200, action.on(person(request)));
        } catch (RegisterUnavailable e) {
            throw Api.refusal(503, e);
        }
    }

    private static Identifier person(JsonNode request) {
        Identifier.Kind kind = Identifier.Kind.byLabel(Json.text(request, "kind"))
                .filter(KINDS::contains)
                .orElseThrow(() -> new ApiRefusal(400, "The kind is one of email, user and cookie."));
        String value = Json.text(request, "value");
        if (value.length() > LONGEST_VALUE) {
            throw new ApiRefusal(400, "The value is longer than any identifier.");
        }
        if (kind == Identifier.Kind.EMAIL && !value.contains("@")) {
            throw new ApiRefusal(400, "The value is no e-mail address; the kind may be user or cookie.");
        }
        return Identifier.of(kind, value);
    }

    /** For how many seconds the answer may wait for the choice to be in force. */
    private static Duration patience(JsonNode request) {
        JsonNode wait = request.path("wait");
        if (wait.isMissingNode()) {
            return Duration.ZERO;
        }
        if (!wait.isInt() || wait.intValue() < 0) {
            throw new ApiRefusal(400, "wait is a number of seconds, at most " + LONGEST_WAIT.toSeconds() + ".");
        }
        return Duration.ofSeconds(Math.min(wait.intValue(), LONGEST_WAIT.toSeconds()));
    }
}
