package io.sluice.sinks.subject;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of one receive day.
 *
 * <p>{@code LEVEL-ID.rows}: level 0 is what one flush wrote, a higher one was merged from {@link #FAN_IN} of the level
 * below. A file appears whole by its rename. Merged ones appear before those they replace go, so a row may be seen
 * twice and never not at all; who reads takes each once.
 *
 * @param path the folder
 */
record DayFolder(Path path) {
    /** So many files of a level make one of the next. */
    static final int FAN_IN = 16;

    /** Larger files are left as they are: merging them would hold up the task for seconds. */
    static final long MOST_MERGED_ROWS = 4_000_000;

    /** The level of files that are merged no more. */
    private static final int TOP = 99;

    private static final String ROWS = ".rows";
    private static final String TEMPORARY = ".new-";

    /** Writes rows to a file of their own. */
    void write(Collection<SubjectRow> rows) throws IOException {
        TreeSet<String> topics = new TreeSet<>();
        rows.forEach(row -> topics.add(row.place().topicId()));
        write(0, rows.stream().sorted().iterator(), topics);
    }

    /**
     * Merges where many files of a level have gathered.
     *
     * @param mine which ids the caller merges, so that two do not do the same
     */
    void merge(Predicate<String> mine) throws IOException {
        boolean again = true;
        while (again) {
            again = false;
            TreeMap<Integer, List<Path>> levels = new TreeMap<>();
            for (String name : names()) {
                if (level(name) < TOP && mine.test(name)) {
                    levels.computeIfAbsent(level(name), level -> new ArrayList<>())
                            .add(path.resolve(name));
                }
            }
            for (Map.Entry<Integer, List<Path>> level : levels.entrySet()) {
                if (level.getValue().size() >= FAN_IN) {
                    again = merge(level.getKey() + 1, level.getValue());
                    break;
                }
            }
        }
    }

    /** The names of those that were merged. */
    Set<String> merged() throws IOException {
        return names().stream().filter(name -> level(name) > 0).collect(Collectors.toSet());
    }

    /** The names of its files; none if the day is not there. */
    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ROWS) && !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Removes what killed writers left half-written before that moment, milliseconds since 1970. */
    void sweep(long before) throws IOException {
        List<Path> temporary;
        try (Stream<Path> files = Files.list(path)) {
            temporary = files.filter(file -> file.getFileName().toString().startsWith(TEMPORARY))
                    .toList();
        }
        for (Path file : temporary) {
            try {
                if (Files.getLastModifiedTime(file).toMillis() < before) {
                    Files.deleteIfExists(file);
                }
            } catch (NoSuchFileException e) {
                // Another has just swept it.
            }
        }
    }

    /** Drops the day. */
    void remove() throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(path)) {
            files = list.toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(path);
    }

    /** Whether it went well. */
    private boolean merge(int level, List<Path> paths) throws IOException {
        List<RowFile> files = new ArrayList<>();
        try (Closeable all = () -> closeAll(files)) {
            TreeSet<String> topics = new TreeSet<>();
            long rows = 0;
            for (Path file : paths) {
                RowFile open = RowFile.open(file);
                files.add(open);
                topics.addAll(open.topics());
                rows += open.rows();
            }
            if (rows > MOST_MERGED_ROWS) {
                promote(paths);
                return true;
            }
            write(level, new Merged(files), topics);
        } catch (NoSuchFileException e) {
            return false; // merged by another at this moment, or the day was dropped
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : paths) {
            Files.deleteIfExists(file);
        }
        return true;
    }

    /** Puts files out of the way of the next merge, without touching a row. */
    private void promote(List<Path> paths) throws IOException {
        for (Path file : paths) {
            String name = file.getFileName().toString();
            Files.move(file, path.resolve(TOP + name.substring(name.indexOf('-'))), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void write(int level, Iterator<SubjectRow> sorted, Collection<String> topics) throws IOException {
        Files.createDirectories(path, mode("rwx------"));
        Path temporary = Files.createTempFile(path, TEMPORARY, "", mode("rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                RowFile.write(channel, sorted, topics);
            }
            Files.move(temporary, path.resolve(level + "-" + UUID.randomUUID() + ROWS), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        sync();
    }

    private void sync() throws IOException {
        if (posix()) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private FileAttribute<?>[] mode(String mode) {
        return posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private boolean posix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static int level(String name) {
        try {
            return Integer.parseInt(name.substring(0, Math.max(0, name.indexOf('-'))));
        } catch (NumberFormatException e) {
            return TOP; // not one of ours: read, if it can be, and never merged
        }
    }

    private static void closeAll(List<RowFile> files) throws IOException {
        for (RowFile file : files) {
            file.close();
        }
    }

    /** The rows of several files in one order. */
    private static final class Merged implements Iterator<SubjectRow> {
        private record Head(SubjectRow row, RowFile.Cursor rest) implements Comparable<Head> {
            @Override
            public int compareTo(Head other) {
                return row.compareTo(other.row);
            }
        }

        private final PriorityQueue<Head> heads = new PriorityQueue<>();

        Merged(List<RowFile> files) throws IOException {
            for (RowFile file : files) {
                push(file.all());
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public SubjectRow next() {
            Head head = heads.poll();
            if (head == null) {
                throw new NoSuchElementException();
            }
            try {
                push(head.rest);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return head.row;
        }

        private void push(RowFile.Cursor rest) throws IOException {
            if (rest.hasNext()) {
                heads.add(new Head(rest.next(), rest));
            }
        }
    }
}
