package io.sluice.redaction.detect;

/** Finds the user information of URLs (RFC 3986, section 3.2.1): {@code https://user:password@host/}. */
final class UrlCredentialDetector implements Detector {
    @Override
    public String name() {
        return "url-credential";
    }

    @Override
    public DataCategory category() {
        return DataCategory.CREDENTIAL;
    }

    @Override
    public Triggers triggers() {
        return Triggers.exact("://");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        int start = at + 3;
        int last = -1;
        int i = start;
        while (i < text.length() && "/?#\"'<> \t\r\n\\".indexOf(text.at(i)) < 0) {
            last = text.at(i) == '@' ? i : last;
            i++;
        }
        into.looked(i);
        if (last > start && !Label.isPlaceholder(text, start)) {
            into.found(start, last);
        }
    }
}
