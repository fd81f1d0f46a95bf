package io.sluice.redaction.detect;

/**
 * Finds JSON web tokens in compact form (RFC 7515, section 3.1; RFC 7516 with five parts): base64url parts with dots
 * between, the first of which begins as <code>{"</code> does.
 */
final class JwtDetector implements Detector {
    @Override
    public String name() {
        return "jwt";
    }

    @Override
    public DataCategory category() {
        return DataCategory.CREDENTIAL;
    }

    @Override
    public Triggers triggers() {
        return Triggers.exact("eyJ", "ewog", "ewoJ", "eyAi");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        if (isPart(text.at(at - 1)) && at - 1 >= into.floor()) {
            return;
        }
        int dots = 0;
        int i = at;
        int firstDot = -1;
        while (isPart(text.at(i)) || (text.at(i) == '.' && dots < 4)) {
            if (text.at(i) == '.') {
                firstDot = firstDot < 0 ? i : firstDot;
                dots++;
            }
            i++;
        }
        while (i > at && text.at(i - 1) == '.' && dots > 2) {
            i--;
            dots--;
        }
        into.looked(i);
        if (dots >= 2 && firstDot - at >= 8) {
            into.found(at, i);
        }
    }

    private static boolean isPart(char c) {
        return Chars.isAlnum(c) || c == '-' || c == '_';
    }
}
