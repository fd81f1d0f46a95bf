package io.sluice.sinks.elasticsearch;

import org.jspecify.annotations.Nullable;

/**
 * The members that one field of the documents written lately had, as the bytes of name and value: most texts of clean
 * events are one of a few, and are the same object each time.
 *
 * <p>Bounded, and without bookkeeping: a text gets its slot when it comes the second time, so that those that come once
 * do not drive out those that always come. Holds clean values only. Not thread-safe.
 */
final class RecentMembers {
    /** A power of two. */
    private static final int SLOTS = 64;
    /** Longer ones, tokens among them, hardly come twice. */
    private static final int LONGEST = 40;

    private final @Nullable String[] texts = new String[SLOTS];
    private final byte[][] members = new byte[SLOTS][];
    private final int[] cameOnce = new int[SLOTS];
    private int last;

    /** The member with this text, or null if it is not known, or not yet. */
    byte @Nullable [] get(String text) {
        // A policy, a source: the same in document after document.
        if (text == texts[last]) {
            return members[last];
        }
        if (text.length() > LONGEST) {
            return null;
        }
        int slot = slot(text.hashCode());
        if (!text.equals(texts[slot])) {
            return null;
        }
        last = slot;
        return members[slot];
    }

    /** Whether the member of a text that is not known should be kept now. */
    boolean wants(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        int hash = text.hashCode();
        int slot = slot(hash);
        if (cameOnce[slot] == hash) {
            return true;
        }
        cameOnce[slot] = hash;
        return false;
    }

    void put(String text, byte[] member) {
        int slot = slot(text.hashCode());
        texts[slot] = text;
        members[slot] = member;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 6 ^ hash >>> 15) & SLOTS - 1;
    }
}
