package io.sluice.console.web;

import io.javalin.config.RoutesConfig;
import io.sluice.console.accounts.Role;
import io.sluice.console.policies.PoliciesUnavailable;
import io.sluice.console.promises.LiveFigures;
import java.util.EnumSet;
import java.util.Set;

/** How what keeps the clauses of the notice fares, over HTTP; not for everybody, since an hour's counts may be small. */
final class PromisesApi {
    private static final Set<Role> MAY_LOOK = EnumSet.of(Role.OFFICER, Role.OPERATOR, Role.ENGINEER);

    private final Caller caller;
    private final LiveFigures figures;

    PromisesApi(Caller caller, LiveFigures figures) {
        this.caller = caller;
        this.figures = figures;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/promises", context -> {
            caller.any(context, MAY_LOOK);
            try {
                Json.answer(context, 200, figures.now());
            } catch (PoliciesUnavailable e) {
                throw Api.refusal(503, e);
            }
        });
    }
}
