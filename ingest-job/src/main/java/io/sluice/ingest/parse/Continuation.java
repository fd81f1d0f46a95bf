package io.sluice.ingest.parse;

import io.sluice.ingest.parse.ncsa.NcsaParser;
import java.nio.charset.StandardCharsets;

/**
 * Tells whether a line goes on with the record before it: it begins with a space or a tab, or with a word that a Java
 * stack trace has at the left margin. Access logs and JSON lines are never continued.
 */
public final class Continuation {
    private static final byte[][] MARGIN_WORDS = {ascii("Caused by: "), ascii("Suppressed: ")};
    private static final byte[] DOTS = ascii("... ");
    private static final byte[] MORE = ascii(" more");

    private Continuation() {}

    /** Whether a format has continuation lines at all. */
    public static boolean isJoinedIn(LogFormat format) {
        return format == LogFormat.AUTO || format == LogFormat.TEXT;
    }

    /** Whether the line in {@code array[from, to)} continues the one before. */
    public static boolean is(byte[] array, int from, int to) {
        if (from == to) {
            return false;
        }
        byte first = array[from];
        if (first == ' ' || first == '\t') {
            return true;
        }
        for (byte[] word : MARGIN_WORDS) {
            if (begins(array, from, to, word)) {
                return true;
            }
        }
        return first == '.' && isMore(array, from, to);
    }

    /** Whether the line in {@code array[from, to)}, of this format, may be continued. */
    public static boolean mayFollow(byte[] array, int from, int to, LogFormat format) {
        return format == LogFormat.TEXT
                || (array[from] != '{' && !NcsaParser.beginsLikeAccessLog(new Bytes(array, from, to)));
    }

    /** {@code ... 12 more}, and what follows. */
    private static boolean isMore(byte[] array, int from, int to) {
        if (!begins(array, from, to, DOTS)) {
            return false;
        }
        int at = from + 4;
        while (at < to && array[at] >= '0' && array[at] <= '9') {
            at++;
        }
        return at > from + 4 && begins(array, at, to, MORE);
    }

    private static boolean begins(byte[] array, int from, int to, byte[] word) {
        if (to - from < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (array[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
