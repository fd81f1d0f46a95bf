package io.sluice.ingest.enrich;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds which of many words occur in a text, in one pass ({@link WordAutomaton}). Read-only once built.
 *
 * <p>A word is added by a flag, and then counts wherever it stands, or by a number, and then counts only where it stands
 * alone: no letter or digit before it, and behind it none if it ends in one, else the digits of a version.
 */
final class WordScan {
    /** Set where a word with a number ends. */
    private static final int NUMBERED = 1 << 31;
    /** No user agent of people or robots has half as many; one made of words alone is told by its first ones. */
    private static final int MOST_WORDS = 32;

    private final WordAutomaton automaton;
    private final String[] numbered;

    private WordScan(WordAutomaton automaton, String[] numbered) {
        this.automaton = automaton;
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
            state = automaton.next(state, text.charAt(i));
            int here = automaton.flags(state);
            found |= here;
            if ((here & NUMBERED) != 0) {
                for (int word : automaton.ending(state)) {
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
        private final WordAutomaton.Builder automaton = new WordAutomaton.Builder();
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> numbered = new ArrayList<>();

        void add(String word, int flag) {
            automaton.flag(word, flag);
        }

        /** @return the number of this word, the same for the same word */
        int number(String word) {
            String lower = word.toLowerCase(Locale.ROOT);
            return numbers.computeIfAbsent(lower, each -> {
                automaton.number(each, numbered.size(), NUMBERED);
                numbered.add(each);
                return numbered.size() - 1;
            });
        }

        WordScan build() {
            return new WordScan(automaton.build(), numbered.toArray(String[]::new));
        }
    }
}
