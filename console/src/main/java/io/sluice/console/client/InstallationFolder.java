package io.sluice.console.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a client reads from the folder of {@code up}: where the server is, and the passwords of its accounts.
 *
 * <pre>
 * DIR/endpoints.json   {"server": "http://127.0.0.1:8480", …}
 * DIR/passwords.json   {"server": {"officer": "…", …}, …}
 * </pre>
 *
 * @param dir the folder, {@code .sluice} by default
 */
public record InstallationFolder(Path dir) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where the server listens. */
    public URI server() throws ServerProblem {
        JsonNode url = read("endpoints.json", "start it with `sluice up`, or name a server with --server")
                .path("server");
        if (!url.isTextual()) {
            throw new ServerProblem(
                    "No server runs for the folder " + dir + "; start it with `sluice up`, or name one with --server.");
        }
        return URI.create(url.asText());
    }

    /** The password of an account of the server. */
    public char[] password(String account) throws ServerProblem {
        JsonNode password = read("passwords.json", "ask its owner for the right to read it")
                .path("server")
                .path(account);
        if (!password.isTextual()) {
            throw new ServerProblem("The password file of " + dir + " has no account " + account
                    + " of the server; log in with another.");
        }
        return password.asText().toCharArray();
    }

    private JsonNode read(String name, String advice) throws ServerProblem {
        Path file = dir.resolve(name);
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ServerProblem("The file " + file + " cannot be read; " + advice + ".", e);
        }
    }
}
