package io.sluice.console.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The failed logins of the last minutes, by account and by address, and how long the next one has to wait.
 *
 * <p>Guarantees: after {@value #FREE} failures of an account ({@value #FREE_OF_ADDRESS} from an address) each further
 * one doubles the wait, from one second to a quarter of an
 * hour; an attempt during the wait is refused without looking at its password. Does not guarantee: that its owner can
 * log in while somebody else keeps guessing at an account.
 *
 * <p>Thread-safe, bounded.
 */
public final class FailedLogins {
    /** How many failures of one account have no consequence. */
    public static final int FREE = 5;

    /** How many failures from one address have none: behind a proxy, or on loopback, it stands for many people. */
    public static final int FREE_OF_ADDRESS = 50;

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int MOST = 10_000;

    private final Clock clock;

    /** Oldest failure first. */
    private final Map<String, Failures> bySubject = new LinkedHashMap<>();

    private record Failures(int count, Instant last, Instant until) {}

    public FailedLogins(Clock clock) {
        this.clock = clock;
    }

    /** How long this account or address has to wait yet; zero if it may try now. */
    public synchronized Duration remaining(String account, String address) {
        Instant now = clock.instant();
        Duration one = remaining(now, bySubject.get("account " + account));
        Duration other = remaining(now, bySubject.get("address " + address));
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Notes a failed login. */
    public synchronized void failed(String account, String address) {
        note("account " + account, FREE);
        note("address " + address, FREE_OF_ADDRESS);
    }

    /** Forgets an account's failures, for it has logged in; its address keeps its own. */
    public synchronized void succeeded(String account) {
        bySubject.remove("account " + account);
    }

    private static Duration remaining(Instant now, @Nullable Failures failures) {
        if (failures == null || !now.isBefore(failures.until())) {
            return Duration.ZERO;
        }
        return Duration.between(now, failures.until());
    }

    private void note(String subject, int free) {
        Instant now = clock.instant();
        Failures old = bySubject.remove(subject);
        int count = old == null || now.isAfter(old.last().plus(LONGEST)) ? 1 : old.count() + 1;
        Duration wait = count <= free ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(count - free - 1, 20));
        bySubject.put(subject, new Failures(count, now, now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait)));
        while (bySubject.size() > MOST) {
            bySubject.remove(bySubject.keySet().iterator().next());
        }
    }
}
