package io.sluice.tests.corpora;

import java.io.IOException;
import java.nio.file.Path;

/** The policy {@code free-text.yaml}, which lets scanned text through where the shipped one drops it. */
final class FreeTextPolicy {
    private FreeTextPolicy() {}

    /** Its file, written to a folder. */
    static Path in(Path folder) throws IOException {
        return TestPolicy.in(folder, "free-text");
    }
}
