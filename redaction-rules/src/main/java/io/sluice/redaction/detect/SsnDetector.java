package io.sluice.redaction.detect;

/**
 * Finds US social security numbers (SSA, POMS RM 10201): nine digits in the assigned ranges, as 3-2-4 with the same
 * hyphen, dot or space between; in other groupings only with a word such as SSN before, and with one hyphen also where
 * the text holds nothing but numbers.
 */
final class SsnDetector implements Detector {
    private static final Words CONTEXT =
            Words.of("ssn", "ssns", "social security", "socialsecurity", "social_security", "ssid", "itin", "tax id");
    private static final int DISTANCE = 40;

    @Override
    public String name() {
        return "us-ssn";
    }

    @Override
    public DataCategory category() {
        return DataCategory.NATIONAL_ID;
    }

    @Override
    public Triggers triggers() {
        return Triggers.shapes("###-##-####", "### ## ####", "###.##.####", "###-######", "#####-####", "#########");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        if (!NumberGroups.begins(text, at)) {
            into.looked(NumberGroups.groupEnd(text, at));
            return;
        }
        int end = at;
        int digits = 0;
        int separators = 0;
        while (digits < 9) {
            boolean digit = Chars.isDigit(text.at(end));
            digits += digit ? 1 : 0;
            separators += digit ? 0 : 1;
            end++;
        }
        if (!NumberGroups.ends(text, end) || !Checksums.ssn(NumberGroups.digits(text, at, end))) {
            return;
        }
        boolean known =
                separators == 2 || CONTEXT.before(text, at, DISTANCE) || (separators == 1 && NumberGroups.isBare(text));
        if (known) {
            into.found(at, end);
        }
    }
}
