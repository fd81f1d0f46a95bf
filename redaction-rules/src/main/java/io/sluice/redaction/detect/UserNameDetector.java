package io.sluice.redaction.detect;

/**
 * Finds user and login names behind labels ({@code user=}, {@code "username":}) and in the phrases in which servers log
 * them: {@code user 'jane'}, {@code for user jane}, {@code invalid user jane from}, {@code USER jane:}.
 */
final class UserNameDetector implements Detector {
    private static final String[] LABELS = {
        "username",
        "user_name",
        "user-name",
        "userid",
        "user_id",
        "user-id",
        "user",
        "login",
        "loginname",
        "login_name",
        "logname",
        "ruser",
        "usr",
        "uname",
        "sasl_username",
        "userprincipalname",
        "samaccountname",
        "targetusername",
        "acct",
        "srcuser",
        "dstuser",
        "set_id",
        "user.name",
        "owner",
        "principalname",
        "accountid",
        "account_name",
        "suser",
        "duser"
    };
    private static final Literals BY_FIRST = Literals.of(LABELS);
    private static final int LONGEST = 256;
    private static final Words BEFORE = Words.of(
            "for",
            "invalid",
            "illegal",
            "unknown",
            "by",
            "of",
            "from user",
            "failed",
            "authenticating",
            "root",
            "as",
            "the",
            "for invalid",
            "bad",
            "missing",
            "php message");
    private static final Words AFTER = Words.of(
            "from",
            "logged",
            "authenticated",
            "not",
            "failed",
            "has",
            "authentication",
            "does",
            "login",
            "is",
            "was",
            "by",
            "on",
            "at",
            "with",
            "via",
            "denied",
            "signed",
            "created",
            "deleted",
            "updated",
            "locked",
            "(");
    private static final Words NO_NAMES = Words.of(
            "agent",
            "name",
            "id",
            "not",
            "is",
            "was",
            "has",
            "from",
            "with",
            "for",
            "and",
            "or",
            "the",
            "a",
            "an",
            "in",
            "on",
            "at",
            "to",
            "by",
            "failed",
            "login",
            "logged",
            "does",
            "unknown",
            "authentication",
            "authenticated",
            "account",
            "accounts",
            "input",
            "error",
            "data",
            "session",
            "group",
            "role",
            "roles",
            "space",
            "mode",
            "defined",
            "specified",
            "requested",
            "denied",
            "interface",
            "cache",
            "of",
            "could",
            "can",
            "cannot",
            "must",
            "may",
            "will",
            "would",
            "should",
            "did",
            "that",
            "this",
            "who",
            "if",
            "no",
            "password",
            "context",
            "object",
            "user",
            "users",
            "invalid",
            "table",
            "file",
            "index",
            "all",
            "each",
            "every",
            "other");

    @Override
    public String name() {
        return "user-name";
    }

    @Override
    public DataCategory category() {
        return DataCategory.PERSON_NAME;
    }

    @Override
    public Triggers triggers() {
        return Triggers.literals(
                "user",
                "login",
                "logname",
                "usr",
                "uname",
                "samaccountname",
                "acct",
                "set_id",
                "owner=",
                "account_name",
                "account for ",
                "password for ",
                "publickey for ",
                "keyboard-interactive/pam for ",
                "error for '",
                "error for \"",
                "attempt for '",
                "attempt for \"",
                "request for '",
                "request for \"",
                "failed for '",
                "failed for \"",
                "failed for [",
                "principalname");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        if (text.hasIgnoringCase(at, "password for ")
                || text.hasIgnoringCase(at, "publickey for ")
                || text.hasIgnoringCase(at, "account for ")
                || text.hasIgnoringCase(at, "keyboard")
                || text.hasIgnoringCase(at, "error for ")
                || text.hasIgnoringCase(at, "attempt for ")
                || text.hasIgnoringCase(at, "request for ")
                || text.hasIgnoringCase(at, "failed for ")) {
            phrase(text, behindFor(text, at), false, into);
            return;
        }
        for (String label : BY_FIRST.beginningAt(text, at)) {
            int end = at + label.length();
            if (text.hasIgnoringCase(at, label) && !Chars.isWord(text.at(end)) && text.at(end) != '_') {
                Label.Value value = Label.value(text, end, LONGEST);
                if (value != null && isName(text, value)) {
                    value = value.length() < LONGEST ? value : Label.value(text, end);
                }
                if (value != null && isName(text, value)) {
                    into.looked(value.end());
                    into.found(value.start(), value.end());
                    return;
                }
            }
        }
        if (text.hasIgnoringCase(at, "user ") && !Chars.isWord(text.at(at - 1))) {
            phrase(text, at + 5, !BEFORE.endsAt(text, at - 1), into);
        }
    }

    private static int behindFor(Text text, int at) {
        int i = at;
        while (!text.hasIgnoringCase(i, " for ")) {
            i++;
        }
        i += 5;
        for (String more : new String[] {"invalid user ", "illegal user ", "user "}) {
            if (text.hasIgnoringCase(i, more)) {
                return i + more.length();
            }
        }
        return i;
    }

    private static boolean isName(Text text, Label.Value value) {
        boolean letter = false;
        for (int i = value.start(); i < value.end() && !letter; i++) {
            letter = Character.isLetter(text.at(i));
        }
        boolean whole = value.assigned() || value.quoted();
        return whole ? letter || value.length() >= 2 : letter && !Chars.isDigit(text.at(value.start()));
    }

    /** A bare word behind {@code user}, or in quotes; without a word before it, one that says so must stand behind. */
    private static void phrase(Text text, int start, boolean needsAfter, Findings into) {
        int from = start;
        char quote = text.at(from);
        boolean quoted = quote == '"' || quote == '\'' || quote == '`' || quote == '<' || quote == '[' || quote == '(';
        from += quoted ? 1 : 0;
        if (Label.isPlaceholder(text, start) || Label.isPlaceholder(text, from)) {
            return;
        }
        int end = from;
        while (isLogin(text.at(end))) {
            end++;
        }
        while (end > from && ".:-".indexOf(text.at(end - 1)) >= 0) {
            end--;
        }
        if (end == from || NO_NAMES.within(text, from, end) && NO_NAMES.endsAt(text, end) && !quoted) {
            return;
        }
        boolean colon = text.at(end) == ':' && text.at(end + 1) == ' ';
        if (quoted || !needsAfter || colon || AFTER.within(text, end, end + 16) && text.at(end) == ' ') {
            into.looked(end);
            into.found(from, end);
        }
    }

    private static boolean isLogin(char c) {
        return Chars.isWord(c) || "._-@\\+$".indexOf(c) >= 0 && c != Text.NONE;
    }
}
