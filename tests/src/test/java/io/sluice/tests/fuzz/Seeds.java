package io.sluice.tests.fuzz;

import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.SourceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The invented records from which fuzzing starts: a folder for each format in {@code tests/fuzz/seeds}. */
final class Seeds {
    private static final Path FOLDER = Path.of(System.getProperty("sluice.fuzz.seeds", "fuzz/seeds"));

    private Seeds() {}

    /** The records of a format; an error if it has no folder. */
    static List<byte[]> of(LogFormat format) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(format.label()))) {
            return files.filter(file -> !file.endsWith("log-format"))
                    .sorted()
                    .map(Seeds::bytes)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a source of such records declares. */
    static SourceOptions options(LogFormat format) {
        Path declared = FOLDER.resolve(format.label()).resolve("log-format");
        SourceOptions d = SourceOptions.DEFAULT;
        try {
            String string = Files.exists(declared) ? Files.readString(declared).strip() : null;
            return new SourceOptions(format, string, d.framing(), d.dataset(), d.zone(), d.trustedProxies());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
