package io.sluice.redaction.detect;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Finds telephone numbers: international ones (ITU-T E.164) with a plus sign, and national ones of the given regions as
 * libphonenumber's metadata has them, with an extension if one follows.
 *
 * <p>Numbers of the North American plan are decided without the library: three, three and four digits with hyphens,
 * dots or brackets between are one whatever their area; otherwise the area code must be assigned. A run of digits,
 * spaces and separators is read once; dates, times, addresses and decimals in it are none.
 */
final class PhoneDetector implements Detector {
    private static final int FEWEST = 7;
    private static final int MOST = 15;
    private static final int MOST_TOKENS = 6;
    /** How often one run may ask the library; what is left of it then is taken by its shape. */
    private static final int QUESTIONS = 64;

    private static final long IN_RUN =
            CharSet.of(c -> "0123456789 -.()/+".indexOf(c) >= 0, false).low();
    /** {@code 1/1/2024}, {@code 20240101}. */
    private static final int SHORTEST_DATE = 8;

    private static final int LONGEST_DATE = 11;

    private static final Literals EXTENSIONS = Literals.of("extension", "ext", "poste", "x", "#");

    private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    private final List<String> otherRegions = new ArrayList<>();
    private final boolean northAmerica;

    PhoneDetector(Collection<String> regions) {
        boolean north = false;
        for (String region : regions) {
            if (library.getCountryCodeForRegion(region) == 1) {
                north = true;
            } else if (library.getCountryCodeForRegion(region) != 0) {
                otherRegions.add(region);
            } else {
                throw new IllegalArgumentException("Unknown region \"" + region + "\"; use ISO 3166 codes such as CA.");
            }
        }
        this.northAmerica = north;
    }

    /** The areas of North America in use; learnt when the first number is looked at, for it takes as long as some lines. */
    private static final class Areas {
        private static final boolean[] IN_USE = learn();

        private static boolean[] learn() {
            PhoneNumberUtil library = PhoneNumberUtil.getInstance();
            boolean[] areas = new boolean[1000];
            for (int area = 200; area < 1000; area++) {
                PhoneNumber number =
                        new PhoneNumber().setCountryCode(1).setNationalNumber(area * 10_000_000L + 2_345_678);
                areas[area] = library.isValidNumber(number);
            }
            // The islands' areas hold few exchanges, so that an invented number does not show them.
            for (String region : library.getSupportedRegions()) {
                PhoneNumber example =
                        library.getCountryCodeForRegion(region) == 1 ? library.getExampleNumber(region) : null;
                if (example != null) {
                    areas[(int) (example.getNationalNumber() / 10_000_000)] = true;
                }
            }
            return areas;
        }
    }

    @Override
    public String name() {
        return "phone";
    }

    @Override
    public DataCategory category() {
        return DataCategory.PHONE;
    }

    @Override
    public Triggers triggers() {
        return Triggers.shapes("##");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        int floor = into.floor();
        int digits = 0;
        int end = at;
        for (char c = text.at(end); isInRun(c); c = text.at(end)) {
            digits += c >= '0' ? 1 : 0; // what else is in a run stands before the digits
            end++;
        }
        into.looked(end);
        if (digits + 1 < FEWEST) {
            return;
        }
        int start = at;
        while (start > floor && isInRun(text.at(start - 1))) {
            start--;
            digits += text.at(start) >= '0' ? 1 : 0;
        }
        if (digits >= FEWEST) {
            new Run(text, into).search(start, end);
        }
    }

    private static boolean isInRun(char c) {
        return c < 64 && (IN_RUN >>> c & 1) != 0;
    }

    /** One run of digits, spaces and separators; its tokens are what stands between spaces. */
    private final class Run {
        private final Text text;
        private final Findings into;
        private int asked;

        Run(Text text, Findings into) {
            this.text = text;
            this.into = into;
        }

        void search(int start, int end) {
            int i = start;
            while (i < end) {
                int token = tokenStart(i, end);
                if (token >= end) {
                    return;
                }
                int found = begins(token) ? longest(token, end) : -1;
                if (found > 0) {
                    into.found(token, extensionEnd(found));
                    i = found;
                } else {
                    i = tokenEnd(token, end);
                }
            }
        }

