package io.sluice.tests.leakage;

import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program as none of ours may be: it logs a value, and leaves another in a temporary file. */
final class LeakyProgram {
    private static final Logger LOG = LoggerFactory.getLogger(LeakyProgram.class);

    private LeakyProgram() {}

    public static void main(String[] values) throws Exception {
        LOG.warn("a record that cannot be handled: {}", values[0]);
        Path file = Files.createTempFile("record", ".bin");
        Files.writeString(file, values[1]);
        // As if it were killed: nothing cleans up.
        Runtime.getRuntime().halt(0);
    }
}
