package io.sluice.redaction.detect;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * A small set of words that are looked for near a place: context such as {@code sin} or {@code date of birth}.
 *
 * <p>Words are compared whole and without regard to case. Immutable.
 */
public final class Words {
    private static final int OTHERS = 128;
    private static final String[] NONE = {};

    private final String[][] byFirst;
    private final String[][] byLast;
    private final int longest;

    private Words(String[] words) {
        this.byFirst = by(words, word -> word.charAt(0));
        this.byLast = by(words, word -> word.charAt(word.length() - 1));
        this.longest = Arrays.stream(words).mapToInt(String::length).max().orElse(0);
    }

    private static String[][] by(String[] words, ToIntFunction<String> character) {
        String[][] sorted = new String[OTHERS + 1][];
        for (int c = 0; c <= OTHERS; c++) {
            int bucket = c;
            String[] some = Arrays.stream(words)
                    .filter(word -> !word.isEmpty() && Math.min(character.applyAsInt(word), OTHERS) == bucket)
                    .toArray(String[]::new);
            sorted[c] = some.length == 0 ? NONE : some;
        }
        return sorted;
    }

    /** The words, which may hold spaces and letters of any script. */
    public static Words of(String... words) {
        return new Words(
                Arrays.stream(words).map(word -> word.toLowerCase(Locale.ROOT)).toArray(String[]::new));
    }

    /** Whether one of the words ends just before {@code end} and begins at a word's start. */
    public boolean endsAt(Text text, int end) {
        for (String word : byLast[Math.min(lower(text.at(end - 1)), OTHERS)]) {
            int start = end - word.length();
            if (start >= 0 && !Chars.isWord(text.at(start - 1)) && matches(text, start, word)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether one of the words stands wholly within {@code distance} units before {@code at}.
     *
     * <p>Looks at no more than the distance and a word's length, so it is constant work.
     */
    public boolean before(Text text, int at, int distance) {
        return within(text, Math.max(0, at - distance), at);
    }

    /** Whether one of the words stands wholly between {@code from} and {@code to}. */
    public boolean within(Text text, int from, int to) {
        int end = Math.min(to, text.length());
        for (int i = Math.max(0, from); i < end; i++) {
            if (Chars.isWord(text.at(i)) && !Chars.isWord(text.at(i - 1)) && startsAt(text, i, end)) {
                return true;
            }
        }
        return false;
    }

    private boolean startsAt(Text text, int start, int end) {
        for (String word : byFirst[Math.min(lower(text.at(start)), OTHERS)]) {
            int after = start + word.length();
            if (after <= end && !Chars.isWord(text.at(after)) && matches(text, start, word)) {
                return true;
            }
        }
        return false;
    }

    /** How many units the longest word has. */
    public int longest() {
        return longest;
    }

    private static boolean matches(Text text, int start, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (lower(text.at(start + i)) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static char lower(char c) {
        return c < 128 ? Chars.lower(c) : Character.toLowerCase(c);
    }
}
