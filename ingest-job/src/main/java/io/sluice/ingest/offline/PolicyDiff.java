package io.sluice.ingest.offline;

import io.sluice.ingest.enrich.Enricher;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.keys.KeyStore;
import io.sluice.redaction.Redacted;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.rule.RedactionPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares what two policies let out of the same records: per route and field what is newly exposed, newly hidden or
 * changed.
 *
 * <p>Newly exposed is a value that leaves where none did, a value of its own where a pseudonym or a constant stood, and
 * any word of the record that was not to be seen before. Not thread-safe.
 */
public final class PolicyDiff implements PieceWork {
    private static final int EXAMPLES = 3;

    private final Watched before;
    private final Watched after;
    private final Runnable atEnd;
    private final Map<String, Entry> entries = new TreeMap<>();

    /** What a change does to what can be seen. */
    public enum Kind {
        EXPOSED("newly exposed"),
        HIDDEN("newly hidden"),
        CHANGED("changed");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** How it is printed. */
        public String label() {
            return label;
        }
    }

    /**
     * One field on one route.
     *
     * @param examples each a value of the record before and after, masked
     */
    public record Entry(Kind kind, String route, String field, long count, List<String> examples) {}

    /** @param atEnd closes what the boundaries need */
    public PolicyDiff(
            RedactionPolicy old,
            RedactionPolicy candidate,
            KeyStore keys,
            Enricher enricher,
            SourceOptions options,
            long receivedAt,
            Runnable atEnd) {
        this.before = new Watched(old, keys, enricher, options, receivedAt);
        this.after = new Watched(candidate, keys, enricher, options, receivedAt);
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
            compare(old.get(i), now.get(i));
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
        return entries.values().stream().anyMatch(entry -> entry.kind() == Kind.EXPOSED);
    }

    private void compare(Watched.Seen old, Watched.Seen now) {
        Set<String> routes = new LinkedHashSet<>(old.outcomes.keySet());
        routes.addAll(now.outcomes.keySet());
        for (String route : routes) {
            Map<String, String> then = values(old.left.get(route));
            Map<String, String> since = values(now.left.get(route));
            Set<String> fields = new LinkedHashSet<>(then.keySet());
            fields.addAll(since.keySet());
            for (String field : fields) {
                String was = then.get(field);
                String is = since.get(field);
                if (was == null ? is != null : !was.equals(is)) {
                    note(kind(record(now, field), was, is), route, field, was, is);
                }
            }
        }
    }

    private static Map<String, String> values(@Nullable Redacted redacted) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; redacted != null && i < redacted.size(); i++) {
            values.put(redacted.path(i).name(), redacted.value(i).plain());
        }
        return values;
    }

    /** What the record itself says there. */
    private static String record(Watched.Seen seen, String field) {
        Value value = seen.event == null ? null : seen.event.scanned().event().get(FieldPath.of(field));
        return value == null ? "" : value.plain();
    }

    /** How a change from one released value to another counts; null stands for nothing. */
    static Kind kind(String record, @Nullable String was, @Nullable String is) {
        Set<String> words = words(record);
        Set<String> seenBefore = was == null || isPseudonym(was) ? Set.of() : words(was);
        Set<String> seenNow = is == null || isPseudonym(is) ? Set.of() : words(is);
        boolean more = seenNow.stream().anyMatch(word -> words.contains(word) && !seenBefore.contains(word));
        boolean less = seenBefore.stream().anyMatch(word -> words.contains(word) && !seenNow.contains(word));
        if (more || weight(is) > weight(was)) {
            return Kind.EXPOSED;
        }
        return less || weight(is) < weight(was) ? Kind.HIDDEN : Kind.CHANGED;
    }

    /** How much a value can tell if it holds no word of the record: nothing, the same for all, or who. */
    private static int weight(@Nullable String value) {
        if (value == null) {
            return 0;
        }
        return isPseudonym(value) ? 2 : 1;
    }

    private static boolean isPseudonym(String value) {
        return value.startsWith("tok_") || value.startsWith("enc_");
    }

    private static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>(Arrays.asList(text.split("[^\\p{L}\\p{N}]+")));
        words.remove("");
        return words;
    }

    private void note(Kind kind, String route, String field, @Nullable String was, @Nullable String is) {
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
