package io.sluice.infra.up;

import java.nio.file.Path;
import java.util.List;

/**
 * What a person asks of {@code up}.
 *
 * @param dir where everything lives
 * @param fresh whether what is there is deleted first
 * @param sample whether sample traffic is fed
 * @param seed of the sample traffic
 * @param rate requests a second of the sample traffic
 * @param self how to run a verb of this command as a process: {@code java}, its options, class path and main class
 * @param terminal whether a person watches, for whom the table is redrawn in place
 */
public record UpOptions(
        Path dir, boolean fresh, boolean sample, long seed, int rate, List<String> self, boolean terminal) {
    /** Makes the folder absolute and copies the words. */
    public UpOptions {
        dir = dir.toAbsolutePath().normalize();
        self = List.copyOf(self);
        if (self.isEmpty() || rate < 1) {
            throw new IllegalArgumentException("up needs a command to run its jobs and a rate above 0");
        }
    }
}
