package io.sluice.redaction.detect;

import java.util.function.Predicate;

/**
 * Finds numbers and codes that mean something only behind a word: one instance per kind, see {@link Detectors}.
 *
 * <p>Behind one of its words, within a distance, it takes each code of letters and digits (single spaces, hyphens and
 * dots between) whose characters fit. Linear: what lies behind a word is read once.
 */
final class ContextNumberDetector implements Detector {
    private final String name;
    private final DataCategory category;
    private final String[] words;
    private final int distance;
    private final Predicate<String> fits;
    private final boolean letters;
    private final String separators;

    /**
     * @param words in lower case; each must begin and end at a word's border
     * @param distance how far behind the word the code may begin, in UTF-16 units
     * @param letters whether the code may hold letters
     * @param separators of which one may stand between letters and digits of the code
     * @param fits decides over the code's letters and digits, without what stands between
     */
    ContextNumberDetector(
            String name,
            DataCategory category,
            int distance,
            boolean letters,
            String separators,
            Predicate<String> fits,
            String... words) {
        this.name = name;
        this.category = category;
        this.words = words;
        this.distance = distance;
        this.letters = letters;
        this.separators = separators;
        this.fits = fits;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public DataCategory category() {
        return category;
    }

    @Override
    public Triggers triggers() {
        return Triggers.literals(words);
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        int behind = behindWord(text, at);
        if (behind < 0) {
            return;
        }
        int limit = Math.min(text.length(), behind + distance);
        int i = behind;
        while (i < limit) {
            if (!isCode(text.at(i)) || Chars.isWord(text.at(i - 1)) || Label.isPlaceholder(text, i - 1)) {
                i++;
                continue;
            }
            int end = longest(text, i, into);
            i = end < 0 ? i + 1 : end;
        }
    }

    private int behindWord(Text text, int at) {
        if (!Label.begins(text, at)) {
            return -1;
        }
        int behind = -1;
        for (String word : words) {
            int end = at + word.length();
            if (text.hasIgnoringCase(at, word) && !Chars.isLetter(text.at(end))) {
                behind = Math.max(behind, end);
            }
        }
        return behind;
    }

    private boolean isCode(char c) {
        return Chars.isDigit(c) || (letters && Chars.isLetter(c));
    }

    /** Reports the longest code from {@code start} that fits and gives its end, or -1. */
    private int longest(Text text, int start, Findings into) {
        StringBuilder code = new StringBuilder();
        int best = -1;
        int i = start;
        while (code.length() < 40 && isCode(text.at(i))) {
            while (isCode(text.at(i)) && code.length() < 40) {
                code.append(text.at(i));
                i++;
            }
            if (!Chars.isWord(text.at(i)) && fits.test(code.toString())) {
                best = i;
            }
            if (separators.indexOf(text.at(i)) >= 0 && i < text.length()) {
                i++;
            }
        }
        if (best > 0) {
            into.found(start, best);
        }
        return best;
    }
}
