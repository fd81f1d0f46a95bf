package io.sluice.redaction.detect;

/**
 * Finds Canadian postal codes (Canada Post: letter and digit in turn, without the letters that it does not use) and,
 * behind a word such as {@code zip}, those of the United States. Both need context: a word for a postal code or an
 * address before, or a province before or the country behind.
 */
final class PostalCodeDetector implements Detector {
    private static final String FIRST = "ABCEGHJKLMNPRSTVXY";
    private static final String OTHERS = "ABCEGHJKLMNPRSTVWXYZ";
    private static final Words CONTEXT = Words.of(
            "postal",
            "postal code",
            "postalcode",
            "postal_code",
            "postcode",
            "code postal",
            "code_postal",
            "zip",
            "zipcode",
            "zip_code",
            "address",
            "adresse",
            "addr",
            "street",
            "rue",
            "avenue",
            "ave",
            "st",
            "rd",
            "blvd",
            "city",
            "ville",
            "province",
            "shipping",
            "billing",
            "mailing");
    private static final Words PROVINCES = Words.of(
            "on",
            "qc",
            "bc",
            "ab",
            "mb",
            "sk",
            "ns",
            "nb",
            "nl",
            "pe",
            "pei",
            "yt",
            "nt",
            "nu",
            "ont",
            "que",
            "ontario",
            "quebec",
            "québec",
            "alberta",
            "manitoba",
            "saskatchewan",
            "nova scotia",
            "new brunswick",
            "british columbia",
            "newfoundland",
            "canada");
    private static final String[] ZIP = {
        "zip code", "zipcode", "zip_code", "zip-code", "zip", "postal code", "postal_code"
    };
    private static final int DISTANCE = 60;

    @Override
    public String name() {
        return "postal-code";
    }

    @Override
    public DataCategory category() {
        return DataCategory.POSTAL_CODE;
    }

    @Override
    public Triggers triggers() {
        return Triggers.shapes("^#^ #^#", "^#^#^#", "^#^-#^#").and(Triggers.literals(ZIP));
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        if (Chars.isDigit(text.at(at + 1))) {
            canadian(text, at, into);
        } else {
            american(text, at, into);
        }
    }

    private static void canadian(Text text, int at, Findings into) {
        int gap = Chars.isDigit(text.at(at + 3)) ? 0 : 1;
        int end = at + 6 + gap;
        if (Chars.isWord(text.at(at - 1)) || Chars.isWord(text.at(end))) {
            return;
        }
        boolean used = FIRST.indexOf(upper(text.at(at))) >= 0
                && OTHERS.indexOf(upper(text.at(at + 2))) >= 0
                && OTHERS.indexOf(upper(text.at(at + 4 + gap))) >= 0;
        if (used
                && (CONTEXT.before(text, at, DISTANCE)
                        || PROVINCES.before(text, at, 24)
                        || PROVINCES.within(text, end, end + 12))) {
            into.found(at, end);
        }
    }

    private static void american(Text text, int at, Findings into) {
        if (!Label.begins(text, at)) {
            return;
        }
        for (String word : ZIP) {
            if (!text.hasIgnoringCase(at, word) || Chars.isWord(text.at(at + word.length()))) {
                continue;
            }
            int i = at + word.length();
            int limit = i + 8;
            while (i < limit && !Chars.isDigit(text.at(i)) && !Chars.isWord(text.at(i))) {
                i++;
            }
            int end = NumberGroups.end(text, i, "-", 5, 4);
            end = end > 0 ? end : NumberGroups.end(text, i, "", 5);
            if (end > 0 && !Chars.isWord(text.at(end)) && text.at(i - 1) != '.') {
                into.found(i, end);
            }
            return;
        }
    }

    private static char upper(char c) {
        return (char) (c & ~0x20);
    }
}
