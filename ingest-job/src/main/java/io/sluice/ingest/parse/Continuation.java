package io.sluice.ingest.parse;

import io.sluice.ingest.parse.ncsa.NcsaParser;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells whether a line goes on with the record before it.
 *
 * <p>It does if it begins with a space or a tab, or with words that stack traces have at the left margin. Behind a line
 * that begins with a time or a bracket, as log lines do, so do also: the name of an exception; a closing bracket; what
 * follows a line that ends with an opening one; the lines that MySQL and PHP behind nginx leave without a time; and what
 * follows a CSV line of PostgreSQL with a quote open. An object that is not closed goes on with a line that looks like
 * its inside. Access logs are never continued.
 */
public final class Continuation {
    private static final List<byte[]> MARGIN_WORDS = List.of(
            ascii("Caused by: "),
            ascii("Suppressed: "),
            ascii("Traceback (most recent call last)"),
            ascii("During handling of the above exception"),
            ascii("The above exception was the direct cause"),
            ascii("[stacktrace]"),
            ascii("goroutine "),
            ascii("File \""));
    private static final List<byte[]> BEHIND_A_TIME =
            List.of(ascii("InnoDB: "), ascii("Version: '"), ascii("PHP message: "), ascii("at "));
    private static final List<byte[]> EXCEPTIONS = List.of(ascii("Exception"), ascii("Error"), ascii("Throwable"));
    private static final byte[] DOTS = ascii("... ");
    private static final byte[] MORE = ascii(" more");
    /** How far quotes of a CSV line are counted. */
    private static final int MAX_CSV = 64 * 1024;

    private Continuation() {}

    /** Whether a format has continuation lines at all. */
    public static boolean isJoinedIn(LogFormat format) {
        return format.isJoined();
    }

    /**
     * Whether the line in {@code array[from, to)} continues the record that begins at {@code record} and ends before it.
     */
    public static boolean is(byte[] array, int record, int from, int to) {
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
        if (first == '.' || first == '#') {
            return first == '.' ? isMore(array, from, to) : isFrame(array, from, to);
        }
        byte start = array[record];
        if (start == '{') {
            return isInside(first) && lastOf(array, record, from) != '}';
        }
        return (start == '[' || isDigit(start)) && continuesTimed(array, record, from, to);
    }

    private static boolean continuesTimed(byte[] array, int record, int from, int to) {
        byte first = array[from];
        byte before = lastOf(array, record, from);
        if (first == '"' && to - from > 1 && array[from + 1] == '}') {
            return true;
        }
        if (first == ']'
                || first == '}'
                || first == ')'
                || first == ','
                || before == '['
                || before == '{'
                || before == '(') {
            return true;
        }
        for (byte[] word : BEHIND_A_TIME) {
            if (begins(array, from, to, word)) {
                return true;
            }
        }
        return isException(array, record, from, to) || isOpenCsv(array, record, from);
    }

    /** Whether the line in {@code array[from, to)}, of this format, may be continued. */
    public static boolean mayFollow(byte[] array, int from, int to, LogFormat format) {
        if (format != LogFormat.AUTO) {
            return true;
        }
        if (array[from] == '{') {
            return array[to - 1] != '}';
        }
        return !NcsaParser.beginsLikeAccessLog(new Bytes(array, from, to));
    }

    /** The inside of an object that was broken into lines: never the beginning of another one. */
    private static boolean isInside(byte first) {
        return first == '"' || first == ']' || first == '}';
    }

    /** {@code ... 12 more}, and what follows. */
    private static boolean isMore(byte[] array, int from, int to) {
        if (!begins(array, from, to, DOTS)) {
            return false;
        }
        int at = from + 4;
        while (at < to && isDigit(array[at])) {
            at++;
        }
        return at > from + 4 && begins(array, at, to, MORE);
    }

    /** {@code #12 }, as PHP numbers the frames. */
    private static boolean isFrame(byte[] array, int from, int to) {
        int at = from + 1;
        while (at < to && isDigit(array[at])) {
            at++;
        }
        return at > from + 1 && at < to && array[at] == ' ';
    }

    /** {@code a.b.SomeException: …}; without a package only behind an indented line, as Python ends its traces. */
    private static boolean isException(byte[] array, int record, int from, int to) {
        int at = from;
        boolean dotted = false;
        while (at < to && isName(array[at])) {
            dotted |= array[at] == '.';
            at++;
        }
        if (at < to && array[at] != ':' || at == from) {
            return false;
        }
        for (byte[] word : EXCEPTIONS) {
            if (at - from > word.length && begins(array, at - word.length, to, word)) {
                return dotted || isIndented(array, record, from);
            }
        }
        return false;
    }

    private static boolean isName(byte b) {
        return (b | 0x20) >= 'a' && (b | 0x20) <= 'z' || isDigit(b) || b == '.' || b == '$' || b == '_';
    }

    /** Whether the line before begins with a blank. */
    private static boolean isIndented(byte[] array, int record, int from) {
        int at = from - 1;
        while (at > record && array[at - 1] != '\n') {
            at--;
        }
        return at > record && (array[at] == ' ' || array[at] == '\t');
    }

    /** Whether a CSV line of PostgreSQL, {@code 2024-01-10 12:00:00.000 UTC,…}, has an odd number of quotes so far. */
    private static boolean isOpenCsv(byte[] array, int record, int from) {
        if (from - record < 32 || from - record > MAX_CSV || array[record + 4] != '-' || array[record + 10] != ' ') {
            return false;
        }
        int zone = record + 19;
        while (zone < record + 32 && array[zone] != ',') {
            zone++;
        }
        boolean odd = false;
        for (int i = zone; i < from; i++) {
            odd ^= array[i] == '"';
        }
        return odd && array[zone] == ',';
    }

    /** The last byte of the record before {@code from} that is no white space. */
    private static byte lastOf(byte[] array, int record, int from) {
        int at = from - 1;
        while (at > record && array[at] <= ' ' && array[at] >= 0) {
            at--;
        }
        return array[Math.max(at, record)];
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
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
