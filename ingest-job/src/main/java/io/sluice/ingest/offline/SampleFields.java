package io.sluice.ingest.offline;

import io.sluice.ingest.boundary.Watched;
import io.sluice.ingest.enrich.Enricher;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.keys.KeyStore;
import io.sluice.redaction.Scanned;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.url.PathTemplates;
import java.util.Map;
import java.util.TreeMap;

/** Counts what no rule lists and no template matches in records, so that rules can be proposed. Not thread-safe. */
public final class SampleFields implements PieceWork {
    private static final String PLAIN_NAME = "[a-z@][a-z0-9_.-]{0,79}";

    private final WatchedPieces watched;
    private final TextScanner scanner;
    private final Runnable atEnd;
    private final Map<String, Long> unlisted = new TreeMap<>();
    private final Map<String, Long> otherPaths = new TreeMap<>();

    /** @param atEnd closes what the boundary needs */
    public SampleFields(
            RedactionPolicy policy,
            KeyStore keys,
            Enricher enricher,
            SourceOptions options,
            long receivedAt,
            Runnable atEnd) {
        this.watched = new WatchedPieces(policy, keys, enricher, options, receivedAt);
        this.scanner = policy.scanner();
        this.atEnd = atEnd;
    }

    @Override
    public void close() {
        atEnd.run();
    }

    @Override
    public void work(Piece piece, Page page, Balance balance) {
        for (Watched.Seen seen : watched.watch(piece)) {
            balance.released();
            if (seen.event != null) {
                count(seen.event.scanned());
            }
        }
        watched.account(balance);
    }

    private void count(Scanned scanned) {
        for (FieldPath field : scanned.unlisted()) {
            // A name that could be anybody's is shown by its shape alone.
            boolean plain = field.name().matches(PLAIN_NAME) && !scanner.hasFinding(field.name());
            unlisted.merge(plain ? field.name() : Fields.shape(field), 1L, Long::sum);
        }
        String path = scanned.pathRule() == null ? scanned.event().text(Fields.URL_PATH) : null;
        if (path != null) {
            otherPaths.merge(PathTemplates.shape(path), 1L, Long::sum);
        }
    }

    /** The names of fields without a rule, or their shapes, and in how many events they stood. */
    public Map<String, Long> unlisted() {
        return unlisted;
    }

    /** The shapes of paths without a template, and in how many events they stood. */
    public Map<String, Long> otherPaths() {
        return otherPaths;
    }
}
