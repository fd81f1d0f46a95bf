package io.sluice.ingest.enrich;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The states of a search for many words in one pass over a text, whatever their number (Aho and Corasick, 1975). Letters a
 * to z count as A to Z; words have the printable characters of ASCII up to the underscore, and others match nothing.
 * Read-only once built.
 */
final class WordAutomaton {
    private static final int SYMBOLS = 64;
    private static final int FIRST = ' ';
    private static final int[] NONE = {};

    private final int[][] next;
    private final int[] flags;
    private final int[][] ending;

    private WordAutomaton(int[][] next, int[] flags, int[][] ending) {
        this.next = next;
        this.flags = flags;
        this.ending = ending;
    }

    /** The state behind a character; a search begins in state 0. */
    int next(int state, char c) {
        int symbol = symbol(c);
        return symbol < 0 ? 0 : next[state][symbol];
    }

    /** The flags of all words that end here, together. */
    int flags(int state) {
        return flags[state];
    }

    /** The numbers of all words that end here. */
    int[] ending(int state) {
        return ending[state];
    }

    /** Or -1 if no word holds it. */
    private static int symbol(char c) {
        int upper = c >= 'a' && c <= 'z' ? c + 'A' - 'a' : c;
        return upper >= FIRST && upper < FIRST + SYMBOLS ? upper - FIRST : -1;
    }

    /** Whether a word may hold this character. */
    static boolean knows(char c) {
        return symbol(c) >= 0;
    }

    /** Collects words. */
    static final class Builder {
        private final List<int[]> next = new ArrayList<>();
        private final List<int[]> ending = new ArrayList<>();
        private int[] flags = new int[64];

        Builder() {
            state();
        }

        private int state() {
            int[] row = new int[SYMBOLS];
            Arrays.fill(row, -1);
            next.add(row);
            ending.add(NONE);
            if (flags.length < next.size()) {
                flags = Arrays.copyOf(flags, flags.length * 2);
            }
            return next.size() - 1;
        }

        /** Adds a word by flags that are set where it ends. */
        void flag(String word, int flag) {
            int state = path(word);
            flags[state] |= flag;
        }

        /** Adds a word by a number that is told, and flags that are set, where it ends. */
        void number(String word, int number, int flag) {
            int state = path(word);
            ending.set(state, together(ending.get(state), new int[] {number}));
            flags[state] |= flag;
        }

        private int path(String word) {
            int state = 0;
            for (int i = 0; i < word.length(); i++) {
                int symbol = symbol(word.charAt(i));
                if (next.get(state)[symbol] < 0) {
                    next.get(state)[symbol] = state();
                }
                state = next.get(state)[symbol];
            }
            return state;
        }

        WordAutomaton build() {
            int[] fail = new int[next.size()];
            ArrayDeque<Integer> queue = new ArrayDeque<>();
            queue.add(0);
            while (!queue.isEmpty()) {
                int state = queue.remove();
                flags[state] |= flags[fail[state]];
                if (state != 0) {
                    ending.set(state, together(ending.get(state), ending.get(fail[state])));
                }
                int[] row = next.get(state);
                for (int c = 0; c < SYMBOLS; c++) {
                    int fallback = state == 0 ? 0 : next.get(fail[state])[c];
                    if (row[c] < 0) {
                        row[c] = fallback;
                    } else {
                        fail[row[c]] = fallback;
                        queue.add(row[c]);
                    }
                }
            }
            return new WordAutomaton(
                    next.toArray(int[][]::new), Arrays.copyOf(flags, next.size()), ending.toArray(int[][]::new));
        }

        private static int[] together(int[] one, int[] other) {
            if (other.length == 0 || one.length == 0) {
                return one.length == 0 ? other : one;
            }
            int[] both = Arrays.copyOf(one, one.length + other.length);
            System.arraycopy(other, 0, both, one.length, other.length);
            return both;
        }
    }
}
