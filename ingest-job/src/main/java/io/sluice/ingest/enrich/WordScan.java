package io.sluice.ingest.enrich;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds which of many words occur in a text, in one pass over it whatever their number (Aho and Corasick, 1975). Letters
 * A to Z count as a to z; other characters beyond ASCII match nothing. Read-only once built.
 */
final class WordScan {
    private static final int ALPHABET = 128;

    private final int[][] next;
    private final int[] flags;

    private WordScan(int[][] next, int[] flags) {
        this.next = next;
        this.flags = flags;
    }

    /** The flags of all words that occur in the text, together. */
    int flags(String text) {
        int state = 0;
        int found = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int lower = c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
            state = lower < ALPHABET ? next[state][lower] : 0;
            found |= flags[state];
        }
        return found;
    }

    /** Collects words. */
    static final class Builder {
        private final List<int[]> next = new ArrayList<>();
        private final List<Integer> flags = new ArrayList<>();

        Builder() {
            state();
        }

        private int state() {
            int[] row = new int[ALPHABET];
            Arrays.fill(row, -1);
            next.add(row);
            flags.add(0);
            return next.size() - 1;
        }

        /** @param word lower-case ASCII */
        void add(String word, int flag) {
            int state = 0;
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                if (next.get(state)[c] < 0) {
                    next.get(state)[c] = state();
                }
                state = next.get(state)[c];
            }
            flags.set(state, flags.get(state) | flag);
        }

        WordScan build() {
            int[] fail = new int[next.size()];
            ArrayDeque<Integer> queue = new ArrayDeque<>();
            queue.add(0);
            while (!queue.isEmpty()) {
                int state = queue.remove();
                flags.set(state, flags.get(state) | flags.get(fail[state]));
                int[] row = next.get(state);
                for (int c = 0; c < ALPHABET; c++) {
                    int fallback = state == 0 ? 0 : next.get(fail[state])[c];
                    if (row[c] < 0) {
                        row[c] = fallback;
                    } else {
                        fail[row[c]] = fallback;
                        queue.add(row[c]);
                    }
                }
            }
            return new WordScan(
                    next.toArray(int[][]::new),
                    flags.stream().mapToInt(Integer::intValue).toArray());
        }
    }
}
