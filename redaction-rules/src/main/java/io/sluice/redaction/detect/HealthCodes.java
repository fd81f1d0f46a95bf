package io.sluice.redaction.detect;

/** The forms of Canadian provincial health insurance numbers, without separators. */
final class HealthCodes {
    private HealthCodes() {}

    /**
     * Whether a code has the form of some province's number: ten digits, in Ontario with a version code of one or two
     * letters; nine digits (Alberta, Manitoba, Saskatchewan, New Brunswick, Yukon), twelve (Newfoundland), eight (Prince
     * Edward Island), or Quebec's four letters and eight digits. The word before it decides, so check digits do not.
     */
    static boolean isNumber(String code) {
        int letters = 0;
        while (letters < code.length() && Chars.isLetter(code.charAt(letters))) {
            letters++;
        }
        int digits = letters;
        while (digits < code.length() && Chars.isDigit(code.charAt(digits))) {
            digits++;
        }
        int count = digits - letters;
        int rest = code.length() - digits;
        if (letters == 4) {
            return count == 8 && rest == 0;
        }
        if (letters == 0 && count == 10) {
            return rest <= 2 && code.chars().skip(10).allMatch(c -> Chars.isLetter((char) c));
        }
        return letters <= 1 && rest == 0 && (count == 7 || count == 8 || count == 9 || count == 12);
    }
}
