package io.sluice.redaction.detect;

/**
 * Finds e-mail addresses: a dot-atom or quoted local part and a domain or address literal (RFC 5321, section 4.1.2;
 * RFC 5322, section 3.4.1), letters of any script in both (RFC 6531), one label as in {@code root@localhost} too.
 *
 * <p>In logs an address stands in URLs and between labels and quotes, whose characters RFC 5322 allows in a local part
 * as well. So the local part ends at such a character where a plain one begins behind it
 * ({@code ?email=jane@example.com}); only where none does, they belong to it ({@code ?^`@example.com}).
 */
final class EmailDetector implements Detector {
    private static final String SPECIALS = "!#$&*/=?^`{|}~";
    private static final String PLAIN = "._+-'%";
    private static final int LONGEST_QUOTED = 128;
    private static final int LONGEST_LITERAL = 64;

    @Override
    public String name() {
        return "email";
    }

    @Override
    public DataCategory category() {
        return DataCategory.EMAIL;
    }

    @Override
    public Triggers triggers() {
        return Triggers.characters("@");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        int start = text.at(at - 1) == '"' ? quotedStart(text, at, into.floor()) : localStart(text, at, into.floor());
        int end = start < 0 || isUserInfo(text, start) ? -1 : domainEnd(text, at + 1);
        into.looked(Math.max(at + 1, end));
        if (end > 0) {
            into.found(start, end);
        }
    }

    /** Whether it is the user information of a URL ({@code https://user:password@host}), another detector's matter. */
    private static boolean isUserInfo(Text text, int start) {
        int i = start - 1;
        while (start - i < LONGEST_QUOTED
                && (Chars.isWord(text.at(i)) || "._~!$&'()*+,;=:%-".indexOf(text.at(i)) >= 0)) {
            i--;
        }
        return text.at(i) == '/'
                && text.at(i - 1) == '/'
                && text.at(i - 2) == ':'
                && !text.hasIgnoringCase(i - 8, "mailto");
    }

    private static int localStart(Text text, int at, int floor) {
        int plain = at;
        while (plain > floor && isPlain(text.at(plain - 1))) {
            plain--;
        }
        int trimmed = plain;
        while (trimmed < at && isTrimmed(text.at(trimmed))) {
            trimmed++;
        }
        if (trimmed < at && Chars.isWord(text.at(trimmed))) {
            return trimmed;
        }
        int start = plain;
        while (start > floor && (isPlain(text.at(start - 1)) || SPECIALS.indexOf(text.at(start - 1)) >= 0)) {
            start--;
        }
        while (start < at && isTrimmed(text.at(start))) {
            start++;
        }
        return start < at ? start : -1;
    }

    private static boolean isPlain(char c) {
        return Chars.isWord(c) || PLAIN.indexOf(c) >= 0 || Character.isSurrogate(c);
    }

    private static boolean isTrimmed(char c) {
        return c == '.' || c == '\'' || c == '%';
    }

    /** The opening quote of a quoted local part whose closing quote stands before {@code at}, or -1. */
    private static int quotedStart(Text text, int at, int floor) {
        for (int i = at - 2; i >= floor && i >= at - LONGEST_QUOTED; i--) {
            if (text.at(i) == '"') {
                int backslashes = 0;
                while (text.at(i - 1 - backslashes) == '\\' && i - 1 - backslashes >= floor) {
                    backslashes++;
                }
                if (backslashes % 2 == 0) {
                    // A quote behind a word or another quote closes something: "a":["@b"] holds no address.
                    char before = text.at(i - 1);
                    return Chars.isWord(before) || before == '"' || before == '\\' || before == ']' ? -1 : i;
                }
            }
        }
        return -1;
    }

    private static int domainEnd(Text text, int from) {
        if (text.at(from) == '[') {
            return literalEnd(text, from);
        }
        int end = from;
        int labels = 0;
        int label = from;
        while (true) {
            int labelEnd = label;
            while (isDomain(text.at(labelEnd))) {
                labelEnd++;
            }
            int trimmed = labelEnd;
            while (trimmed > label && (text.at(trimmed - 1) == '-' || text.at(trimmed - 1) == '_')) {
                trimmed--;
            }
            if (trimmed == label || !Chars.isWord(text.at(label)) && !Character.isSurrogate(text.at(label))) {
                break;
            }
            labels++;
            end = trimmed;
            if (trimmed < labelEnd || text.at(labelEnd) != '.') {
                break;
            }
            label = labelEnd + 1;
        }
        boolean other = labels == 1 && text.at(end) == '@';
        return labels > 0 && !other && isDomainName(text, from, end, labels) ? end : -1;
    }

    private static boolean isDomain(char c) {
        return Chars.isWord(c) || c == '-' || c == '_' || Character.isSurrogate(c);
    }

    /** Tells domains from versions ({@code lodash@4.17.21}) and Java's identity hashes ({@code Thread@5f2108b5}). */
    private static boolean isDomainName(Text text, int from, int end, int labels) {
        boolean letters = true;
        boolean hex = true;
        boolean numeric = true;
        for (int i = from; i < end; i++) {
            char c = text.at(i);
            letters &= c >= 128 || Chars.isLetter(c);
            hex &= Chars.isHex(c);
            numeric &= Chars.isDigit(c) || c == '.';
        }
        if (labels == 1) {
            return letters && end - from >= 2 && !(hex && end - from >= 6);
        }
        return !numeric || (labels == 4 && end - from <= 15);
    }

    private static int literalEnd(Text text, int from) {
        for (int i = from + 1; i < from + LONGEST_LITERAL; i++) {
            char c = text.at(i);
            if (c == ']') {
                return i > from + 2 ? i + 1 : -1;
            }
            if (!Chars.isAlnum(c) && c != '.' && c != ':') {
                return -1;
            }
        }
        return -1;
    }
}
