package io.sluice.redaction.event;

import org.jspecify.annotations.Nullable;

/**
 * What became of texts seen lately: bounded, and without bookkeeping.
 *
 * <p>A text's hash names its slot and stands there beside it: another text is told by a number, without a look at the
 * one that is kept. A parser gives out a text that came lately as the same object, which knows its hash. A text gets its
 * slot when it comes the second time, so that the many that come once do not drive out the few that always come. Holds plaintext in memory and nowhere else. Not thread-safe: one per task.
 */
public final class RecentTexts<T> {
    /** Few enough to stay in the processor's own memory: most lines have one of some hundred values. */
    private static final int SLOTS = 1024;
    /** Longer ones hardly come twice, and would make it large. */
    private static final int LONGEST = 512;

    private final @Nullable String[] texts = new String[SLOTS];
    private final @Nullable Object[] results = new Object[SLOTS];
    private final int[] hashes = new int[SLOTS];
    private final int[] cameOnce = new int[SLOTS];

    /** What became of a text, or null if that is not known any more, or not yet. */
    @SuppressWarnings("unchecked") // nothing else is put into a slot
    public @Nullable T get(String text) {
        int hash = hash(text);
        int slot = slot(hash);
        return hashes[slot] == hash && text.equals(texts[slot]) ? (T) results[slot] : null;
    }

    /** Says what became of a text; it is kept from the second time on. */
    public void put(String text, T result) {
        if (text.length() > LONGEST) {
            return;
        }
        int hash = hash(text);
        int slot = slot(hash);
        if (cameOnce[slot] != hash) {
            cameOnce[slot] = hash;
            return;
        }
        hashes[slot] = hash;
        texts[slot] = text;
        results[slot] = result;
    }

    /** Never 0, which stands where nothing came yet. */
    private static int hash(String text) {
        return text.hashCode() | 1 << 31;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 10 ^ hash >>> 20) & SLOTS - 1;
    }
}
