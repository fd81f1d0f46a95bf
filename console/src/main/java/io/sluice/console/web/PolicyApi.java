package io.sluice.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.sluice.console.accounts.Role;
import io.sluice.console.audit.AuditUnavailable;
import io.sluice.console.policies.ActivationRefused;
import io.sluice.console.policies.Activations;
import io.sluice.console.policies.PoliciesUnavailable;
import io.sluice.console.policies.Shadows;
import io.sluice.redaction.rule.PolicyFiles;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Policies going live, and one that is tried, over HTTP. */
final class PolicyApi {
    private static final Set<Role> MAY_ASK = EnumSet.of(Role.ENGINEER);
    private static final Set<Role> MAY_APPROVE = EnumSet.of(Role.ENGINEER, Role.OFFICER);
    private static final Set<Role> MAY_LOOK = EnumSet.of(Role.ENGINEER, Role.OFFICER, Role.OPERATOR);

    /** A topic's record holds a megabyte; a policy of people's hands has a tenth of that. */
    private static final int LARGEST_POLICY = 900 * 1024;

    private static final int MOST_FILES = 200;

    private final Caller caller;
    private final Activations activations;
    private final Shadows shadows;

    PolicyApi(Caller caller, Activations activations, Shadows shadows) {
        this.caller = caller;
        this.activations = activations;
        this.shadows = shadows;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/policies", context -> {
            caller.any(context, MAY_LOOK);
            answer(context, activations::active);
        });
        // Before the place in the topic, which would take its name for a number.
        routes.get("/api/policies/shadow", context -> {
            caller.any(context, MAY_LOOK);
            answer(context, shadows::state);
        });
        routes.post("/api/policies/shadow", this::shadow);
        routes.delete("/api/policies/shadow", context -> {
            String account = caller.any(context, MAY_ASK).account();
            answer(context, () -> shadows.stop(account));
        });
        routes.get("/api/policies/{offset}", context -> {
            caller.any(context, MAY_LOOK);
            long offset = offset(context.pathParam("offset"));
            answer(context, () -> activations.state(offset));
        });
        routes.post("/api/policies", this::activate);
        routes.post("/api/policies/rollback", context -> {
            String account = caller.any(context, MAY_ASK).account();
            boolean urgent = flag(Json.request(context), "urgent");
            answer(context, () -> activations.rollBack(account, urgent));
        });
        routes.post("/api/policies/approve", context -> {
            String account = caller.any(context, MAY_APPROVE).account();
            String request = Json.text(Json.request(context), "request");
            answer(context, () -> activations.approve(account, request));
        });
        routes.post("/api/policies/withdraw", context -> {
            String account = caller.any(context, MAY_APPROVE).account();
            String request = Json.text(Json.request(context), "request");
            answer(context, () -> activations.withdraw(account, request));
        });
    }

    private interface Action {
        Object run() throws ActivationRefused, PoliciesUnavailable, AuditUnavailable;
    }

    private void activate(Context context) {
        String account = caller.any(context, MAY_ASK).account();
        JsonNode request = Json.request(context, LARGEST_POLICY);
        PolicyFiles files = files(request);
        boolean urgent = flag(request, "urgent");
        boolean dryRun = flag(request, "dryRun");
        answer(context, () -> activations.activate(account, files, urgent, dryRun));
    }

    private void shadow(Context context) {
        String account = caller.any(context, MAY_ASK).account();
        JsonNode request = Json.request(context, LARGEST_POLICY);
        PolicyFiles files = files(request);
        JsonNode oneIn = request.path("oneIn");
        if (!oneIn.canConvertToInt() || oneIn.intValue() < 1 || oneIn.intValue() > Shadows.MOST_ONE_IN) {
            throw new ApiRefusal(400, "oneIn is a number from 1 to " + Shadows.MOST_ONE_IN + ".");
        }
        Duration duration = duration(request.path("seconds"));
        answer(context, () -> shadows.start(account, files, oneIn.intValue(), duration));
    }

    private static Duration duration(JsonNode seconds) {
        if (seconds.isMissingNode()) {
            return Shadows.USUAL;
        }
        if (!seconds.canConvertToLong()
                || seconds.longValue() < Shadows.SHORTEST.toSeconds()
                || seconds.longValue() > Shadows.LONGEST.toSeconds()) {
            throw new ApiRefusal(
                    400,
                    "seconds is a number from " + Shadows.SHORTEST.toSeconds() + " to " + Shadows.LONGEST.toSeconds()
                            + ".");
        }
        return Duration.ofSeconds(seconds.longValue());
    }

    private static void answer(Context context, Action action) {
        try {
            Json.answer(context, 200, action.run());
        } catch (ActivationRefused e) {
            int status =
                    switch (e.reason()) {
                        case INVALID -> 422;
                        case CONFLICT -> 409;
                        case FORBIDDEN -> 403;
                        case UNKNOWN -> 404;
                    };
            Map<String, Object> refusal = new LinkedHashMap<>();
            refusal.put("error", String.valueOf(e.getMessage()));
            if (!e.problems().isEmpty()) {
                refusal.put("problems", e.problems());
            }
            Json.answer(context, status, refusal);
        } catch (PoliciesUnavailable | AuditUnavailable e) {
            throw Api.refusal(503, e);
        }
    }

    private static PolicyFiles files(JsonNode request) {
        String main = Json.text(request, "main");
        TreeMap<String, String> files = new TreeMap<>();
        for (Map.Entry<String, JsonNode> file : request.path("files").properties()) {
            if (!file.getValue().isTextual()) {
                throw new ApiRefusal(400, "Each of the files is a text.");
            }
            files.put(file.getKey(), file.getValue().textValue());
        }
        if (!files.containsKey(main) || files.size() > MOST_FILES) {
            throw new ApiRefusal(
                    400,
                    "The request needs files, at most " + MOST_FILES + ", and main, the name of the policy's own.");
        }
        return new PolicyFiles(main, files);
    }

    private static boolean flag(JsonNode request, String name) {
        JsonNode value = request.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new ApiRefusal(400, name + " is true or false.");
        }
        return value.asBoolean(false);
    }

    private static long offset(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ApiRefusal(400, "A place in the topic is a number.");
        }
    }
}
