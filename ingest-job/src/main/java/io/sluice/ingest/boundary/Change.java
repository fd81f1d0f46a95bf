package io.sluice.ingest.boundary;

import io.sluice.redaction.Redacted;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What another policy does to what can be seen of a field.
 *
 * <p>Newly exposed is a value that leaves where none did, a value of its own where a pseudonym or a constant stood, and
 * any word of the record that was not to be seen before.
 */
public enum Change {
    EXPOSED("newly exposed"),
    HIDDEN("newly hidden"),
    CHANGED("changed"),
    SAME("same");

    private final String label;

    Change(String label) {
        this.label = label;
    }

    /** How it is printed. */
    public String label() {
        return label;
    }

    /** Takes what became of one field. */
    public interface Taker {
        /**
         * @param was what left of it before, or null
         * @param is what leaves of it now, or null
         */
        void field(Change change, String route, FieldPath field, @Nullable String was, @Nullable String is);
    }

    /** Compares one event under two policies: every field that either lets out, on every route. */
    public static void each(Watched.Seen old, Watched.Seen now, Taker into) {
        Set<String> routes = new LinkedHashSet<>(old.outcomes.keySet());
        routes.addAll(now.outcomes.keySet());
        for (String route : routes) {
            Map<FieldPath, String> then = values(old.left.get(route));
            Map<FieldPath, String> since = values(now.left.get(route));
            Set<FieldPath> fields = new LinkedHashSet<>(then.keySet());
            fields.addAll(since.keySet());
            for (FieldPath field : fields) {
                String was = then.get(field);
                String is = since.get(field);
                boolean same = was != null && was.equals(is);
                into.field(same ? SAME : of(record(now, field), was, is), route, field, was, is);
            }
        }
    }

    private static Map<FieldPath, String> values(@Nullable Redacted redacted) {
        Map<FieldPath, String> values = new LinkedHashMap<>();
        for (int i = 0; redacted != null && i < redacted.size(); i++) {
            values.put(redacted.path(i), redacted.value(i).plain());
        }
        return values;
    }

    /** What the record itself says there. */
    private static String record(Watched.Seen seen, FieldPath field) {
        Value value = seen.event == null ? null : seen.event.scanned().event().get(field);
        return value == null ? "" : value.plain();
    }

    /** How a change from one released value to another counts; null stands for nothing. */
    static Change of(String record, @Nullable String was, @Nullable String is) {
        Set<String> words = words(record);
        Set<String> seenBefore = was == null || isPseudonym(was) ? Set.of() : words(was);
        Set<String> seenNow = is == null || isPseudonym(is) ? Set.of() : words(is);
        boolean more = seenNow.stream().anyMatch(word -> words.contains(word) && !seenBefore.contains(word));
        boolean less = seenBefore.stream().anyMatch(word -> words.contains(word) && !seenNow.contains(word));
        if (more || weight(is) > weight(was)) {
            return EXPOSED;
        }
        return less || weight(is) < weight(was) ? HIDDEN : CHANGED;
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
}
