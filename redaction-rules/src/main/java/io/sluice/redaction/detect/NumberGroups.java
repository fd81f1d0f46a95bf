package io.sluice.redaction.detect;

/**
 * Groups of digits with one separator between, such as {@code 4012-8888-8888-1881}: the reading that the detectors of
 * numbers share. Total and linear.
 */
final class NumberGroups {
    private NumberGroups() {}

    /** Whether a number may begin at {@code start}: no letter, digit or decimal point belongs to what stands before. */
    static boolean begins(Text text, int start) {
        char before = text.at(start - 1);
        if (Chars.isWord(before) || before == '_') {
            return false;
        }
        return !((before == '.' || before == '-' || before == ',') && Chars.isWord(text.at(start - 2)));
    }

    /** The end of the digits from {@code start}: where no number begins at one of them, none begins at those behind it. */
    static int groupEnd(Text text, int start) {
        int end = start;
        while (Chars.isDigit(text.at(end))) {
            end++;
        }
        return end;
    }

    /** Whether a number may end before {@code end}. */
    static boolean ends(Text text, int end) {
        char after = text.at(end);
        if (Chars.isWord(after) || after == '_') {
            return false;
        }
        return !((after == '.' || after == '-') && Chars.isWord(text.at(end + 1)));
    }

    /**
     * The end of groups of exactly these lengths that begin at {@code start}, all with the same separator from {@code
     * separators} between, or -1.
     */
    static int end(Text text, int start, String separators, int... lengths) {
        int i = start;
        char separator = Text.NONE;
        for (int group = 0; group < lengths.length; group++) {
            if (group > 0) {
                char c = text.at(i);
                if (group == 1 ? separators.indexOf(c) < 0 || c == Text.NONE : c != separator) {
                    return -1;
                }
                separator = c;
                i++;
            }
            for (int digit = 0; digit < lengths[group]; digit++) {
                if (!Chars.isDigit(text.at(i))) {
                    return -1;
                }
                i++;
            }
        }
        return i;
    }

    /** The digits from {@code start} to before {@code end}, without what stands between. */
    static String digits(Text text, int start, int end) {
        StringBuilder digits = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = text.at(i);
            if (Chars.isDigit(c)) {
                digits.append(c);
            }
        }
        return digits.toString();
    }

    /** Whether a short text holds no letter at all, so that nothing in it says that the number is anything else. */
    static boolean isBare(Text text) {
        if (text.length() > 64) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Chars.isWord(text.at(i)) && !Chars.isDigit(text.at(i))) {
                return false;
            }
        }
        return true;
    }
}
