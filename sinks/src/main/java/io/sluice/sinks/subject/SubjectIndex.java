package io.sluice.sinks.subject;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Looks up in the subject index; for the server alone.
 *
 * <p>Guarantees: finds every row of a completed checkpoint, each once, also while a job writes and merges. Does not
 * guarantee: rows that the index job has not read yet; those are in the topic {@code subject-entries}.
 *
 * <p>Thread-safe; holds no file open.
 */
public final class SubjectIndex {
    /** How often a look-up begins anew because files were merged away under it. */
    private static final int ATTEMPTS = 100;

    private final Path dir;

    private SubjectIndex(Path dir) {
        this.dir = dir;
    }

    /**
     * The index in a folder.
     *
     * @param dir may be missing as long as nothing was indexed
     */
    public static SubjectIndex open(Path dir) {
        return new SubjectIndex(dir);
    }

    /**
     * The events that an identifier came with on one receive day (UTC), in order.
     *
     * @param hash16 16 bytes, under {@link io.sluice.keys.KeyStore#subjectDay}
     */
    public List<EventPlace> find(LocalDate day, byte[] hash16) throws IOException {
        if (hash16.length != 16) {
            throw new IllegalArgumentException("a subject's hash has 16 bytes, not " + hash16.length);
        }
        ByteBuffer hash = ByteBuffer.wrap(hash16);
        long high = hash.getLong();
        long low = hash.getLong();
        DayFolder folder = new DayFolder(dir.resolve(day.toString()));
        for (int attempt = 1; ; attempt++) {
            Optional<List<EventPlace>> found = find(folder, high, low);
            if (found.isPresent()) {
                return found.get();
            }
            if (attempt == ATTEMPTS) {
                throw new IOException("The subject index of " + day + " cannot be read: its files keep changing");
            }
        }
    }

    /** What is found, or empty if files were merged meanwhile. */
    private static Optional<List<EventPlace>> find(DayFolder folder, long high, long low) throws IOException {
        TreeSet<EventPlace> found = new TreeSet<>();
        List<String> names = folder.names();
        try {
            for (String name : names) {
                try (RowFile file = RowFile.open(folder.path().resolve(name))) {
                    file.find(high, low, found);
                }
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        // A folder that changes while it is listed may hide both the files before a merge and the one behind it.
        return names.containsAll(folder.merged()) ? Optional.of(List.copyOf(found)) : Optional.empty();
    }

    /** The receive days (UTC) that have rows, in order. */
    public List<LocalDate> days() throws IOException {
        List<LocalDate> days = new ArrayList<>();
        if (Files.isDirectory(dir)) {
            try (Stream<Path> folders = Files.list(dir)) {
                for (Path folder : folders.sorted().toList()) {
                    try {
                        days.add(LocalDate.parse(folder.getFileName().toString()));
                    } catch (DateTimeParseException e) {
                        // What is not named as a day is none.
                    }
                }
            }
        }
        return days;
    }

    /**
     * Drops the days before one. Their keys are destroyed by the key store; safe to run again.
     *
     * @return the days dropped
     */
    public List<LocalDate> expireBefore(LocalDate first) throws IOException {
        List<LocalDate> dropped = new ArrayList<>();
        for (LocalDate day : days()) {
            if (day.isBefore(first)) {
                new DayFolder(dir.resolve(day.toString())).remove();
                dropped.add(day);
            }
        }
        return dropped;
    }
}
