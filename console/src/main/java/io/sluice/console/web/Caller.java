package io.sluice.console.web;

import io.javalin.http.Context;
import io.sluice.console.accounts.Role;
import io.sluice.console.accounts.Session;
import io.sluice.console.accounts.Sessions;
import io.sluice.console.audit.Refusals;
import io.sluice.console.audit.Refusals.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: the account behind a request's session.
 *
 * <p>A command sends its token as {@code Authorization: Bearer}. A browser sends it as a cookie, without being asked, so
 * it must show in addition that one of our own pages asks: by the CSRF token, which only a page of the same origin can
 * have read, and by {@code Sec-Fetch-Site}.
 *
 * <p>Guarantees: no request that changes something passes by its cookie alone; what is refused to a session is in the
 * audit log. Does not guarantee: anything against a
 * script that runs within our own page; the content security policy is there for that.
 */
final class Caller {
    static final String COOKIE = "sluice_session";
    static final String CSRF_HEADER = "X-CSRF-Token";
    private static final String BEARER = "Bearer ";
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Sessions sessions;
    private final Refusals refusals;
    private final boolean secure;

    /** @param secure whether cookies travel by HTTPS alone */
    Caller(Sessions sessions, Refusals refusals, boolean secure) {
        this.sessions = sessions;
        this.refusals = refusals;
        this.secure = secure;
    }

    /** The session of one who may, whatever the role. */
    Session anybody(Context context) {
        return any(context, EnumSet.allOf(Role.class));
    }

    /** The session of one who has any of the roles; refuses others. */
    Session any(Context context, Set<Role> roles) {
        Session session = session(context).orElseThrow(() -> new ApiRefusal(401, "Log in first."));
        if (!session.mayAny(roles)) {
            refusals.ofSession(new Refusal(session.account(), route(context), 403, "role"));
            String needed = roles.stream().sorted().map(Role::label).collect(Collectors.joining(" or "));
            throw new ApiRefusal(403, "This needs an account with the role " + needed + ".");
        }
        return session;
    }

    /** Refuses what another site's page sends; what is no browser sends no such header. */
    static void refuseCrossSite(Context context) {
        String site = context.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new ApiRefusal(403, "This request comes from another site's page.");
        }
    }

    /** Ends the request's session. */
    void leave(Context context) {
        Optional.ofNullable(token(context)).ifPresent(sessions::close);
        context.header("Set-Cookie", cookie("", 0));
    }

    /** Hands the session to the browser. */
    void enter(Context context, String token) {
        context.header("Set-Cookie", cookie(token, Sessions.LIFETIME.toSeconds()));
    }

    private Optional<Session> session(Context context) {
        String token = token(context);
        if (token == null) {
            return Optional.empty();
        }
        Optional<Session> session = sessions.find(token);
        boolean changes = !READING.contains(context.method().name());
        if (session.isPresent() && changes && bearer(context) == null) {
            refuseForeign(context, session.get());
        }
        return session;
    }

    /** Refuses what a browser may have been made to send; so another site's page can make lines, but not many. */
    private void refuseForeign(Context context, Session session) {
        try {
            refuseCrossSite(context);
            refuseWithoutToken(context, session);
        } catch (ApiRefusal e) {
            refusals.ofAnybody(new Refusal(session.account(), route(context), e.status(), "not-our-page"));
            throw e;
        }
    }

    /** The route as the server names it: an address may hold what somebody typed. */
    static String route(Context context) {
        return context.method().name() + " " + context.endpoint().path;
    }

    private static void refuseWithoutToken(Context context, Session session) {
        String shown = Optional.ofNullable(context.header(CSRF_HEADER)).orElse("");
        if (!MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), session.csrf().getBytes(StandardCharsets.UTF_8))) {
            throw new ApiRefusal(403, "The request lacks the CSRF token of its session; load the page again.");
        }
    }

    private static @Nullable String token(Context context) {
        String bearer = bearer(context);
        return bearer != null ? bearer : context.cookie(COOKIE);
    }

    private static @Nullable String bearer(Context context) {
        String header = context.header("Authorization");
        return header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : null;
    }

    private String cookie(String value, long seconds) {
        return COOKIE + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : "");
    }
}
