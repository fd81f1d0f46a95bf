package io.sluice.redaction.detect;

/**
 * Finds Canadian social insurance numbers (Employment and Social Development Canada): nine digits for which the Luhn
 * sum holds, in three groups; in one piece only with a word such as SIN or NAS before, or where the text holds nothing
 * but numbers.
 */
final class SinDetector implements Detector {
    private static final Words CONTEXT = Words.of(
            "sin",
            "nas",
            "social insurance",
            "assurance sociale",
            "social_insurance",
            "socialinsurance",
            "sin number",
            "socialinsurancenumber");
    private static final int DISTANCE = 40;

    @Override
    public String name() {
        return "ca-sin";
    }

    @Override
    public DataCategory category() {
        return DataCategory.NATIONAL_ID;
    }

    @Override
    public Triggers triggers() {
        return Triggers.shapes("###-###-###", "### ### ###", "###.###.###", "#########");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        if (!NumberGroups.begins(text, at)) {
            into.looked(NumberGroups.groupEnd(text, at));
            return;
        }
        boolean grouped = !Chars.isDigit(text.at(at + 3));
        int end = grouped ? at + 11 : at + 9;
        if (!NumberGroups.ends(text, end) || !Checksums.sin(NumberGroups.digits(text, at, end))) {
            return;
        }
        boolean sameSeparator = !grouped || text.at(at + 3) == text.at(at + 7);
        boolean needsContext = !grouped || text.at(at + 3) == '.';
        if (sameSeparator
                && (!needsContext || CONTEXT.before(text, at, DISTANCE) || (!grouped && NumberGroups.isBare(text)))) {
            into.found(at, end);
        }
    }
}
