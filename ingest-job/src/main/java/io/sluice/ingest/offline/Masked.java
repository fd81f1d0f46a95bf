package io.sluice.ingest.offline;

/** A value as it may be shown to anybody: its shape. Letters become {@code x}, digits {@code 9}, the rest stays. */
final class Masked {
    private static final int LONGEST = 60;

    private Masked() {}

    /** The shape of a text, cut off where it gets long. */
    static String of(String text) {
        StringBuilder shape = new StringBuilder(Math.min(text.length(), LONGEST) + 1);
        for (int i = 0; i < text.length() && shape.length() < LONGEST; i++) {
            char c = text.charAt(i);
            boolean visible = c > ' ' && c < 127;
            shape.append(c >= '0' && c <= '9' ? '9' : Character.isLetter(c) ? 'x' : visible || c == ' ' ? c : '~');
        }
        return text.length() > LONGEST ? shape + "…" : shape.toString();
    }
}
