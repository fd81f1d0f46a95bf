package io.sluice.sinks.vault;

import io.sluice.keys.Bucket;
import io.sluice.keys.KeySchedule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the vault's files are.
 *
 * <pre>
 * DIR/.open/RUN/lock                held by the writer that this folder belongs to, as long as it lives
 * DIR/.open/RUN/FILE.avro           sealed blocks of which nothing is published yet
 * DIR/.open/RUN/FILE.runs           blind index of these, a sorted run per checkpoint
 * DIR/.open/RUN/FILE.since          id of the first checkpoint that holds something of it
 * DIR/BUCKET/FILE.avro FILE.runs    the same when something of it is published; it may still grow
 * DIR/BUCKET/FILE.published         how many bytes of the two count
 * DIR/BUCKET/FILE.index             blind index in one run, in the place of FILE.runs; the file is closed
 * </pre>
 *
 * @param dir the vault's folder
 */
record VaultFolder(Path dir) {
    static final String BLOCKS = ".avro";
    static final String RUNS = ".runs";
    static final String SINCE = ".since";
    static final String PUBLISHED = ".published";
    static final String INDEX = ".index";
    private static final String TEMPORARY = ".new-";

    /**
     * How much of a file counts.
     *
     * @param length bytes of the container file
     * @param runs bytes of the runs
     */
    record Published(long length, long runs) {
        static final Published NOTHING = new Published(0, 0);
    }

    Path open() {
        return dir.resolve(".open");
    }

    Path open(String run, String file, String kind) {
        return open().resolve(run).resolve(file + kind);
    }

    Path published(String bucket, String file, String kind) {
        return dir.resolve(bucket).resolve(file + kind);
    }

    /** Where a file's part is now: published or not. */
    Path locate(VaultPart part, String kind) {
        Path published = published(part.bucket(), part.file(), kind);
        return Files.exists(published) ? published : open(part.run(), part.file(), kind);
    }

    boolean isClosed(VaultPart part) {
        return Files.exists(published(part.bucket(), part.file(), INDEX));
    }

    /** Whether a file is gone because its bucket's time is over: then a checkpoint that holds it is just old. */
    boolean isExpired(VaultPart part, Instant now) {
        return !Files.exists(locate(part, BLOCKS))
                && !now.isBefore(KeySchedule.SHIPPED.bucketEnds(Bucket.parse(part.bucket())));
    }

    /** How much of a file is published; nothing, if it is not there. */
    Published readPublished(String bucket, String file) throws IOException {
        Path path = published(bucket, file, PUBLISHED);
        try {
            String[] numbers = Files.readString(path).strip().split(" ", -1);
            return new Published(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
        } catch (NoSuchFileException e) {
            return Published.NOTHING;
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("The vault's file " + path + " is damaged; restore it from a backup", e);
        }
    }

    /**
     * Publishes what a completed checkpoint holds. Doing it again, or an older part after a newer one, changes nothing.
     */
    void publish(VaultPart part) throws IOException {
        makeFolder(dir.resolve(part.bucket()));
        moveIn(part, BLOCKS);
        Published before = readPublished(part.bucket(), part.file());
        if (!isClosed(part)) {
            moveIn(part, RUNS);
        }
        if (part.length() > before.length()) {
            write(
                    published(part.bucket(), part.file(), PUBLISHED),
                    (part.length() + " " + part.runs() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        Files.deleteIfExists(open(part.run(), part.file(), SINCE));
        if (part.ended()) {
            close(part);
        }
    }

    /** Merges a file's runs; the finished index is what makes it closed. */
    private void close(VaultPart part) throws IOException {
        Path runs = published(part.bucket(), part.file(), RUNS);
        if (!isClosed(part)) {
            Path merged = dir.resolve(part.bucket()).resolve("." + part.file() + INDEX);
            BlindIndex.merge(runs, readPublished(part.bucket(), part.file()).runs(), merged);
            move(merged, published(part.bucket(), part.file(), INDEX));
        }
        Files.deleteIfExists(runs);
    }

    private void moveIn(VaultPart part, String kind) throws IOException {
        Path target = published(part.bucket(), part.file(), kind);
        if (Files.exists(target)) {
            return;
        }
        try {
            move(open(part.run(), part.file(), kind), target);
        } catch (NoSuchFileException e) {
            if (!Files.exists(target)) {
                throw new IOException(
                        "The vault's file " + target.getFileName() + " is missing in " + target.getParent() + " and in "
                                + open().resolve(part.run()) + ", though a checkpoint holds it",
                        e);
            }
        }
    }

    /** The names in a folder that end so, without that end; none if it is not there. */
    static List<String> names(Path folder, String kind) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(kind) && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - kind.length()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** The folders of writers, living and dead. */
    List<String> runs() throws IOException {
        List<String> runs = new ArrayList<>();
        if (Files.isDirectory(open())) {
            try (Stream<Path> folders = Files.list(open())) {
                folders.filter(Files::isDirectory)
                        .forEach(folder -> runs.add(folder.getFileName().toString()));
            }
        }
        return runs;
    }

    /** The id of the first checkpoint that holds something of an unpublished file. */
    Optional<Long> since(String run, String file) throws IOException {
        try {
            return Optional.of(
                    Long.parseLong(Files.readString(open(run, file, SINCE)).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NumberFormatException e) {
            throw new IOException("The vault's file " + open(run, file, SINCE) + " is damaged", e);
        }
    }

    static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder, mode(folder, "rwx------"));
    }

    static FileAttribute<?>[] ownersAlone(Path file) {
        return mode(file, "rw-------");
    }

    /** Writes a small file whole or not at all. */
    static void write(Path file, byte[] content) throws IOException {
        Path temporary = Files.createTempFile(file.getParent(), TEMPORARY, "", ownersAlone(file));
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
        move(temporary, file);
    }

    /** Removes what a killed process left of {@link #write}. */
    static void removeHalfWritten(Path folder) throws IOException {
        List<Path> temporary;
        try (Stream<Path> files = Files.list(folder)) {
            temporary = files.filter(file -> file.getFileName().toString().startsWith(TEMPORARY))
                    .toList();
        }
        for (Path file : temporary) {
            Files.deleteIfExists(file);
        }
    }

    /** Renames on one file system, and sees to it that the disk knows. */
    static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(
                    "The vault's folder must be on one file system: " + from + " cannot be renamed to " + to, e);
        }
        sync(to.resolveSibling(""));
    }

    static void sync(Path folder) throws IOException {
        if (posix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
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
