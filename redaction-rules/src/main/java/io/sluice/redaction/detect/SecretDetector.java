package io.sluice.redaction.detect;

/**
 * Finds passwords, secrets and tokens behind their labels, as key=value, header, JSON or XML.
 *
 * <p>The labels are those of OWASP's logging guidance and of the common frameworks' parameter filters. A label that is
 * an everyday word too ({@code token: unexpected}) needs an equals sign, a quoted value, or a value that looks random.
 */
final class SecretDetector implements Detector {
    /** Labels that never mean anything else; other letters may stand before them ({@code dbpassword}). */
    private static final String[] STRONG = {
        "password",
        "passwd",
        "passphrase",
        "passwort",
        "motdepasse",
        "mot_de_passe",
        "mot de passe",
        "api_key",
        "apikey",
        "api-key",
        "api key",
        "client_secret",
        "clientsecret",
        "access_key",
        "accesskey",
        "access-key",
        "secret_key",
        "secretkey",
        "private_key",
        "privatekey",
        "access_token",
        "accesstoken",
        "refresh_token",
        "refreshtoken",
        "id_token",
        "idtoken",
        "auth_token",
        "authtoken",
        "auth-token",
        "csrf_token",
        "csrftoken",
        "xsrf-token",
        "security_token",
        "security-token",
        "amz-signature",
        "amz-credential",
        "account_key",
        "accountkey",
        "sharedaccesskey",
        "sharedaccesssignature",
        "encryption_key",
        "webhook_secret",
        "one_time_code",
        "cvv2"
    };
    /** Labels that are words by themselves, and need to begin one. */
    private static final String[] WEAK = {
        "pwd",
        "pass",
        "secret",
        "token",
        "credential",
        "credentials",
        "cvv",
        "cvc",
        "otp",
        "pin",
        "passcode",
        "sig",
        "signature",
        "psw",
        "nonce",
        "mdp",
        "auth"
    };

    private static final Literals STRONG_BY_FIRST = Literals.of(STRONG);
    private static final Literals WEAK_BY_FIRST = Literals.of(WEAK);
    private static final String[] SUFFIXES = {
        "", "1", "2", "_hash", "hash", "_confirmation", "confirmation", "_confirm", "confirm", "_digest", "_id"
    };

    @Override
    public String name() {
        return "secret";
    }

    @Override
    public DataCategory category() {
        return DataCategory.CREDENTIAL;
    }

    @Override
    public Triggers triggers() {
        return Triggers.literals(STRONG).and(Triggers.literals(WEAK));
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        for (String label : STRONG_BY_FIRST.beginningAt(text, at)) {
            if (text.hasIgnoringCase(at, label) && read(text, at + label.length(), true, into)) {
                return;
            }
        }
        if (Label.begins(text, at)) {
            for (String label : WEAK_BY_FIRST.beginningAt(text, at)) {
                if (text.hasIgnoringCase(at, label) && read(text, at + label.length(), false, into)) {
                    return;
                }
            }
        }
    }

    private static boolean read(Text text, int labelEnd, boolean strong, Findings into) {
        for (String suffix : SUFFIXES) {
            int end = labelEnd + suffix.length();
            if (!text.hasIgnoringCase(labelEnd, suffix) || Chars.isWord(text.at(end))) {
                continue;
            }
            Label.Value value = Label.value(text, end);
            if (value == null) {
                value = spoken(text, end);
            }
            if (value != null && (strong || value.assigned() || value.quoted() || Label.isRandom(text, value))) {
                into.looked(value.end());
                into.found(value.start(), value.end());
                return true;
            }
        }
        return false;
    }

    /** {@code password is hunter2}. */
    private static Label.@org.jspecify.annotations.Nullable Value spoken(Text text, int end) {
        if (!text.hasIgnoringCase(end, " is ") && !text.hasIgnoringCase(end, " was ")) {
            return null;
        }
        int start = end + (text.at(end + 1) == 'i' || text.at(end + 1) == 'I' ? 4 : 5);
        int i = start;
        while (i < text.length() && !Chars.isSpace(text.at(i)) && i - start < 256) {
            i++;
        }
        Label.Value value = new Label.Value(start, i, false, false);
        return Label.isRandom(text, value) && !Label.isPlaceholder(text, start) ? value : null;
    }
}
