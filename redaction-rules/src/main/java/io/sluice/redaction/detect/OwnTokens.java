package io.sluice.redaction.detect;

/**
 * Recognises keyed tokens of our own, {@code tok_<type>_<epoch>_<22 base64url>_<6 check>}: pseudonyms already, so that
 * nothing inside one is a finding.
 *
 * <p>The form is that of the tokenize transform (DESIGN, section 4). Does not guarantee that the token is genuine: the
 * check characters are keyed, and no key is here.
 */
final class OwnTokens {
    private static final int VALUE = 22;
    private static final int CHECK = 6;
    private static final int LONGEST_WORD = 24;

    private OwnTokens() {}

    /** Marks the token that begins with {@code tok_} at {@code at}, if one does. */
    static void mark(Text text, int at, Findings into) {
        if (Chars.isBase64(text.at(at - 1)) && text.at(at - 1) != '/') {
            return;
        }
        int type = wordEnd(text, at + 4);
        int epoch = type < 0 ? -1 : wordEnd(text, type + 1);
        if (epoch < 0) {
            return;
        }
        int value = base64End(text, epoch + 1, VALUE);
        if (value < 0 || text.at(value) != '_') {
            return;
        }
        int check = base64End(text, value + 1, CHECK);
        if (check >= 0 && !Chars.isBase64(text.at(check))) {
            into.token(at, check);
        }
    }

    /** The end of a type or epoch: letters, digits, hyphens and dots up to an underscore. */
    private static int wordEnd(Text text, int from) {
        int i = from;
        while (i - from <= LONGEST_WORD && (Chars.isAlnum(text.at(i)) || text.at(i) == '-' || text.at(i) == '.')) {
            i++;
        }
        return i > from && text.at(i) == '_' ? i : -1;
    }

    private static int base64End(Text text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            char c = text.at(i);
            if (!Chars.isAlnum(c) && c != '-' && c != '_') {
                return -1;
            }
        }
        return from + length;
    }
}
