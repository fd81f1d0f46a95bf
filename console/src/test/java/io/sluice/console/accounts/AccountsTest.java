package io.sluice.console.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
    private static final char[] PASSWORD = "correct horse".toCharArray();

    @TempDir
    Path dir;

    private Path file = Path.of("unset");
    private Accounts accounts = new Accounts(file, new SecureRandom());

    @BeforeEach
    void open() {
        file = dir.resolve("accounts.json");
        accounts = new Accounts(file, new SecureRandom());
    }

    @Test
    void knowsAnAccountByItsPasswordAlone() throws AccountProblem {
        accounts.add("ana", EnumSet.of(Role.ANALYST, Role.OFFICER), PASSWORD);

        Account found = accounts.verify("ana", PASSWORD).orElseThrow();
        assertEquals(Set.of(Role.ANALYST, Role.OFFICER), found.roles());
        assertTrue(accounts.verify("ana", "correct horsf".toCharArray()).isEmpty());
        assertTrue(accounts.verify("ana", "correct horse\0".toCharArray()).isEmpty());
        assertTrue(accounts.verify("bob", PASSWORD).isEmpty());
        assertTrue(accounts.verify("", PASSWORD).isEmpty());
    }

    @Test
    void keepsAccountsInAFileThatItsOwnerAloneMayReadAndThatHoldsNoPassword() throws Exception {
        accounts.add("ana", EnumSet.of(Role.ANALYST), PASSWORD);

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        String text = Files.readString(file);
        assertFalse(text.contains("correct"), text);
        assertTrue(text.contains("$argon2id$v=19$m=19456,t=2,p=1$"), text);
        try (Stream<Path> left = Files.list(dir)) {
            assertEquals(
                    List.of("accounts.json", "accounts.json.lock"),
                    left.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void refusesATakenNameAWrongNameAndAShortPassword() throws AccountProblem {
        accounts.add("ana", EnumSet.of(Role.ANALYST), PASSWORD);

        assertThrows(AccountProblem.class, () -> accounts.add("ana", EnumSet.of(Role.OFFICER), PASSWORD));
        assertThrows(AccountProblem.class, () -> accounts.add("Ana B", EnumSet.of(Role.OFFICER), PASSWORD));
        assertThrows(AccountProblem.class, () -> accounts.add("bob", EnumSet.noneOf(Role.class), PASSWORD));
        assertThrows(
                AccountProblem.class, () -> accounts.add("bob", EnumSet.of(Role.OFFICER), "eleven char".toCharArray()));
        assertEquals(Set.of("ana"), accounts.all().keySet());
        assertEquals(Set.of(Role.ANALYST), accounts.find("ana").orElseThrow().roles());
    }

    @Test
    void leavesAnAccountThatIsThereAsItIs() throws AccountProblem {
        AccountsAdmin admin = new AccountsAdmin(file);
        assertTrue(admin.ensure("ana", EnumSet.of(Role.ANALYST), PASSWORD));
        assertFalse(admin.ensure("ana", EnumSet.of(Role.OFFICER), "another password".toCharArray()));
        assertTrue(accounts.verify("ana", PASSWORD).isPresent());
    }

    @Test
    void losesNoAccountWhenManyAreMadeAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Account>> tasks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String name = "user" + i;
                // Each through an object of its own, as two processes would.
                tasks.add(() -> new Accounts(file, new SecureRandom()).add(name, EnumSet.of(Role.ANALYST), PASSWORD));
            }
            for (Future<Account> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(8, accounts.all().size());
    }

    @Test
    void saysWhichFileIsBrokenAndNotWhatIsInIt() throws Exception {
        Files.writeString(file, "{\"accounts\":[{\"name\":\"ana\",\"roles\":[\"king\"],\"password\":\"secret\"}]}");
        String message =
                String.valueOf(assertThrows(AccountProblem.class, accounts::all).getMessage());
        assertTrue(message.contains(file.toString()), message);
        assertFalse(message.contains("secret"), message);
    }
}
