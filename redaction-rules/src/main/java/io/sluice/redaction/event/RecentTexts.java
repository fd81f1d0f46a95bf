package io.sluice.redaction.event;

import org.jspecify.annotations.Nullable;

/**
 * What became of texts seen lately, each slot holding the text last seen there: bounded, and without bookkeeping.
 *
 * <p>A text finds its slot by its length and a few of its characters, for the hash of a long one costs as much as the
 * look-up saves; texts that share a slot only take turns. Holds plaintext in memory and nowhere else. Not thread-safe:
 * one per task.
 */
public final class RecentTexts<T> {
    /** Few enough to stay in the processor's own memory: most lines have one of some hundred values. */
    private static final int SLOTS = 1024;
    /** Longer ones hardly come twice, and would make it large. */
    private static final int LONGEST = 512;

    private static final int SAMPLED = 16;

    private final @Nullable Slot[] slots = new Slot[SLOTS];

    private record Slot(String text, Object result) {}

    /** What became of a text, or null if that is not known any more. */
    @SuppressWarnings("unchecked") // nothing else is put into a slot
    public @Nullable T get(String text) {
        Slot slot = slots[slot(text)];
        return slot != null && slot.text.equals(text) ? (T) slot.result : null;
    }

    public void put(String text, T result) {
        if (text.length() <= LONGEST) {
            slots[slot(text)] = new Slot(text, result);
        }
    }

    private static int slot(String text) {
        int length = text.length();
        int hash = length;
        int step = Math.max(1, length / SAMPLED);
        for (int i = length - 1; i >= 0; i -= step) {
            hash = hash * 31 + text.charAt(i);
        }
        return (hash ^ hash >>> 10 ^ hash >>> 20) & SLOTS - 1;
    }
}
