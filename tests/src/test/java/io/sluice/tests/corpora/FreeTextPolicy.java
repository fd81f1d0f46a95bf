package io.sluice.tests.corpora;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The policy {@code free-text.yaml}, which lets scanned text through where the shipped one drops it. */
final class FreeTextPolicy {
    private FreeTextPolicy() {}

    /** Its file, written to a folder. */
    static Path in(Path folder) throws IOException {
        Path file = folder.resolve("free-text.yaml");
        try (InputStream in = FreeTextPolicy.class.getResourceAsStream("free-text.yaml")) {
            assertNotNull(in);
            Files.write(file, in.readAllBytes());
        }
        return file;
    }
}
