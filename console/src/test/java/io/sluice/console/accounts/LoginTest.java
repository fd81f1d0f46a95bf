package io.sluice.console.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.console.HandSetClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
    private static final char[] PASSWORD = "correct horse".toCharArray();
    private static final char[] WRONG = "wrong battery".toCharArray();

    @TempDir
    Path dir;

    private final HandSetClock clock = new HandSetClock();
    private final Sessions sessions = new Sessions(new SecureRandom(), clock);
    private Login login = login(Path.of("unset"));

    private Login login(Path file) {
        return new Login(new Accounts(file, new SecureRandom()), sessions, new FailedLogins(clock));
    }

    @BeforeEach
    void open() throws AccountProblem {
        Path file = dir.resolve("accounts.json");
        new AccountsAdmin(file).ensure("ana", EnumSet.of(Role.ANALYST), PASSWORD);
        login = login(file);
    }

    private static Sessions.Opened accepted(Login.Result result) {
        return assertInstanceOf(Login.Result.Accepted.class, result).opened();
    }

    @Test
    void opensASessionThatEndsAfterTwelveHoursOrAtLogout() throws AccountProblem {
        Sessions.Opened one = accepted(login.attempt("ana", PASSWORD, "192.0.2.1"));
        Sessions.Opened other = accepted(login.attempt("ana", PASSWORD, "192.0.2.1"));
        assertEquals(43, one.token().length());
        assertEquals("ana", sessions.find(one.token()).orElseThrow().account());

        sessions.close(one.token());
        assertTrue(sessions.find(one.token()).isEmpty());
        clock.pass(Sessions.LIFETIME.minusMillis(1));
        assertTrue(sessions.find(other.token()).isPresent());
        clock.pass(Duration.ofMillis(1));
        assertTrue(sessions.find(other.token()).isEmpty());
        assertTrue(sessions.find("").isEmpty());
    }

    @Test
    void refusesEvenTheRightPasswordAfterTooManyWrongOnesAndTakesItWhenTheWaitIsOver() throws AccountProblem {
        for (int i = 0; i <= FailedLogins.FREE; i++) {
            assertInstanceOf(Login.Result.Refused.class, login.attempt("ana", WRONG, "192.0.2.1"));
        }
        Login.Result.Throttled throttled =
                assertInstanceOf(Login.Result.Throttled.class, login.attempt("ana", PASSWORD, "192.0.2.2"));
        assertEquals(Duration.ofSeconds(1), throttled.remaining());
        clock.pass(Duration.ofSeconds(1));
        accepted(login.attempt("ana", PASSWORD, "192.0.2.2"));
        assertInstanceOf(Login.Result.Refused.class, login.attempt("ana", WRONG, "192.0.2.2"));
    }

    @Test
    void waitsTwiceAsLongAfterEachFurtherFailureButNeverOverAQuarterOfAnHour() {
        FailedLogins failures = new FailedLogins(clock);
        Duration before = Duration.ZERO;
        for (int i = 0; i < 40; i++) {
            failures.failed("ana", "192.0.2.1");
            Duration wait = failures.remaining("ana", "192.0.2.9");
            assertTrue(wait.compareTo(before) >= 0 && wait.compareTo(Duration.ofMinutes(15)) <= 0, wait.toString());
            before = wait;
        }
        assertEquals(Duration.ofMinutes(15), before);
        assertEquals(Duration.ZERO, failures.remaining("bob", "192.0.2.9"));
    }

    @Test
    void slowsDownOneWhoTriesManyNames() {
        FailedLogins failures = new FailedLogins(clock);
        for (int i = 0; i <= FailedLogins.FREE_OF_ADDRESS; i++) {
            failures.failed("name" + i, "192.0.2.1");
        }
        assertEquals(Duration.ofSeconds(1), failures.remaining("another", "192.0.2.1"));
        assertEquals(Duration.ZERO, failures.remaining("another", "192.0.2.2"));
    }
}
