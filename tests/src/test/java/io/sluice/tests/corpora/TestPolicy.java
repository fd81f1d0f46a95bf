package io.sluice.tests.corpora;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Policies that tests alone use: they let through what the shipped one drops. */
final class TestPolicy {
    private TestPolicy() {}

    /** The file {@code NAME.yaml} that stands beside the tests, written to a folder. */
    static Path in(Path folder, String name) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        try (InputStream in = TestPolicy.class.getResourceAsStream(name + ".yaml")) {
            assertNotNull(in);
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    /**
     * One that keeps all properties on every route, but for some.
     *
     * @param rules the treatment of a field, by its name or with asterisks
     */
    static Path keepingAllBut(Path folder, Map<String, String> rules) throws IOException {
        Map<String, String> all = new TreeMap<>(rules);
        all.put("props.*", "keep");
        all.put("contexts.*", "keep");
        StringBuilder policy = new StringBuilder("policy: all-but\nextends: ottomatiq-2024-01-10\n\nfields:\n");
        all.forEach((field, treatment) -> policy.append("  - field: \"")
                .append(field)
                .append("\"\n    clause: usage.data\n    because: A test asks for it.\n    owner: tests\n    routes: ")
                .append("{analytics: %1$s, security: %1$s, operations: %1$s}%n".formatted(treatment)));
        Path file = folder.resolve("all-but.yaml");
        Files.writeString(file, policy);
        return file;
    }
}
