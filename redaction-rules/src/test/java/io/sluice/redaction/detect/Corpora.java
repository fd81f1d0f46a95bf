package io.sluice.redaction.detect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the corpora of others from the folder that the system property {@code sluice.corpora} names. */
final class Corpora {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Corpora() {}

    static Path path(String name) {
        String folder = System.getProperty("sluice.corpora");
        if (folder == null) {
            throw new IllegalStateException("Give the folder of the corpora as -Dsluice.corpora=DIR.");
        }
        return Path.of(folder).resolve(name);
    }

    static List<JsonNode> lines(String name) {
        try {
            List<JsonNode> nodes = new ArrayList<>();
            for (String line : Files.readAllLines(path(name))) {
                if (!line.isBlank()) {
                    nodes.add(JSON.readTree(line));
                }
            }
            return nodes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(Path path) {
        try {
            return JSON.readTree(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
