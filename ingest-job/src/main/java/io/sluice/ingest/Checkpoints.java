package io.sluice.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;

/**
 * The checkpoints of one job in its folder: {@code ROOT/JOBID/chk-N}. One is complete when it has a {@code _metadata},
 * which Flink puts there in one step.
 */
final class Checkpoints {
    private static final Pattern NAME = Pattern.compile("chk-([0-9]+)");

    private final Path folder;

    Checkpoints(Path root, JobID job) {
        this.folder = root.resolve(job.toHexString());
    }

    /** The newest complete one. */
    Optional<Path> newest() throws IOException {
        return all().stream()
                .filter(chk -> Files.isRegularFile(chk.resolve("_metadata")))
                .max(Comparator.comparingLong(Checkpoints::number));
    }

    /** Removes all but that one: what a process that was killed began, or had no time to remove. */
    void keepOnly(Path newest) throws IOException {
        for (Path chk : all()) {
            if (!chk.equals(newest)) {
                deleteAll(chk);
            }
        }
    }

    private List<Path> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> number(child) >= 0).toList();
        }
    }

    private static long number(Path chk) {
        Matcher matcher = NAME.matcher(chk.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    /** Deletes a folder with all that is in it, if it is there. */
    static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
