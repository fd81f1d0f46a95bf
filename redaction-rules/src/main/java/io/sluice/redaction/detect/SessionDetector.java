package io.sluice.redaction.detect;

/**
 * Finds cookies and session ids: the values of Cookie and Set-Cookie headers (RFC 6265) and what stands behind the
 * usual names of sessions, such as {@code JSESSIONID=}, also inside a path ({@code ;jsessionid=}).
 */
final class SessionDetector implements Detector {
    private static final String[] STRONG = {
        "jsessionid", "phpsessid", "asp.net_sessionid", "aspsessionid", "sessionid", "session_id", "session-id",
                "sessid",
        "session_key", "sessionkey", "session_token", "sessiontoken", "connect.sid", "cfid", "cftoken",
                "laravel_session",
        "session id", "sess_id", "_session", "if-none-match"
    };
    private static final String[] WEAK = {"sid", "session", "sess", "etag", "_ga", "_gid", "_fbp", "_gcl_au"};

    @Override
    public String name() {
        return "session";
    }

    @Override
    public DataCategory category() {
        return DataCategory.SESSION;
    }

    @Override
    public Triggers triggers() {
        return Triggers.literals(STRONG).and(Triggers.literals(WEAK)).and(Triggers.literals("cookie"));
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        if (text.hasIgnoringCase(at, "cookie")) {
            cookie(text, at, into);
            return;
        }
        for (String label : STRONG) {
            if (text.hasIgnoringCase(at, label) && read(text, at + label.length(), true, into)) {
                return;
            }
        }
        if (Label.begins(text, at)) {
            for (String label : WEAK) {
                if (text.hasIgnoringCase(at, label) && read(text, at + label.length(), false, into)) {
                    return;
                }
            }
        }
    }

    private static boolean read(Text text, int end, boolean strong, Findings into) {
        if (Chars.isWord(text.at(end))) {
            return false;
        }
        Label.Value value = Label.value(text, end);
        if (value == null) {
            return false;
        }
        int whole = value.end();
        value = withoutQuery(text, value);
        boolean random = hasDigit(text, value) && value.length() >= 6 || value.length() >= 20;
        if (!(strong && (value.assigned() || value.quoted())) && !random) {
            if (value.end() < whole) {
                into.looked(whole);
            }
            return false;
        }
        into.looked(value.end());
        into.found(value.start(), value.end());
        return true;
    }

    /** In a path ({@code ;jsessionid=1?x=2}) a session ends before the query. */
    private static Label.Value withoutQuery(Text text, Label.Value value) {
        if (value.quoted()) {
            return value;
        }
        int end = value.start();
        while (end < value.end() && text.at(end) != '?' && text.at(end) != '#') {
            end++;
        }
        return new Label.Value(value.start(), end, value.quoted(), value.assigned());
    }

    private static boolean hasDigit(Text text, Label.Value value) {
        for (int i = value.start(); i < value.end(); i++) {
            if (Chars.isDigit(text.at(i))) {
                return true;
            }
        }
        return false;
    }

    /** {@code Cookie: a=1; b=2}, {@code Set-Cookie: a=1; Path=/}, {@code "cookie":"a=1"}, {@code cookies={a=1}}. */
    private static void cookie(Text text, int at, Findings into) {
        int end = at + 6 + (text.at(at + 6) == 's' ? 1 : 0);
        Label.Value value = Label.value(text, end);
        if (value == null || Chars.isWord(text.at(end))) {
            return;
        }
        int valueEnd = value.end();
        if (!value.quoted()) {
            while (text.at(valueEnd) == ';' && text.at(valueEnd + 1) == ' ' && isPair(text, valueEnd + 2)) {
                valueEnd = pairEnd(text, valueEnd + 2);
            }
        }
        boolean pairs = false;
        for (int i = value.start(); i < valueEnd; i++) {
            pairs |= text.at(i) == '=';
        }
        into.looked(valueEnd);
        if (pairs || value.assigned() || value.quoted() || Label.isRandom(text, value)) {
            into.found(value.start(), valueEnd);
        }
    }

    /** A name and value, or an attribute without one such as {@code HttpOnly}. */
    private static boolean isPair(Text text, int from) {
        int i = from;
        while (i - from < 128 && (Chars.isAlnum(text.at(i)) || "_-.%!".indexOf(text.at(i)) >= 0) && i < text.length()) {
            i++;
        }
        char after = text.at(i);
        return i > from && (after == '=' || after == ';' || after == '\n' || after == '\r' || i == text.length());
    }

    private static int pairEnd(Text text, int from) {
        int i = from;
        while (i < text.length() && "; \r\n\t\"'".indexOf(text.at(i)) < 0) {
            i++;
        }
        return i;
    }
}
