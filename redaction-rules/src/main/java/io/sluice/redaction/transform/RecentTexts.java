package io.sluice.redaction.transform;

import io.sluice.redaction.event.Value;
import org.jspecify.annotations.Nullable;

/**
 * What became of texts seen lately, each slot holding the text last seen there: bounded, and without bookkeeping.
 *
 * <p>Holds plaintext in memory and nowhere else. Not thread-safe: one per task.
 */
final class RecentTexts {
    private static final int SLOTS = 4096;
    /** Longer ones hardly come twice, and would make it large. */
    private static final int LONGEST = 256;

    private final @Nullable String[] texts = new String[SLOTS];
    private final @Nullable Value[] results = new Value[SLOTS];

    /** What became of a text, or null if that is not known any more. */
    @Nullable
    Value get(String text) {
        int slot = slot(text);
        return text.equals(texts[slot]) ? results[slot] : null;
    }

    void put(String text, Value result) {
        if (text.length() <= LONGEST) {
            int slot = slot(text);
            texts[slot] = text;
            results[slot] = result;
        }
    }

    private static int slot(String text) {
        int hash = text.hashCode();
        return (hash ^ hash >>> 15) & SLOTS - 1;
    }
}
