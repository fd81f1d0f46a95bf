package io.sluice.cli.follow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files beside a followed path, among which a rotated one is found again: {@code app.log.1},
 * {@code app.log-20240110}. Compressed ones are not looked into.
 */
final class Beside {
    private static final Pattern ROTATED = Pattern.compile("[.-][0-9][0-9T:_.-]*");

    private final Path path;

    Beside(Path path) {
        this.path = path;
    }

    private record Candidate(Path file, BasicFileAttributes attributes, long inode) {
        FileTime written() {
            return attributes.lastModifiedTime();
        }
    }

    /**
     * The file in which a place is: the very file under another name, else a copy of it under the name of a rotated one.
     *
     * @return null if there is none
     */
    @Nullable
    Path holding(Place place) throws IOException {
        List<Candidate> all = candidates();
        for (Candidate candidate : all) {
            if (candidate.inode() == place.inode() && mayHold(candidate.file(), place)) {
                return candidate.file();
            }
        }
        if (place.offset() == 0) {
            return null;
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            Path file = all.get(i).file();
            if (isRotated(file) && mayHold(file, place)) {
                return file;
            }
        }
        return null;
    }

    /** The rotated ones that were written to later than this one, the oldest first. */
    List<Path> writtenAfter(Path rotated) throws IOException {
        FileTime then = Files.getLastModifiedTime(rotated);
        return candidates().stream()
                .filter(candidate -> candidate.written().compareTo(then) > 0 && isRotated(candidate.file()))
                .map(Candidate::file)
                .toList();
    }

    private boolean isRotated(Path file) {
        String name = name(file);
        String stem = name(path);
        return name.startsWith(stem)
                && ROTATED.matcher(name.substring(stem.length())).matches();
    }

    private static String name(Path file) {
        return Objects.toString(file.getFileName());
    }

    /** All other regular files in the folder, the oldest first. */
    private List<Candidate> candidates() throws IOException {
        List<Candidate> found = new ArrayList<>();
        Path folder = Objects.requireNonNull(path.getParent());
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> !file.equals(path)).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path file : files) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (attributes.isRegularFile()) {
                    found.add(new Candidate(file, attributes, FollowedFile.inode(file)));
                }
            } catch (NoSuchFileException e) {
                // Gone since, or a link to nowhere.
            }
        }
        found.sort(Comparator.comparing(Candidate::written));
        return found;
    }

    private static boolean mayHold(Path file, Place place) throws IOException {
        try {
            return holds(file, place);
        } catch (NoSuchFileException | AccessDeniedException e) {
            return false;
        }
    }

    /** Whether a file has the place, and before it what was read there. */
    static boolean holds(Path file, Place place) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.size() >= place.offset()
                    && Fingerprint.before(channel, place.offset()).value() == place.print();
        }
    }
}
