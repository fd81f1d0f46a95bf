package io.sluice.sinks.vault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A writer's own folder for files of which nothing is published yet. Its lock tells a living writer from a dead one,
 * also across processes, so that a file which no checkpoint holds can be told from one which none holds yet.
 */
final class VaultRun implements Closeable {
    private static final String LOCK = "lock";

    private final String name;
    private final Path folder;
    private final FileChannel lock;

    private VaultRun(String name, Path folder, FileChannel lock) {
        this.name = name;
        this.folder = folder;
        this.lock = lock;
    }

    /** A folder for a new writer. */
    static VaultRun begin(VaultFolder vault) throws IOException {
        String name = UUID.randomUUID().toString();
        Path folder = vault.open().resolve(name);
        VaultFolder.makeFolder(folder);
        FileChannel lock = tryLock(folder);
        if (lock == null) {
            throw new IOException(
                    "The vault's folder " + folder + " cannot be locked; it must be on a file system with locks");
        }
        VaultFolder.sync(vault.open());
        return new VaultRun(name, folder, lock);
    }

    String name() {
        return name;
    }

    Path folder() {
        return folder;
    }

    /**
     * Removes the files of dead writers that no checkpoint holds.
     *
     * @param restored the checkpoint that this job was restored from; of what was begun later, none counts. Without one
     *     only files go that no checkpoint ever held: a job that stopped may still be restored from its own.
     */
    void sweep(VaultFolder vault, OptionalLong restored) throws IOException {
        for (String run : vault.runs()) {
            if (run.equals(name)) {
                continue;
            }
            Path dead = vault.open().resolve(run);
            try (FileChannel held = tryLock(dead)) {
                if (held != null) {
                    sweep(vault, run, restored);
                    removeIfEmpty(dead);
                }
            } catch (NoSuchFileException e) {
                // Another subtask has just swept it.
            }
        }
    }

    private static void sweep(VaultFolder vault, String run, OptionalLong restored) throws IOException {
        VaultFolder.removeHalfWritten(vault.open().resolve(run));
        for (String file : VaultFolder.names(vault.open().resolve(run), VaultFolder.BLOCKS)) {
            Optional<Long> since = vault.since(run, file);
            if (since.isEmpty() || restored.isPresent() && since.get() > restored.getAsLong()) {
                Files.deleteIfExists(vault.open(run, file, VaultFolder.BLOCKS));
                Files.deleteIfExists(vault.open(run, file, VaultFolder.RUNS));
                Files.deleteIfExists(vault.open(run, file, VaultFolder.SINCE));
            }
        }
    }

    /**
     * Lets the folder go; an empty one is removed, if that can be done.
     *
     * <p>Never fails for what it would have removed: Flink ends the whole task manager when a task that failed fails
     * again while it is cleaned up, and the folder is gone in just that case. The next sweep removes what stayed.
     */
    @Override
    public void close() throws IOException {
        lock.close();
        try {
            removeIfEmpty(folder);
        } catch (IOException e) {
            return; // nothing hangs on it
        }
    }

    /** Removes a folder that holds nothing but its lock. */
    private static void removeIfEmpty(Path folder) throws IOException {
        boolean empty;
        try (Stream<Path> files = Files.list(folder)) {
            empty = files.allMatch(file -> file.getFileName().toString().equals(LOCK));
        }
        if (empty) {
            Files.deleteIfExists(folder.resolve(LOCK));
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                return; // another subtask looks at it; the next sweep gets it
            }
        }
    }

    /** The lock of a folder, or null if its writer lives. */
    private static @Nullable FileChannel tryLock(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), VaultFolder.ownersAlone(file));
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // A writer in this process holds it.
            channel.close();
            return null;
        }
        channel.close();
        return null;
    }
}
