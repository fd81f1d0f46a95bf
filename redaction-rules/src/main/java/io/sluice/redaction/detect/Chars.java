package io.sluice.redaction.detect;

/** The character classes of log text; all ASCII but for {@link #isWord}. */
public final class Chars {
    private Chars() {}

    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    public static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    public static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    public static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    public static boolean isAlnum(char c) {
        return isDigit(c) || isLetter(c);
    }

    /** A letter or digit of any script. */
    public static boolean isWord(char c) {
        return c < 128 ? isAlnum(c) : Character.isLetterOrDigit(c);
    }

    public static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == '\u00a0' || c == '\u202f';
    }

    /** A character of base64 or base64url, padding not counted. */
    public static boolean isBase64(char c) {
        return isAlnum(c) || c == '+' || c == '/' || c == '-' || c == '_';
    }

    /** The value of a hexadecimal digit. */
    public static int hex(char c) {
        return isDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
    }

    /** ASCII letters in lower case, everything else as it is. */
    public static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
