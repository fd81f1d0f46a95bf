package io.sluice.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private static final JobID JOB = new JobID(1, 2);

    @TempDir
    Path root;

    @Test
    void findsTheNewestCompleteOneByItsNumber() throws IOException {
        Checkpoints checkpoints = new Checkpoints(root, JOB);
        assertEquals(Optional.empty(), checkpoints.newest());
        complete(JOB, 9);
        Path newest = complete(JOB, 10);
        begun(JOB, 11);
        complete(new JobID(3, 4), 12);
        assertEquals(Optional.of(newest), checkpoints.newest());
    }

    @Test
    void removesAllOthersOfTheSameJob() throws IOException {
        Path old = complete(JOB, 9);
        Path newest = complete(JOB, 10);
        Path begun = begun(JOB, 11);
        Path foreign = complete(new JobID(3, 4), 12);
        new Checkpoints(root, JOB).keepOnly(newest);
        assertTrue(Files.isDirectory(newest));
        assertTrue(Files.isDirectory(foreign));
        assertFalse(Files.exists(old));
        assertFalse(Files.exists(begun));
    }

    private Path begun(JobID job, int number) throws IOException {
        return Files.createDirectories(root.resolve(job.toHexString()).resolve("chk-" + number));
    }

    private Path complete(JobID job, int number) throws IOException {
        Path folder = begun(job, number);
        Files.createFile(folder.resolve("_metadata"));
        return folder;
    }
}
