package io.sluice.ingest.enrich;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds which of many words occur in a text, in one pass over it whatever their number (Aho and Corasick, 1975). Letters
 * A to Z count as a to z; other characters beyond ASCII match nothing. Read-only once built.
 *
 * <p>A word is added by a flag, and then counts wherever it stands, or by a number, and then counts only where it stands
 * alone: no letter or digit before it, and behind it none if it ends in one, else the digits of a version.
 */
final class WordScan {
    private static final int ALPHABET = 128;
    private static final int[] NONE = {};
    /** Set where a word with a number ends. */
    private static final int NUMBERED = 1 << 31;
    /** No user agent of people or robots has half as many; one made of words alone is told by its first ones. */
    private static final int MOST_WORDS = 32;

    private final int[][] next;
    private final int[] flags;
    private final int[][] ending;
    private final String[] numbered;

    private WordScan(int[][] next, int[] flags, int[][] ending, String[] numbered) {
        this.next = next;
        this.flags = flags;
        this.ending = ending;
        this.numbered = numbered;
    }

    /**
     * What one text holds.
     *
     * @param flags of all words added by a flag that occur in it, together
     * @param ends by the number of a word, the place behind its first occurrence, or 0
     * @param words the numbers of those that occur, in their order
     * @param count how many these are
     */
    record Found(int flags, int[] ends, int[] words, int count) {
        boolean has(int word) {
            return ends[word] != 0;
        }
    }

    Found find(String text) {
        int state = 0;
        int found = 0;
        int[] ends = new int[numbered.length];
        int[] words = new int[Math.min(numbered.length, MOST_WORDS)];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int lower = c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
            state = lower < ALPHABET ? next[state][lower] : 0;
            int here = flags[state];
            found |= here;
            if ((here & NUMBERED) != 0) {
                for (int word : ending[state]) {
                    if (ends[word] == 0 && count < words.length && standsAlone(text, numbered[word], i + 1)) {
                        ends[word] = i + 1;
                        words[count++] = word;
                    }
                }
            }
        }
        return new Found(found & ~NUMBERED, ends, words, count);
    }

    private static boolean standsAlone(String text, String word, int end) {
        int start = end - word.length();
        if (start > 0 && isWordCharacter(word.charAt(0)) && isWordCharacter(text.charAt(start - 1))) {
            return false;
        }
        return isWordCharacter(word.charAt(word.length() - 1))
                ? end == text.length() || !isWordCharacter(text.charAt(end))
                : Major.isAt(text, end);
    }

    private static boolean isWordCharacter(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Collects words. */
    static final class Builder {
        private final List<int[]> next = new ArrayList<>();
        private final List<Integer> flags = new ArrayList<>();
        private final List<int[]> ending = new ArrayList<>();
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> numbered = new ArrayList<>();

        Builder() {
            state();
        }

        private int state() {
            int[] row = new int[ALPHABET];
            Arrays.fill(row, -1);
            next.add(row);
            flags.add(0);
            ending.add(NONE);
            return next.size() - 1;
        }

        /** @param word lower-case ASCII */
        void add(String word, int flag) {
            int state = path(word);
            flags.set(state, flags.get(state) | flag);
        }

        /**
         * @param word ASCII
         * @return its number, the same for the same word
         */
        int number(String word) {
            String lower = word.toLowerCase(Locale.ROOT);
            return numbers.computeIfAbsent(lower, each -> {
                int state = path(each);
                ending.set(state, new int[] {numbered.size()});
                flags.set(state, flags.get(state) | NUMBERED);
                numbered.add(each);
                return numbered.size() - 1;
            });
        }

        private int path(String word) {
            int state = 0;
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                if (next.get(state)[c] < 0) {
                    next.get(state)[c] = state();
                }
                state = next.get(state)[c];
            }
            return state;
        }

        WordScan build() {
            int[] fail = new int[next.size()];
            ArrayDeque<Integer> queue = new ArrayDeque<>();
            queue.add(0);
            while (!queue.isEmpty()) {
                int state = queue.remove();
                flags.set(state, flags.get(state) | flags.get(fail[state]));
                ending.set(state, together(ending.get(state), state == 0 ? NONE : ending.get(fail[state])));
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
                    flags.stream().mapToInt(Integer::intValue).toArray(),
                    ending.toArray(int[][]::new),
                    numbered.toArray(String[]::new));
        }

        private static int[] together(int[] longer, int[] shorter) {
            if (shorter.length == 0) {
                return longer;
            }
            int[] both = Arrays.copyOf(longer, longer.length + shorter.length);
            System.arraycopy(shorter, 0, both, longer.length, shorter.length);
            return both;
        }
    }
}
