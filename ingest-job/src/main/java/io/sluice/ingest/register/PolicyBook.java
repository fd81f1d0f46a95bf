package io.sluice.ingest.register;

import io.sluice.ingest.boundary.Candidate;
import io.sluice.redaction.rule.PolicyTimeline;
import io.sluice.redaction.rule.RedactionPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policies that went or go live, by receive time, and the candidate that is tried beside them.
 *
 * <p>Guarantees: equal entries give the equal answer in every process; an entry that could not be loaded is answered as
 * missing from its time on, never by the policy before it; a candidate changes no answer. Written by one thread, read by
 * many without waiting.
 */
public final class PolicyBook implements PolicyTimeline {
    private volatile List<Entry> entries = List.of();
    private volatile @Nullable Candidate candidate;

    /**
     * A policy and from which receive time it counts.
     *
     * @param from milliseconds since 1970
     * @param policy null if it could not be loaded
     */
    private record Entry(long from, @Nullable RedactionPolicy policy) {}

    @Override
    public @Nullable RedactionPolicy at(long receivedAt) {
        List<Entry> now = entries;
        for (int i = now.size() - 1; i >= 0; i--) {
            if (now.get(i).from() <= receivedAt) {
                return now.get(i).policy();
            }
        }
        return null;
    }

    /** Whether there is a policy for every receive time until then, each of them loaded. */
    public boolean isCompleteUntil(long receivedAt) {
        List<Entry> now = entries;
        return !now.isEmpty() && now.stream().allMatch(entry -> entry.policy() != null || entry.from() > receivedAt);
    }

    /** The candidate that is tried, or null. */
    @Nullable
    Candidate candidate() {
        return candidate;
    }

    /** Takes the place of the candidate before; null ends the trial. */
    void setCandidate(@Nullable Candidate candidate) {
        this.candidate = candidate;
    }

    /**
     * Adds an entry in the order of the topic; the first one counts for every receive time.
     *
     * @param from ignored for the first
     */
    void add(long from, @Nullable RedactionPolicy policy) {
        List<Entry> all = new ArrayList<>(entries);
        all.add(new Entry(all.isEmpty() ? Long.MIN_VALUE : from, policy));
        // Stable: of two with the same time the later entry counts.
        all.sort(Comparator.comparingLong(Entry::from));
        entries = List.copyOf(all);
    }

    /**
     * Adds an entry that counts for whatever has not been read yet.
     *
     * @param appended when the topic got it; what was to go live until then is replaced, later ones stay
     */
    void addUrgent(long appended, @Nullable RedactionPolicy policy) {
        List<Entry> all = new ArrayList<>();
        all.add(new Entry(Long.MIN_VALUE, policy));
        entries.stream().filter(entry -> entry.from() > appended).forEach(all::add);
        entries = List.copyOf(all);
    }
}
