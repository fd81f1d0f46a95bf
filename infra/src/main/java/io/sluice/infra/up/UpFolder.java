package io.sluice.infra.up;

import io.sluice.infra.elasticsearch.ElasticsearchProcess;
import io.sluice.infra.process.Account;
import io.sluice.infra.process.Folders;
import io.sluice.infra.process.PrivateFile;
import io.sluice.infra.process.StartFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an embedded stack, held by one {@code up} at a time.
 *
 * <p>Guarantees: nobody else can list it; what holds data or passwords in it is readable by its owner alone. Nothing is
 * ever deleted in a folder that is not marked as one of ours.
 */
final class UpFolder implements AutoCloseable {
    private static final String MARK = "sluice-folder";
    private static final String LOCK = "up.lock";
    private static final long LEAST_FREE = 2L << 30;

    private final Path dir;
    private final FileChannel channel;
    private final FileLock lock;

    private UpFolder(Path dir, FileChannel channel, FileLock lock) {
        this.dir = dir;
        this.channel = channel;
        this.lock = lock;
    }

    /** @throws StartFailed if it cannot be used, or somebody else holds it */
    static UpFolder open(Path dir) throws IOException {
        try {
            makeOurs(dir);
            FileChannel channel =
                    FileChannel.open(dir.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StartFailed("Sluice already runs in " + dir
                        + ": stop it there with Ctrl-C, or choose another folder with --dir");
            }
            return new UpFolder(dir, channel, lock);
        } catch (StartFailed e) {
            throw e;
        } catch (FileSystemException e) {
            throw new StartFailed(
                    "the folder " + dir + " cannot be written (" + e.getClass().getSimpleName()
                            + "): give this user the right, or choose another folder with --dir");
        }
    }

    private static void makeOurs(Path dir) throws IOException {
        if (Files.isDirectory(dir) && !Files.exists(dir.resolve(MARK)) && !isEmpty(dir)) {
            throw new StartFailed(
                    "the folder " + dir + " holds files of others:" + " choose an empty or a new folder with --dir");
        }
        // Started by root, Elasticsearch runs as another user, who must pass through and sees no names.
        Folders.make(dir, Account.isRoot() ? "rwx--x--x" : "rwx------");
        PrivateFile.write(dir.resolve(MARK), "The embedded stack of `sluice up`. Delete the folder to start over.\n");
        requireRoom(dir, Files.getFileStore(dir).getUsableSpace());
    }

    /** @throws StartFailed if that many bytes are too few to begin with */
    static void requireRoom(Path dir, long free) throws StartFailed {
        if (free < LEAST_FREE) {
            throw new StartFailed("the disk of " + dir + " has " + (free >> 20)
                    + " MB left and Sluice needs 2048: free some, or choose another disk with --dir");
        }
    }

    private static boolean isEmpty(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.findAny().isEmpty();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Deletes all data; the lock and the mark stay. */
    void empty() throws IOException, InterruptedException {
        ElasticsearchProcess.delete(elasticsearch());
        List<Path> all;
        try (Stream<Path> files = Files.list(dir)) {
            all = files.filter(file -> !file.endsWith(MARK) && !file.endsWith(LOCK))
                    .toList();
        }
        for (Path file : all) {
            if (Files.isDirectory(file)) {
                Folders.delete(file);
            } else {
                Files.delete(file);
            }
        }
    }

    /** A folder below, for its owner alone. */
    Path folder(String name) throws IOException {
        return Folders.make(dir.resolve(name), "rwx------");
    }

    Path file(String name) {
        return dir.resolve(name);
    }

    Path dir() {
        return dir;
    }

    /** The server's file of accounts. */
    Path accounts() throws IOException {
        return folder("server").resolve("accounts.json");
    }

    Path elasticsearch() {
        return dir.resolve("elasticsearch");
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
