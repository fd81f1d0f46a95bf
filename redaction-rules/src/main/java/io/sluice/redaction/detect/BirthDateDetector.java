package io.sluice.redaction.detect;

import java.util.Locale;
import java.util.Set;

/**
 * Finds dates of birth: a date in any of the usual forms (ISO 8601, day or month first, with a month's name in English or
 * French) behind a word such as {@code dob}, {@code born} or {@code date de naissance}.
 */
final class BirthDateDetector implements Detector {
    private static final String[] WORDS = {
        "dob",
        "d.o.b",
        "birth",
        "born",
        "birthday",
        "birthdate",
        "birth_date",
        "date_of_birth",
        "dateofbirth",
        "birth date",
        "date of birth",
        "naissance",
        "date de naissance",
        "date_naissance",
        "né le",
        "née le",
        "ddn",
        "anniversaire"
    };
    private static final Set<String> MONTHS = Set.of(
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "fév", "fev", "avr",
            "mai", "jui", "aoû", "aou", "déc", "sept");
    private static final int DISTANCE = 32;
    private static final int LONGEST = 24;

    @Override
    public String name() {
        return "birth-date";
    }

    @Override
    public DataCategory category() {
        return DataCategory.BIRTH_DATE;
    }

    @Override
    public Triggers triggers() {
        return Triggers.literals(
                "dob", "d.o.b", "birth", "born", "dateofbirth", "naissance", "né le", "née le", "ddn", "anniversaire");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        int behind = -1;
        for (String word : WORDS) {
            int end = at + word.length();
            if (text.hasIgnoringCase(at, word) && !Chars.isLetter(text.at(end))) {
                behind = Math.max(behind, end);
            }
        }
        if (behind < 0 || (Chars.isWord(text.at(at - 1)) && !Label.begins(text, at))) {
            return;
        }
        for (int i = behind; i < behind + DISTANCE; i++) {
            if (Chars.isWord(text.at(i - 1))) {
                continue;
            }
            int end = dateEnd(text, i);
            if (end > 0) {
                into.looked(end);
                into.found(i, end);
                return;
            }
        }
    }

    /** The end of a date that begins at {@code start}, or -1: two or three parts, one of them perhaps a month's name. */
    static int dateEnd(Text text, int start) {
        int parts = 0;
        int digits = 0;
        boolean month = false;
        int end = -1;
        int i = start;
        while (i - start < LONGEST && parts < 3) {
            int part = i;
            while (Chars.isDigit(text.at(i)) && i - part < 9) {
                i++;
            }
            if (i > part) {
                digits += i - part;
                i += digits <= 6 && isOrdinal(text, i) ? 2 : 0;
            } else {
                i = monthEnd(text, part);
                if (i < 0 || month) {
                    break;
                }
                month = true;
            }
            parts++;
            end = i;
            int separators = 0;
            while ("-/. ,".indexOf(text.at(i)) >= 0 && i < text.length() && separators < 2) {
                i++;
                separators++;
            }
            if (separators == 0) {
                break;
            }
        }
        boolean date = month ? digits >= 3 && digits <= 6 : parts == 3 ? digits >= 4 && digits <= 8 : digits == 8;
        return date && end > 0 && !Chars.isDigit(text.at(end)) ? end : -1;
    }

    private static boolean isOrdinal(Text text, int i) {
        return !Chars.isWord(text.at(i + 2))
                && (text.hasIgnoringCase(i, "st")
                        || text.hasIgnoringCase(i, "nd")
                        || text.hasIgnoringCase(i, "rd")
                        || text.hasIgnoringCase(i, "th")
                        || text.hasIgnoringCase(i, "er"));
    }

    private static int monthEnd(Text text, int start) {
        int i = start;
        while (Character.isLetter(text.at(i)) && i - start < 12) {
            i++;
        }
        if (i - start < 3) {
            return -1;
        }
        return MONTHS.contains(text.part(start, start + 3).toLowerCase(Locale.ROOT)) ? i : -1;
    }
}
