package io.sluice.tests.corpora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.Main;
import io.sluice.cli.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of the command, in this process. */
record Offline(int exit, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Offline run(byte[] input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(
                new Surroundings(
                        new ByteArrayInputStream(input),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Path.of("").toAbsolutePath(),
                        Map.of(),
                        Clock.fixed(Instant.parse("2024-01-10T12:00:00Z"), ZoneOffset.UTC),
                        new SecureRandom(),
                        false,
                        false,
                        prompt -> null,
                        null),
                args);
        return new Offline(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The printed objects. */
    List<JsonNode> objects() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : out.split("\n", -1)) {
            if (!line.isEmpty()) {
                objects.add(JSON.readTree(line));
            }
        }
        return objects;
    }

    /** The last line on standard error. */
    JsonNode balance() throws IOException {
        String[] lines = err.strip().split("\n", -1);
        return JSON.readTree(lines[lines.length - 1]);
    }
}
