package io.sluice.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the embedded stack keeps its data. */
final class DirFlag {
    private static final String DEFAULT = ".sluice";

    @Option(names = "--dir", paramLabel = "DIR", description = "Folder of the embedded stack (default: .sluice).")
    @Nullable
    String dir;

    boolean isGiven() {
        return dir != null;
    }

    Path path(Surroundings here) {
        return here.resolve(dir == null ? DEFAULT : dir);
    }
}
