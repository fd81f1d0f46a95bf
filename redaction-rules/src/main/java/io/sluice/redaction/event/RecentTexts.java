package io.sluice.redaction.event;

import org.jspecify.annotations.Nullable;

/**
 * What became of texts seen lately: bounded, and without bookkeeping.
 *
 * <p>A text has a print, which names its slot and stands there beside it: another text is told by a number, without a
 * look at the one that is kept. A text gets its slot when it comes the second time, so that the many that come once do
 * not drive out the few that always come. Holds plaintext in memory and nowhere else. Not thread-safe: one per task.
 */
public final class RecentTexts<T> {
    /** Few enough to stay in the processor's own memory: most lines have one of some hundred values. */
    private static final int SLOTS = 1024;
    /** Longer ones hardly come twice, and would make it large. */
    private static final int LONGEST = 512;

    private final @Nullable String[] texts = new String[SLOTS];
    private final @Nullable Object[] results = new Object[SLOTS];
    private final int[] prints = new int[SLOTS];
    private final int[] cameOnce = new int[SLOTS];

    /** What became of a text, or null if that is not known any more, or not yet. */
    @SuppressWarnings("unchecked") // nothing else is put into a slot
    public @Nullable T get(String text) {
        int print = print(text);
        int slot = slot(print);
        return prints[slot] == print && text.equals(texts[slot]) ? (T) results[slot] : null;
    }

    /** Says what became of a text; it is kept from the second time on. */
    public void put(String text, T result) {
        if (text.length() > LONGEST) {
            return;
        }
        int print = print(text);
        int slot = slot(print);
        if (cameOnce[slot] != print) {
            cameOnce[slot] = print;
            return;
        }
        prints[slot] = print;
        texts[slot] = text;
        results[slot] = result;
    }

    /**
     * Of all characters, for user agents differ in one digit of a version; four sums side by side, of which none waits
     * for another, take a third of the time of {@link String#hashCode()}. Never 0, which stands where nothing came yet.
     */
    private static int print(String text) {
        int length = text.length();
        int a = length;
        int b = 0;
        int c = 0;
        int d = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            a = a * 31 + text.charAt(i);
            b = b * 31 + text.charAt(i + 1);
            c = c * 31 + text.charAt(i + 2);
            d = d * 31 + text.charAt(i + 3);
        }
        for (; i < length; i++) {
            a = a * 31 + text.charAt(i);
        }
        return ((a * 31 + b) * 31 + c) * 31 + d | 1 << 31;
    }

    private static int slot(int print) {
        return (print ^ print >>> 10 ^ print >>> 20) & SLOTS - 1;
    }
}
