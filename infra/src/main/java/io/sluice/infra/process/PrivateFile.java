package io.sluice.infra.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files with mode 0600. */
public final class PrivateFile {
    private PrivateFile() {}

    /** Writes a file in one step: it is never half there, and never readable by others, not even for a moment. */
    public static void write(Path file, String text) throws IOException {
        Path target = file.toAbsolutePath();
        Path fresh = Files.createTempFile(
                target.resolveSibling("."),
                target.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
