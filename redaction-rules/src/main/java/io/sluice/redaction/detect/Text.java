package io.sluice.redaction.detect;

/**
 * The text that detectors look at; reading outside its bounds gives {@link #NONE} instead of an error.
 *
 * <p>Holds plaintext, so it prints its length only. Immutable. Open for a test that counts what is read.
 */
public class Text {
    /** What stands before the first and after the last character. */
    public static final char NONE = '\0';

    /** An array of its own: a character is read some ten times, and each reading of a string asks how it is stored. */
    private final char[] value;

    public Text(String value) {
        this.value = value.toCharArray();
    }

    /** How many UTF-16 units it has. */
    public int length() {
        return value.length;
    }

    /** The unit at {@code i}, or {@link #NONE} outside. */
    public char at(int i) {
        return i >= 0 && i < value.length ? value[i] : NONE;
    }

    /** The part from {@code start} to before {@code end}: plaintext, not to be printed. */
    public String part(int start, int end) {
        return new String(value, start, end - start);
    }

    /** Whether {@code literal}, given in lower case, stands at {@code start}, ASCII case ignored. */
    public boolean hasIgnoringCase(int start, String literal) {
        if (start < 0 || start + literal.length() > value.length) {
            return false;
        }
        for (int i = 0; i < literal.length(); i++) {
            if (Chars.lower(value[start + i]) != literal.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code literal} stands at {@code start}. */
    public boolean has(int start, String literal) {
        if (start < 0 || start + literal.length() > value.length) {
            return false;
        }
        for (int i = 0; i < literal.length(); i++) {
            if (value[start + i] != literal.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "Text[" + value.length + "]";
    }
}
