package io.sluice.redaction.detect;

/**
 * Finds IPv4 addresses in dotted form (RFC 791; leading zeros as some logs pad them), with or without a port.
 *
 * <p>A fifth number is a port, as tcpdump prints it; with six it is an object id and none. Behind a word such as
 * {@code version} or the product name of a user agent it is a version number; behind a {@code v} only if nothing but a
 * space stands between, for {@code v=} may name any value.
 */
final class Ipv4Detector implements Detector {
    private static final Words VERSION_WORDS = Words.of(
            "version",
            "versions",
            "ver",
            "release",
            "build",
            "rev",
            "revision",
            "firmware",
            "chrome",
            "firefox",
            "safari",
            "edg",
            "edge",
            "opr",
            "opera",
            "chromium",
            "crios",
            "fxios",
            "applewebkit",
            "samsungbrowser",
            "yabrowser",
            "seamonkey",
            "epiphany",
            "vivaldi",
            "headlesschrome",
            "oid");

    @Override
    public String name() {
        return "ipv4";
    }

    @Override
    public DataCategory category() {
        return DataCategory.IP;
    }

    @Override
    public Triggers triggers() {
        return Triggers.shapes("#.#");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        int start = at;
        while (Chars.isDigit(text.at(start - 1)) && at - start < 3) {
            start--;
        }
        char before = text.at(start - 1);
        if (Chars.isWord(before) || (before == '.' && Chars.isWord(text.at(start - 2)))) {
            return;
        }
        int end = end(text, start);
        if (end < 0) {
            return;
        }
        into.looked(end); // before its other numbers a digit and a dot stand
        if (isVersion(text, start)) {
            return;
        }
        char after = text.at(end);
        if (Chars.isWord(after) && after < 128 && !(after == 'T' || after == 'Z')) {
            return;
        }
        if (after == '.' && Chars.isDigit(text.at(end + 1))) {
            int fifth = end + 1;
            while (Chars.isDigit(text.at(fifth)) && fifth - end <= 6) {
                fifth++;
            }
            if (fifth - end > 6 || (text.at(fifth) == '.' && Chars.isDigit(text.at(fifth + 1)))) {
                return;
            }
        }
        into.found(start, prefixEnd(text, end));
    }

    /** The end with a prefix length such as {@code /24}; what follows a path's slash is none. */
    static int prefixEnd(Text text, int end) {
        int i = end + 1;
        while (text.at(end) == '/' && Chars.isDigit(text.at(i)) && i - end <= 4) {
            i++;
        }
        char after = text.at(i);
        boolean prefix = i > end + 1
                && !Chars.isWord(after)
                && after != '/'
                && after != '_'
                && after != '-'
                && !(after == '.' && Chars.isWord(text.at(i + 1)));
        return prefix ? i : end;
    }

    /** The end of four octets that begin at {@code start}, or -1. */
    static int end(Text text, int start) {
        int i = start;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0) {
                if (text.at(i) != '.') {
                    return -1;
                }
                i++;
            }
            int value = 0;
            int first = i;
            while (Chars.isDigit(text.at(i)) && i - first < 4) {
                value = value * 10 + text.at(i) - '0';
                i++;
            }
            if (i == first || i - first > 3 || value > 255) {
                return -1;
            }
        }
        return Chars.isDigit(text.at(i)) ? -1 : i;
    }

    /** Whether a version word stands directly before, with nothing but a separator between. */
    private static boolean isVersion(Text text, int start) {
        if (text.at(start - 1) == ' ' && Chars.lower(text.at(start - 2)) == 'v' && !Chars.isWord(text.at(start - 3))) {
            return true;
        }
        int i = start - 1;
        while (i >= 0 && start - i <= 3 && " :=/-\"'".indexOf(text.at(i)) >= 0) {
            i--;
        }
        return i < start - 1 && VERSION_WORDS.endsAt(text, i + 1);
    }
}
