package io.sluice.console.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.console.accounts.Role;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginsTest {
    private static final URI ONE = URI.create("http://127.0.0.1:8480/");
    private static final URI OTHER = URI.create("https://sluice.example.com/");
    private static final Instant NOON = Instant.parse("2024-01-10T12:00:00Z");

    @TempDir
    Path dir;

    private Logins at(Instant now) {
        return Logins.ofUser(Map.of("XDG_CONFIG_HOME", dir.toString()), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void keepsATokenPerServerUntilItEnds() throws Exception {
        at(NOON).keep(ONE, "ana", "token-1", NOON.plusSeconds(60));
        at(NOON).keep(OTHER, "ana", "token-2", NOON.plusSeconds(90));

        assertEquals(Optional.of("token-1"), at(NOON).find(ONE));
        assertEquals(Optional.empty(), at(NOON.plusSeconds(60)).find(ONE));
        assertEquals(Optional.of("token-2"), at(NOON.plusSeconds(60)).find(OTHER));
        Path file = dir.resolve("sluice/logins.json");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void findsServerAndPasswordInTheFolderOfUp() throws Exception {
        Files.writeString(dir.resolve("endpoints.json"), "{\"server\":\"http://127.0.0.1:8480\"}");
        Files.writeString(dir.resolve("passwords.json"), "{\"server\":{\"officer\":\"hush\"}}");
        InstallationFolder folder = new InstallationFolder(dir);
        assertEquals(URI.create("http://127.0.0.1:8480"), folder.server());
        assertEquals("hush", new String(folder.password("officer")));
        String message = String.valueOf(assertThrows(ServerProblem.class, () -> folder.password("support"))
                .getMessage());
        assertTrue(message.contains("support"), message);
    }

    @Test
    void saysWhatToDoWhenNothingRuns() {
        String message = String.valueOf(
                assertThrows(ServerProblem.class, () -> ServerClient.of(new InstallationFolder(dir), Role.OFFICER))
                        .getMessage());
        assertTrue(message.contains("sluice up"), message);
    }
}
