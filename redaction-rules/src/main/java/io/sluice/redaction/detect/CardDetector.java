package io.sluice.redaction.detect;

/**
 * Finds payment card numbers (ISO/IEC 7812-1): 12 to 19 digits in an issuer's range for which the Luhn sum holds, in
 * one piece or in groups with spaces, hyphens or dots between. Where a text is nothing but 15 or 16 digits that begin
 * with 0, which no network issues, these are taken for a card of a sample and found as well.
 */
final class CardDetector implements Detector {
    private static final int MOST_DIGITS = 19;
    private static final int FEWEST_DIGITS = 12;

    @Override
    public String name() {
        return "card";
    }

    @Override
    public DataCategory category() {
        return DataCategory.CARD;
    }

    @Override
    public Triggers triggers() {
        return Triggers.shapes("####");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        int i = at;
        int groupEnd = NumberGroups.groupEnd(text, i);
        if (!NumberGroups.begins(text, i)) {
            into.looked(groupEnd);
            return;
        }
        int end = cardEnd(text, i, groupEnd);
        if (end > 0) {
            into.found(i, end);
            into.looked(end);
        } else {
            into.looked(groupEnd);
        }
    }

    private static boolean isSample(Text text, StringBuilder digits) {
        return digits.charAt(0) == '0' && (digits.length() == 15 || digits.length() == 16) && NumberGroups.isBare(text);
    }

    /** The end of the longest card that begins with the group from {@code start}, or -1. */
    private static int cardEnd(Text text, int start, int firstEnd) {
        if (firstEnd - start > MOST_DIGITS) {
            return -1;
        }
        if (firstEnd - start < FEWEST_DIGITS && !isJoined(text, firstEnd)) {
            return -1;
        }
        StringBuilder digits = new StringBuilder(MOST_DIGITS);
        append(text, start, firstEnd, digits);
        int best = -1;
        int end = firstEnd;
        char separator = text.at(end);
        while (true) {
            boolean whole = digits.length() >= FEWEST_DIGITS && NumberGroups.ends(text, end);
            if (whole && (Checksums.card(digits) || isSample(text, digits))) {
                best = end;
            }
            if (text.at(end) != separator || !isJoined(text, end)) {
                return best;
            }
            int nextEnd = NumberGroups.groupEnd(text, end + 1);
            if (digits.length() + nextEnd - end - 1 > MOST_DIGITS) {
                return best;
            }
            append(text, end + 1, nextEnd, digits);
            end = nextEnd;
        }
    }

    /** Whether a separator and a group of two digits or more follow. */
    private static boolean isJoined(Text text, int end) {
        char separator = text.at(end);
        return (separator == ' ' || separator == '-' || separator == '.')
                && Chars.isDigit(text.at(end + 1))
                && Chars.isDigit(text.at(end + 2));
    }

    private static void append(Text text, int start, int end, StringBuilder digits) {
        for (int i = start; i < end; i++) {
            digits.append(text.at(i));
        }
    }
}
