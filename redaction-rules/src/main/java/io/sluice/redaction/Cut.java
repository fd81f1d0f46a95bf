package io.sluice.redaction;

/**
 * A text that must not be sealed, and what stands in its place. Plaintext, so it prints a length.
 *
 * @param text as it stands in the event
 * @param replacement what takes its place
 */
public record Cut(String text, String replacement) {
    /** Stands where something was cut out. */
    public static final String MARK = "<cut>";

    /** All of a text. */
    public static Cut whole(String text) {
        return new Cut(text, MARK);
    }

    @Override
    public String toString() {
        return "Cut[" + text.length() + "]";
    }
}
