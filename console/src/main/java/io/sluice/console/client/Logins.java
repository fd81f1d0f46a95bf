package io.sluice.console.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens of one person's logins, by server, in a file of mode 0600.
 *
 * <p>Guarantees: a password is never in it; who reads the file may act as its owner until the token ends. Not
 * thread-safe.
 */
public final class Logins {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Clock clock;

    public Logins(Path file, Clock clock) {
        this.file = file.toAbsolutePath();
        this.clock = clock;
    }

    /**
     * The logins of the user of this process.
     *
     * @param environment {@code XDG_CONFIG_HOME} or {@code HOME} says where
     */
    public static Logins ofUser(Map<String, String> environment, Clock clock) {
        String config = environment.get("XDG_CONFIG_HOME");
        Path folder = config != null && !config.isBlank()
                ? Path.of(config)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config");
        return new Logins(folder.resolve("sluice").resolve("logins.json"), clock);
    }

    /** The token for a server, if there is one and it has not ended. */
    public Optional<String> find(URI server) throws ServerProblem {
        JsonNode login = read().path(server.toString());
        if (!login.isObject()
                || !clock.instant().isBefore(Instant.parse(login.path("expires").asText()))) {
            return Optional.empty();
        }
        return Optional.of(login.path("token").asText());
    }

    /** Keeps a token. */
    public void keep(URI server, String account, String token, Instant expires) throws ServerProblem {
        ObjectNode all = read();
        all.putObject(server.toString())
                .put("account", account)
                .put("token", token)
                .put("expires", expires.toString());
        write(all);
    }

    private ObjectNode read() throws ServerProblem {
        if (!Files.exists(file)) {
            return JSON.createObjectNode();
        }
        try {
            if (JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode all) {
                return all;
            }
            throw new IOException("no object");
        } catch (IOException e) {
            throw new ServerProblem("The logins file " + file + " cannot be read; delete it and log in again.", e);
        }
    }

    private void write(ObjectNode all) throws ServerProblem {
        Path folder = file.resolveSibling(".");
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(
                    folder,
                    "logins",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.write(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new ServerProblem("The logins file " + file + " cannot be written; look at its folder's rights.", e);
        }
    }
}
