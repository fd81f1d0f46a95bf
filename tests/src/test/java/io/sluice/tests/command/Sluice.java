package io.sluice.tests.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.cli.Main;
import io.sluice.cli.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the command in this process, in a folder of its own. */
public final class Sluice {
    public static final Instant NOW = Instant.parse("2024-01-10T12:00:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private InputStream in = InputStream.nullInputStream();
    private @Nullable OutputStream out;
    private boolean terminal;
    private Map<String, String> environment = Map.of();
    private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    public Sluice(Path folder) {
        this.folder = folder;
    }

    /** Standard input of the next runs. */
    Sluice input(String text) {
        return input(text.getBytes(StandardCharsets.UTF_8));
    }

    public Sluice input(byte[] bytes) {
        in = new ByteArrayInputStream(bytes);
        return this;
    }

    Sluice input(InputStream stream) {
        in = stream;
        return this;
    }

    /** Where results go instead of being kept. */
    Sluice output(OutputStream stream) {
        out = stream;
        return this;
    }

    Sluice onTerminal() {
        terminal = true;
        return this;
    }

    Sluice environment(Map<String, String> variables) {
        environment = variables;
        return this;
    }

    /** The time, {@link #NOW} without it. */
    public Sluice clock(Clock other) {
        clock = other;
        return this;
    }

    Path folder() {
        return folder;
    }

    /** Writes a file into the folder. */
    Sluice file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Sluice file(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
        return this;
    }

    public Run run(String... args) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new Surroundings(
                        in,
                        out == null ? kept : out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        folder,
                        environment,
                        clock,
                        new SecureRandom(),
                        terminal,
                        false,
                        prompt -> null,
                        null),
                args);
        return new Run(code, kept.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What a run left. */
    public record Run(int code, String out, String err) {
        /** The objects on standard output. */
        public List<JsonNode> objects() {
            List<JsonNode> objects = new ArrayList<>();
            for (String line : out.split("\n", -1)) {
                if (!line.isEmpty()) {
                    objects.add(json(line));
                }
            }
            return objects;
        }

        /** The last line on standard error. */
        public JsonNode balance() {
            List<String> lines = err.lines().toList();
            return json(lines.get(lines.size() - 1));
        }

        /** A count of the balance, or of what it lacks -1. */
        public long count(String name) {
            return balance().path(name).asLong(-1);
        }

        private static JsonNode json(String line) {
            try {
                return JSON.readTree(line);
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + line, e);
            }
        }
    }
}
