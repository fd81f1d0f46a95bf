package io.sluice.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of small files that several processes read and write at once.
 *
 * <p>Guarantees: a file is there whole or not at all, and on the disk before it is seen; of several that create the
 * same name exactly one wins and all see the winner's bytes; files are made with mode 0600 and folders with 0700, where
 * the file system knows modes. Does not guarantee: that the disk forgets what {@link #overwrite} overwrites. It tries;
 * snapshots, backups and worn flash cells may keep the old bytes.
 *
 * @param path the folder
 */
record KeyFolder(Path path) {
    private static final String TEMPORARY = ".new-";

    /** The folder at that path, made if it is missing. */
    static KeyFolder make(Path path) throws IOException {
        Files.createDirectories(path, mode(path.toAbsolutePath(), "rwx------"));
        return new KeyFolder(path);
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** A file's bytes, or empty if there is no such file. */
    Optional<byte[]> read(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Creates a file unless it is there; a hard link is the compare-and-set. */
    boolean create(String name, byte[] content) throws IOException {
        Path temporary = write(content);
        try {
            Files.createLink(file(name), temporary);
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.delete(temporary);
        }
        sync();
        return true;
    }

    /** Puts a file in the place of another, if there is one, in one step. */
    void replace(String name, byte[] content) throws IOException {
        Files.move(write(content), file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync();
    }

    /** {@link #replace}, and then overwrites the bytes of the old file: who reads it at this moment reads zeros. */
    void overwrite(String name, byte[] content) throws IOException {
        Path target = file(name);
        try (FileChannel old = Files.exists(target) ? FileChannel.open(target, StandardOpenOption.WRITE) : null) {
            replace(name, content);
            if (old != null) {
                old.write(ByteBuffer.allocate((int) old.size()), 0);
                old.force(true);
            }
        }
    }

    /** The names of its files, in order. */
    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Removes what a killed process left half-written before that moment, milliseconds since 1970. */
    void sweep(long before) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith(TEMPORARY)
                        && Files.getLastModifiedTime(file).toMillis() < before) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The modes of a file that let others than its owner at it; empty where the file system knows no modes. */
    static Set<PosixFilePermission> tooOpen(Path file) throws IOException {
        if (!posix(file)) {
            return Set.of();
        }
        Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
        modes.removeAll(PosixFilePermissions.fromString("rwx------"));
        return modes;
    }

    /** The attributes of a file that its owner alone may read and write. */
    static FileAttribute<?>[] ownersAlone(Path file) {
        return mode(file, "rw-------");
    }

    private Path write(byte[] content) throws IOException {
        Path temporary = Files.createTempFile(path, TEMPORARY, "", ownersAlone(path));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        return temporary;
    }

    private void sync() throws IOException {
        if (posix(path)) {
            try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private static FileAttribute<?>[] mode(Path path, String mode) {
        return posix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
