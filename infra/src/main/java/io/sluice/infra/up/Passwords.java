package io.sluice.infra.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.infra.process.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The passwords of one embedded stack: random, made once, in a file with mode 0600.
 *
 * <pre>
 * {"server": {"analyst": "…", …}, "kafka": {"boundary": "…", …}, "elasticsearch": {"sluice-index": "…", …}}
 * </pre>
 *
 * <p>Prints nothing of them.
 */
final class Passwords {
    static final String SERVER = "server";
    static final String KAFKA = "kafka";
    static final String ELASTICSEARCH = "elasticsearch";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BYTES = 18;

    private final ObjectNode all;

    private Passwords(ObjectNode all) {
        this.all = all;
    }

    /** Those of the file, and new ones for users that it has not; written back. */
    static Passwords open(Path file, Map<String, List<String>> users, SecureRandom random) throws IOException {
        ObjectNode all = JSON.createObjectNode();
        if (Files.exists(file) && JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode before) {
            all = before;
        }
        for (Map.Entry<String, List<String>> system : new TreeMap<>(users).entrySet()) {
            ObjectNode own = all.withObjectProperty(system.getKey());
            for (String user : system.getValue()) {
                if (!own.path(user).isTextual()) {
                    own.put(user, password(random));
                }
            }
        }
        PrivateFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
        return new Passwords(all);
    }

    private static String password(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The password of a user of a system. */
    String of(String system, String user) {
        return all.path(system).path(user).asText();
    }

    /** All users of a system with their passwords. */
    Map<String, String> of(String system) {
        Map<String, String> users = new TreeMap<>();
        for (Map.Entry<String, JsonNode> user : all.path(system).properties()) {
            users.put(user.getKey(), user.getValue().asText());
        }
        return users;
    }
}
