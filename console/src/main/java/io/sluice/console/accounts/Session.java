package io.sluice.console.accounts;

import java.time.Instant;
import java.util.Set;

/**
 * One login that is still good.
 *
 * @param account its account's name
 * @param roles the roles that the account had at login
 * @param csrf what a browser must send beside its cookie when it changes something; no secret towards the page itself
 * @param expires when it ends, however busy it is
 */
public record Session(String account, Set<Role> roles, String csrf, Instant expires) {
    /** Whether one of the roles is among those that may. */
    public boolean mayAny(Set<Role> allowed) {
        return roles.stream().anyMatch(allowed::contains);
    }
}