        /** The next plus sign, bracket or digit. */
        private int tokenStart(int from, int end) {
            int i = from;
            while (i < end && !Chars.isDigit(text.at(i)) && text.at(i) != '+' && text.at(i) != '(') {
                i++;
            }
            return i;
        }

        private int tokenEnd(int from, int end) {
            int i = from + 1;
            while (i < end && text.at(i) != ' ') {
                i++;
            }
            return i;
        }

        private boolean begins(int token) {
            int i = token;
            while (i > 0 && "-./+".indexOf(text.at(i - 1)) >= 0) {
                i--;
            }
            char before = text.at(i - 1);
            if (text.at(token) == '(') {
                return !Chars.isDigit(before);
            }
            if (i < token && (text.at(token - 1) == '/' || text.at(token) == '+')) {
                return !Chars.isDigit(before);
            }
            return !Chars.isWord(before) && before != '_' && before != '$' && before != ':' || isLabel(i);
        }

        /** A colon after a word, as in {@code tel:4165550123}, not one inside a time. */
        private boolean isLabel(int i) {
            return text.at(i - 1) == ':' && !Chars.isHex(text.at(i - 2));
        }

        /** The end of the longest number that begins at {@code token}, or -1. */
        private int longest(int token, int end) {
            int best = -1;
            int digits = 0;
            int i = token;
            for (int tokens = 0; tokens < MOST_TOKENS && i < end; tokens++) {
                int tokenEnd = tokenEnd(i, end);
                int last = tokenEnd;
                while (last > i && !Chars.isDigit(text.at(last - 1))) {
                    last--;
                }
                int inToken = 0;
                for (int k = i; k < last && inToken <= MOST; k++) {
                    inToken += Chars.isDigit(text.at(k)) ? 1 : 0;
                }
                digits += inToken;
                if (digits > MOST + 3 || isDate(i, last)) {
                    break;
                }
                if (digits >= FEWEST && last > i && ends(last) && isNumber(token, last, digits)) {
                    best = last;
                }
                i = tokenEnd;
                while (i < end && text.at(i) == ' ') {
                    i++;
                }
                if (i - tokenEnd > 2) {
                    break;
                }
            }
            return best;
        }

        private boolean ends(int end) {
            char after = text.at(end);
            if (after == ':' && Chars.isDigit(text.at(end + 1)) || after == '%') {
                return false;
            }
            if (Chars.isWord(after) || after == '_') {
                return extensionEnd(end) > end;
            }
            return !(after == '.' && Chars.isWord(text.at(end + 1))) && !(after == '-' && !isSuffix(end + 1));
        }

        /** A word such as {@code -Office}, not another part of an id. */
        private boolean isSuffix(int start) {
            int i = start;
            while (Chars.isLetter(text.at(i)) && i - start < 16) {
                i++;
            }
            return !Chars.isDigit(text.at(i)) && (i > start + 2 || i == start);
        }

        /** {@code x123}, {@code ext. 123}, {@code poste 123}. */
        private int extensionEnd(int end) {
            int i = end;
            while (text.at(i) == ' ' && i - end < 2) {
                i++;
            }
            int word = i;
            for (String label : EXTENSIONS.beginningAt(text, i)) {
                if (text.hasIgnoringCase(i, label)) {
                    i += label.length();
                    break;
                }
            }
            if (i == word) {
                return end;
            }
            while ((text.at(i) == ' ' || text.at(i) == '.') && i - word < 12) {
                i++;
            }
            int first = i;
            while (Chars.isDigit(text.at(i)) && i - first < 7) {
                i++;
            }
            return i > first && !Chars.isWord(text.at(i)) ? i : end;
        }

