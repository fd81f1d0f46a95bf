package io.sluice.redaction.detect;

/**
 * Finds HTTP credentials: the value of an Authorization header (RFC 9110, section 11.6.2), bearer tokens (RFC 6750) and
 * basic credentials (RFC 7617) wherever their scheme's name stands before them.
 */
final class AuthorizationDetector implements Detector {
    private static final Words SCHEMES = Words.of(
            "basic",
            "bearer",
            "digest",
            "negotiate",
            "ntlm",
            "token",
            "apikey",
            "hawk",
            "aws4-hmac-sha256",
            "oauth",
            "hoba",
            "mutual",
            "scram-sha-256",
            "scram-sha-1");

    @Override
    public String name() {
        return "authorization";
    }

    @Override
    public DataCategory category() {
        return DataCategory.CREDENTIAL;
    }

    @Override
    public Triggers triggers() {
        return Triggers.literals("authorization", "bearer", "basic ", "basic+", "basic%20");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        if (text.hasIgnoringCase(at, "authorization")) {
            header(text, at + 13, into);
        } else if (!Chars.isWord(text.at(at - 1))) {
            boolean bearer = text.hasIgnoringCase(at, "bearer");
            scheme(text, at + (bearer ? 6 : 5), bearer, into);
        }
    }

    private static void header(Text text, int end, Findings into) {
        Label.Value value = Label.value(text, end);
        if (value == null) {
            return;
        }
        int valueEnd = value.end();
        boolean scheme = SCHEMES.within(text, value.start(), value.end() + 1);
        if (scheme && !value.quoted()) {
            valueEnd = restOfHeader(text, value.end());
        } else if (!scheme && !Label.isRandom(text, value)) {
            return;
        }
        if (scheme && hasOnlyPlaceholder(text, value)) {
            into.looked(value.end());
            return;
        }
        into.looked(valueEnd);
        into.found(value.start(), valueEnd);
    }

    private static boolean hasOnlyPlaceholder(Text text, Label.Value value) {
        for (int i = value.start(); i < value.end() + 2; i++) {
            if (Label.isPlaceholder(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** To the end of the line or the next quote: a scheme's parameters may hold spaces. */
    private static int restOfHeader(Text text, int from) {
        int i = from;
        int words = 0;
        while (i < text.length() && "\r\n\"'<`".indexOf(text.at(i)) < 0) {
            if (text.at(i) == ' ' && text.at(i - 1) != ',' && ++words > 1) {
                break;
            }
            i++;
        }
        return i;
    }

    private static void scheme(Text text, int end, boolean bearer, Findings into) {
        int start = end;
        while (start - end < 4 && (" :=+\"'".indexOf(text.at(start)) >= 0) && text.at(start) != Text.NONE) {
            start++;
        }
        if (text.has(start, "%20")) {
            start += 3;
        }
        int i = start;
        boolean digit = false;
        boolean upper = false;
        while (Chars.isBase64(text.at(i)) || text.at(i) == '.' || text.at(i) == '~') {
            digit |= Chars.isDigit(text.at(i));
            upper |= Chars.isUpper(text.at(i));
            i++;
        }
        while (text.at(i) == '=') {
            i++;
        }
        into.looked(i);
        boolean random = digit && i - start >= 8 || i - start >= (bearer ? 20 : 12) && (upper || digit);
        if (start > end && random) {
            into.found(start, i);
        }
    }
}
