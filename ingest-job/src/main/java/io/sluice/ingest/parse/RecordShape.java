package io.sluice.ingest.parse;

/**
 * What a record looks like without what it says: classes of characters and lengths, such as
 * {@code 9.9.9.9 - a [9/Aa/9:9:9:9 +9] "A /a A/9.9"}, so that a parser can be repaired from it.
 *
 * <p>A run of digits is {@code 9}, of small letters {@code a}, of capitals {@code A}, of a capital and small letters
 * {@code Aa}, of any other characters beyond ASCII {@code x}; from four characters on its length stands behind it in
 * braces. Punctuation stands for itself, a run of blanks is one blank, control characters are {@code ?}.
 */
public final class RecordShape {
    private static final int MAX_BYTES = 512;
    private static final int MAX_LENGTH = 240;
    private static final int FIRST_COUNTED = 4;

    private RecordShape() {}

    /** The shape of at most the first 512 bytes, at most 240 characters. */
    public static String of(Bytes record) {
        boolean cut = record.length() > MAX_BYTES;
        String text = record.slice(0, Math.min(record.length(), MAX_BYTES)).text();
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length() && out.length() < MAX_LENGTH) {
            char kind = kind(text.charAt(i));
            int end = i + 1;
            while (end < text.length() && isRun(kind) && kind(text.charAt(end)) == kind) {
                end++;
            }
            if (kind == 'A' && end == i + 1 && end < text.length() && kind(text.charAt(end)) == 'a') {
                while (end < text.length() && kind(text.charAt(end)) == 'a') {
                    end++;
                }
                out.append("Aa");
            } else {
                out.append(kind);
            }
            if (isRun(kind) && kind != ' ' && end - i >= FIRST_COUNTED) {
                out.append('{').append(end - i).append('}');
            }
            i = end;
        }
        return cut || i < text.length() ? out.append('…').toString() : out.toString();
    }

    private static boolean isRun(char kind) {
        return kind == '9' || kind == 'a' || kind == 'A' || kind == 'x' || kind == ' ';
    }

    private static char kind(char c) {
        if (c >= '0' && c <= '9') {
            return '9';
        }
        if (c >= 'a' && c <= 'z') {
            return 'a';
        }
        if (c >= 'A' && c <= 'Z') {
            return 'A';
        }
        if (c > 0x7E) {
            return 'x';
        }
        return c == '\t' || c == '\n' || c >= ' ' ? c : '?';
    }
}
