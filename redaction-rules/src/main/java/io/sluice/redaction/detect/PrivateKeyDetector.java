package io.sluice.redaction.detect;

/**
 * Finds private keys in PEM form (RFC 7468), of OpenSSH and PGP too, to their end line or, cut off, to the end of the
 * text.
 */
final class PrivateKeyDetector implements Detector {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final int LONGEST_TYPE = 48;

    @Override
    public String name() {
        return "private-key";
    }

    @Override
    public DataCategory category() {
        return DataCategory.CREDENTIAL;
    }

    @Override
    public Triggers triggers() {
        return Triggers.exact(BEGIN, "PuTTY-User-Key-File-");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        boolean pem = text.has(at, BEGIN);
        if (pem && !isPrivate(text, at + BEGIN.length())) {
            return;
        }
        int i = at + 1;
        while (i < text.length() && !(pem && text.at(i) == '-' && text.has(i, END))) {
            i++;
        }
        if (i < text.length()) {
            i += END.length();
            while (i < text.length() && text.at(i) != '-' && text.at(i) != '\n') {
                i++;
            }
            while (text.at(i) == '-') {
                i++;
            }
        }
        into.looked(i);
        into.found(at, i);
    }

    private static boolean isPrivate(Text text, int start) {
        for (int i = start; i < start + LONGEST_TYPE && text.at(i) != '-' && i < text.length(); i++) {
            if (text.has(i, "PRIVATE KEY")) {
                return true;
            }
        }
        return false;
    }
}
