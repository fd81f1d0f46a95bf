package io.sluice.ingest.offline;

import io.sluice.ingest.boundary.Change;
import io.sluice.ingest.boundary.Watched;
import io.sluice.ingest.enrich.Enricher;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.keys.KeyStore;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.rule.RedactionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares what two policies let out of the same records: per route and field what is newly exposed, newly hidden or
 * changed.
 *
 * <p>Not thread-safe.
 */
public final class PolicyDiff implements PieceWork {
    private static final int EXAMPLES = 3;

    private final WatchedPieces before;
    private final WatchedPieces after;
    private final Runnable atEnd;
    private final Map<String, Entry> entries = new TreeMap<>();

    /**
     * One field on one route.
     *
     * @param examples each a value of the record before and after, masked
     */
    public record Entry(Change kind, String route, String field, long count, List<String> examples) {}

    /** @param atEnd closes what the boundaries need */
    public PolicyDiff(
            RedactionPolicy old,
            RedactionPolicy candidate,
            KeyStore keys,
            Enricher enricher,
            SourceOptions options,
            long receivedAt,
            Runnable atEnd) {
        this.before = new WatchedPieces(old, keys, enricher, options, receivedAt);
        this.after = new WatchedPieces(candidate, keys, enricher, options, receivedAt);
        this.atEnd = atEnd;
    }

    @Override
    public void close() {
        atEnd.run();
    }

    @Override
    public void work(Piece piece, Page page, Balance balance) {
        List<Watched.Seen> old = before.watch(piece);
        List<Watched.Seen> now = after.watch(piece);
        after.account(balance);
        // Parsing knows no policy, so both have the same events.
        for (int i = 0; i < now.size(); i++) {
            balance.released();
            Change.each(old.get(i), now.get(i), this::note);
        }
    }

    /** What differs, what is newly exposed first. */
    public List<Entry> entries() {
        List<Entry> all = new ArrayList<>(entries.values());
        all.sort((a, b) -> a.kind().compareTo(b.kind()));
        return all;
    }

    /** Whether anything is to be seen that was not. */
    public boolean exposes() {
        return entries.values().stream().anyMatch(entry -> entry.kind() == Change.EXPOSED);
    }

    private void note(Change kind, String route, FieldPath path, @Nullable String was, @Nullable String is) {
        if (kind == Change.SAME) {
            return;
        }
        String field = path.name();
        String key = kind.ordinal() + "\n" + route + "\n" + field;
        Entry old = entries.getOrDefault(key, new Entry(kind, route, field, 0, List.of()));
        String example = (was == null ? "nothing" : Masked.of(was)) + " -> " + (is == null ? "nothing" : Masked.of(is));
        List<String> examples = old.examples();
        if (examples.size() < EXAMPLES && !examples.contains(example)) {
            examples = new ArrayList<>(examples);
            examples.add(example);
        }
        entries.put(key, new Entry(kind, route, field, old.count() + 1, examples));
    }
}
