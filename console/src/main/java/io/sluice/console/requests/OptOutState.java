package io.sluice.console.requests;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded for one identifier and purpose, and whether the boundary job goes by it.
 *
 * @param choice {@code refused}, {@code granted} or {@code none}
 * @param progress how far the last change has come
 * @param offset where in the consent register the last change stands; absent if there never was one
 * @param recorded when the choice was recorded; absent without one
 * @param inForceSince from when on records received are treated by it; present if in force
 */
public record OptOutState(
        String choice,
        Progress progress,
        @Nullable Long offset,
        @Nullable Instant recorded,
        @Nullable Instant inForceSince) {
    /** How far a change has come. */
    public enum Progress {
        /** Nothing was ever recorded. */
        NONE,
        /** The register has it; no boundary job is running to go by it. */
        PENDING,
        /** The register has it; some subtask has not reported it yet. */
        RECORDED,
        /** Every subtask of the running attempt goes by it. */
        IN_FORCE
    }
}
