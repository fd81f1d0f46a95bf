package io.sluice.console.policies;

import io.sluice.console.topics.TaskPositions;
import io.sluice.ingest.register.PolicyEntries;
import io.sluice.schema.PolicyEntry;
import io.sluice.schema.ShadowEntry;
import io.sluice.schema.TaskPosition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the topic {@code policies}, and how far the boundary job has them, as far as this server has read.
 *
 * <p>Thread-safe.
 */
final class PolicyLog {
    /** After how long without a report the job counts as stopped; it reports every few seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Clock clock;
    private final NavigableMap<Long, Taken> taken = new TreeMap<>();
    private final TaskPositions positions;
    private @Nullable Trial trial;
    private long trialWritten = -1;
    private final CountDownLatch complete = new CountDownLatch(1);

    private record Taken(PolicyEntry entry, Instant appended) {}

    /**
     * An entry and from when on it counts.
     *
     * @param offset where it stands
     * @param from from which receive time on; the first counts for every time
     */
    record Standing(PolicyEntry entry, long offset, Instant from) {}

    /**
     * A candidate that is tried.
     *
     * @param offset where it stands
     * @param since when the topic got it
     */
    record Trial(ShadowEntry entry, long offset, Instant since) {
        /** Up to which receive time it is tried. */
        Instant until() {
            return PolicyEntries.triedUntil(entry, since);
        }
    }

    PolicyLog(String topic, Clock clock) {
        this.clock = clock;
        this.positions = new TaskPositions(topic, SILENCE);
    }

    /** Takes an entry in, with the time at which the topic got it. */
    synchronized void entry(PolicyEntry entry, long offset, Instant appended) {
        taken.putIfAbsent(offset, new Taken(entry, appended));
    }

    /** Takes the candidate in that is tried from an offset on; null ends the trial. */
    synchronized void shadow(@Nullable ShadowEntry entry, long offset, Instant appended) {
        if (offset > trialWritten) {
            trialWritten = offset;
            trial = entry == null ? null : new Trial(entry, offset, appended);
        }
    }

    /** The candidate that is tried, if any. */
    synchronized Optional<Trial> trial() {
        return Optional.ofNullable(trial);
    }

    /** Whether every task of the running attempt has all that stands up to an offset. */
    synchronized boolean everyTaskHas(long offset) {
        return positions.inForceSince(offset, clock.instant()).isPresent();
    }

    synchronized void position(TaskPosition position, Instant at) {
        positions.report(position, at);
    }

    /** Says that everything written before the server started has been read. */
    void readToEnd() {
        complete.countDown();
    }

    /** Waits until it has been read to its end once. */
    boolean awaitComplete(Duration patience) throws InterruptedException {
        return complete.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** All entries, in the order in which they count. */
    synchronized List<Standing> standings() {
        List<Standing> all = new ArrayList<>();
        taken.forEach((offset, one) -> {
            Instant from = all.isEmpty()
                    ? Instant.EPOCH
                    : one.entry().getUrgent()
                            ? one.appended()
                            : Instant.ofEpochMilli(PolicyEntries.countsFrom(
                                    one.entry(), one.appended().toEpochMilli()));
            all.add(new Standing(one.entry(), offset, from));
        });
        // Stable: of two with the same time the later entry counts, as in the jobs.
        all.sort(Comparator.comparing(Standing::from));
        return all;
    }

    /** Since when every task has an entry and its time has come. */
    synchronized Optional<Instant> inForceSince(Standing standing) {
        Instant now = clock.instant();
        if (standing.from().isAfter(now)) {
            return Optional.empty();
        }
        return positions
                .inForceSince(standing.offset(), now)
                .map(read -> read.isAfter(standing.from()) ? read : standing.from());
    }

    synchronized boolean isJobRunning() {
        return positions.isRunning(clock.instant());
    }
}
