package io.sluice.console.accounts;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The way from a name and a password to a session.
 *
 * <p>Guarantees: an unknown name and a wrong password give the same answer in the same time; guessing is slowed down by
 * {@link FailedLogins}; no more than two passwords are checked at a time, so that a flood of logins takes 40 MiB and no
 * more. Does not guarantee: anything once a password is known to somebody else.
 *
 * <p>Thread-safe.
 */
public final class Login {
    private static final int AT_ONCE = 2;

    private final Accounts accounts;
    private final Sessions sessions;
    private final FailedLogins failures;
    private final Semaphore checks = new Semaphore(AT_ONCE, true);

    public Login(Accounts accounts, Sessions sessions, FailedLogins failures) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.failures = failures;
    }

    /** What became of a login. */
    public sealed interface Result {
        /** It was right. */
        record Accepted(Sessions.Opened opened) implements Result {}

        /** Name or password is wrong; which of them is not said. */
        record Refused() implements Result {}

        /** Too many failures; the password was not looked at. */
        record Throttled(Duration remaining) implements Result {}
    }

    /**
     * Tries to log in.
     *
     * @param address where the attempt comes from
     * @throws AccountProblem if the accounts cannot be read
     */
    public Result attempt(String name, char[] password, String address) throws AccountProblem {
        // What cannot be a name is not remembered as one: it may be anything, a password typed into the wrong field
        // too.
        String known = Account.isName(name) ? name : "";
        Duration remaining = failures.remaining(known, address);
        if (!remaining.isZero()) {
            return new Result.Throttled(remaining);
        }
        checks.acquireUninterruptibly();
        Optional<Account> account;
        try {
            account = accounts.verify(known, password);
        } finally {
            checks.release();
        }
        if (account.isEmpty()) {
            failures.failed(known, address);
            return new Result.Refused();
        }
        failures.succeeded(known);
        return new Result.Accepted(sessions.open(account.get()));
    }
}
