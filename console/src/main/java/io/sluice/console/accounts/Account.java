package io.sluice.console.accounts;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * One who may log in.
 *
 * @param name 1 to 64 characters of {@code a-z}, {@code 0-9}, {@code .}, {@code _}, {@code -}
 * @param roles at least one
 * @param password the hash of the password
 */
public record Account(String name, Set<Role> roles, PasswordHash password) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    public Account {
        if (!isName(name)) {
            throw new IllegalArgumentException("an account name has 1 to 64 characters of a-z 0-9 . _ -");
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("an account needs at least one role of " + Role.labels());
        }
        roles = Set.copyOf(roles);
    }

    /** Whether an account may bear this name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
