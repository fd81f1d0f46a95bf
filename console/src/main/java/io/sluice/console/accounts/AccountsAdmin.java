package io.sluice.console.accounts;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;

/** Provisions accounts in the server's file from outside the server: what {@code up} does before it starts. */
public final class AccountsAdmin {
    private final Accounts accounts;

    /** @param file the {@code accounts-file} of the server's configuration */
    public AccountsAdmin(Path file) {
        this.accounts = new Accounts(file, new SecureRandom());
    }

    /**
     * Makes an account unless there is one of that name, whose password and roles stay as they are.
     *
     * @return whether it was made
     * @throws AccountProblem if the name or the password will not do, or the file cannot be written
     */
    public boolean ensure(String name, Set<Role> roles, char[] password) throws AccountProblem {
        return accounts.addIfAbsent(name, roles, password);
    }
}
