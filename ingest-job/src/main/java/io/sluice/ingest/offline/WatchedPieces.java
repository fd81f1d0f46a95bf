package io.sluice.ingest.offline;

import io.sluice.ingest.boundary.RawRecord;
import io.sluice.ingest.boundary.Watched;
import io.sluice.ingest.enrich.Enricher;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.keys.KeyStore;
import io.sluice.redaction.consent.Choices;
import io.sluice.redaction.rule.PolicyTimeline;
import io.sluice.redaction.rule.RedactionPolicy;
import java.util.List;

/** The watched boundary over the pieces of files, under one policy. Not thread-safe. */
final class WatchedPieces {
    private final Watched watched;
    private final SourceOptions options;
    private final long receivedAt;

    /** @param receivedAt milliseconds since 1970; stands for the broker's receive time */
    WatchedPieces(RedactionPolicy policy, KeyStore keys, Enricher enricher, SourceOptions options, long receivedAt) {
        this.watched = new Watched(PolicyTimeline.always(policy), Choices.NONE, keys, enricher);
        this.options = options;
        this.receivedAt = receivedAt;
    }

    /** Takes a piece through the boundary; one entry for each event, in order. */
    List<Watched.Seen> watch(Piece piece) {
        return watched.watch(new RawRecord("", 0, piece.line(), receivedAt, piece.value(), options));
    }

    /** Blank lines and headers of the piece watched last. */
    void account(Balance balance) {
        balance.blank(watched.blank());
        balance.header(watched.header());
    }
}
