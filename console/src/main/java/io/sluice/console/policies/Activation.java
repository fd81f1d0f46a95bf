package io.sluice.console.policies;

import io.sluice.redaction.rule.Exposure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a policy stands on its way into force.
 *
 * @param version its id
 * @param hash of its files
 * @param progress how far it has come
 * @param urgent whether it also counts for what is not yet read
 * @param exposed what it newly exposes; of one that is in the topic or withdrawn, none is said again
 * @param request by which a second account approves it; present while it waits, and when it is withdrawn
 * @param askedBy the account that asked for it; present while it waits, and when it is withdrawn
 * @param offset where it stands in the topic; absent before it does
 * @param countsFrom from which receive time on it counts; absent before it stands in the topic
 * @param inForceSince from when on records received are treated by it; present if in force
 */
public record Activation(
        String version,
        String hash,
        Progress progress,
        boolean urgent,
        List<Exposure> exposed,
        @Nullable String request,
        @Nullable String askedBy,
        @Nullable Long offset,
        @Nullable Instant countsFrom,
        @Nullable Instant inForceSince) {
    /** How far a policy has come. */
    public enum Progress {
        /** It was only looked at. */
        TRIED,
        /** It exposes something, and waits for a second account. */
        WAITING,
        /** It waited, and was taken back. */
        WITHDRAWN,
        /** The topic has it; no boundary job is running to go by it. */
        PENDING,
        /** The topic has it; its time has not come, or some task has not reported it yet. */
        RECORDED,
        /** Every task of the running attempt has it, and its time has come. */
        IN_FORCE
    }

    static Activation of(PolicyLog.Standing standing, PolicyLog log) {
        @Nullable Instant since = log.inForceSince(standing).orElse(null);
        Progress progress =
                since != null ? Progress.IN_FORCE : log.isJobRunning() ? Progress.RECORDED : Progress.PENDING;
        return new Activation(
                standing.entry().getVersion(),
                standing.entry().getHash(),
                progress,
                standing.entry().getUrgent(),
                List.of(),
                null,
                null,
                standing.offset(),
                standing.from(),
                since);
    }
}