        private boolean isDate(int start, int end) {
            if (end - start < SHORTEST_DATE) {
                return false;
            }
            int most = Math.min(end - start, LONGEST_DATE);
            int[] numbers = new int[3];
            int count = 0;
            int length = 0;
            for (int i = 0; i < most; i++) {
                char c = text.at(start + i);
                if (Chars.isDigit(c) && length < 8) {
                    numbers[count] = numbers[count] * 10 + c - '0';
                    length++;
                } else if (length > 0 && count < 2 && (c == '-' || c == '/' || c == '.')) {
                    count++;
                    length = 0;
                } else {
                    return false;
                }
            }
            if (count == 0 && most == SHORTEST_DATE) {
                return isDay(numbers[0] / 10_000, numbers[0] / 100 % 100, numbers[0] % 100);
            }
            return count == 2
                    && (isDay(numbers[0], numbers[1], numbers[2])
                            || isDay(numbers[2], numbers[1], numbers[0])
                            || isDay(numbers[2], numbers[0], numbers[1]));
        }

        private boolean isDay(int year, int month, int day) {
            return year >= 1900 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
        }

        private boolean isNumber(int start, int end, int digits) {
            if (isAddress(start, end)) {
                return false;
            }
            if (text.at(start) == '+' || text.has(start, "(+")) {
                return isInternational(start, end);
            }
            if (northAmerica && isNorthAmerican(start, end, digits)) {
                return true;
            }
            return !otherRegions.isEmpty() && digits <= MOST && isNational(start, end);
        }

        private boolean isAddress(int start, int end) {
            int v4 = Ipv4Detector.end(text, start);
            return v4 > 0 && v4 <= end;
        }

        private boolean isInternational(int start, int end) {
            if (asked++ > QUESTIONS) {
                return true;
            }
            try {
                PhoneNumber number = library.parse(text.part(start, end), "ZZ");
                return library.isValidNumber(number) || library.isPossibleNumber(number);
            } catch (NumberParseException e) {
                return false;
            }
        }

        private boolean isNational(int start, int end) {
            String part = text.part(start, end);
            for (String region : otherRegions) {
                if (asked++ > QUESTIONS * otherRegions.size()) {
                    return true;
                }
                try {
                    if (library.isValidNumberForRegion(library.parse(part, region), region)) {
                        return true;
                    }
                } catch (NumberParseException e) {
                    continue;
                }
            }
            return false;
        }

        private boolean isNorthAmerican(int start, int end, int digits) {
            int prefix = digits - 10;
            if (prefix != 0 && prefix != 1 && prefix != 3) {
                return false;
            }
            long number = number(start, end);
            long before = number / 10_000_000_000L;
            boolean known = prefix == 0 || before == 1 || (prefix == 3 && before == 11);
            if (!known) {
                return false;
            }
            if (isGrouped(start, end, prefix)) {
                return true;
            }
            int area = (int) (number / 10_000_000 % 1000);
            return Areas.IN_USE[area] && number / 1_000_000 % 10 >= 2 && !(prefix == 0 && number == Integer.MAX_VALUE);
        }

        /** The digits, at most eighteen, as one number. */
        private long number(int start, int end) {
            long number = 0;
            for (int i = start; i < end; i++) {
                char c = text.at(i);
                number = Chars.isDigit(c) ? number * 10 + c - '0' : number;
            }
            return number;
        }

        /** Three, three and four digits behind the prefix, not with spaces alone between. */
        private boolean isGrouped(int start, int end, int prefix) {
            int seen = 0;
            boolean marked = false;
            for (int i = start; i < end; i++) {
                if (Chars.isDigit(text.at(i))) {
                    seen++;
                    continue;
                }
                int behind = seen - prefix;
                if (behind != 0 && behind != 3 && behind != 6) {
                    return false;
                }
                marked |= text.at(i) != ' ' && text.at(i) != '/' && behind >= 3;
            }
            return marked && gap(start, prefix + 3) && gap(start, prefix + 6);
        }

        /** Whether a separator stands after so many digits. */
        private boolean gap(int start, int digits) {
            int i = start;
            int seen = 0;
            while (seen < digits) {
                seen += Chars.isDigit(text.at(i)) ? 1 : 0;
                i++;
            }
            return !Chars.isDigit(text.at(i));
        }
    }
}
