package io.sluice.keys;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * How long each kind of key lives beyond the time that it serves.
 *
 * @param visitorDay of a visitor day key, behind the end of its day (UTC)
 * @param epoch of a token key, behind the end of its calendar quarter
 * @param subjectDay of a subject-day key, behind the end of its day: as long as the longest-lived clean copy
 * @param vault of a vault bucket, behind the end of its hour
 * @param quarantine of a quarantine bucket, behind the end of its hour
 */
public record KeySchedule(
        Duration visitorDay, Duration epoch, Duration subjectDay, Duration vault, Duration quarantine) {
    /** The schedule of the shipped policy. */
    public static final KeySchedule SHIPPED = new KeySchedule(
            Duration.ofHours(48), Duration.ofDays(2), Duration.ofDays(90), Duration.ofDays(30), Duration.ofDays(14));

    public KeySchedule {
        for (Duration duration : new Duration[] {visitorDay, epoch, subjectDay, vault, quarantine}) {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("a key cannot end before the time that it serves: " + duration);
            }
        }
    }

    /** When the visitor key of a day is destroyed. */
    public Instant visitorDayEnds(LocalDate day) {
        return end(day).plus(visitorDay);
    }

    /** When the subject key of a day is destroyed. */
    public Instant subjectDayEnds(LocalDate day) {
        return end(day).plus(subjectDay);
    }

    /** When a vault bucket is destroyed. */
    public Instant bucketEnds(Bucket bucket) {
        return bucket.end().plus(bucket.quarantine() ? quarantine : vault);
    }

    /** When the token keys of an epoch are destroyed. */
    Instant epochEnds(Epoch of) {
        return of.end().plus(epoch);
    }

    private static Instant end(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
