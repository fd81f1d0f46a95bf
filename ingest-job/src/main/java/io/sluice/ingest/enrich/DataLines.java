package io.sluice.ingest.enrich;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the data files beside these classes: one entry a line, empty lines and those beginning with {@code #} left out. */
final class DataLines {
    private DataLines() {}

    static List<String> read(String name) {
        try (InputStream stream = DataLines.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the data file " + name + " is missing from the class path");
            }
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
