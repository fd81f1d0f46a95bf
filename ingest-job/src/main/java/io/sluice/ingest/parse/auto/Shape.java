package io.sluice.ingest.parse.auto;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.time.LogTime;
import io.sluice.ingest.parse.time.TimeParts;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a record looks like from outside: cheap questions about its bytes. */
final class Shape {
    private static final List<byte[]> HEADERS = List.of(
            ascii("#Fields:"),
            ascii("#Version:"),
            ascii("#Software:"),
            ascii("#Date:"),
            ascii("#Start-Date:"),
            ascii("#End-Date:"),
            ascii("#Remark:"));
    private static final List<byte[]> WORDS = List.of(ascii("true"), ascii("false"), ascii("null"));
    private static final byte[] HTTP = ascii("HTTP/");

    private Shape() {}

    /** A directive of the W3C extended format that stands before the lines. */
    static boolean isHeader(Bytes r) {
        return r.length() > 0 && r.at(0) == '#' && HEADERS.stream().anyMatch(header -> hasAt(r, 0, header));
    }

    /** Where the first line stands that is no header; the record's length if there is none. */
    static int behindHeaders(Bytes r) {
        int from = 0;
        while (from < r.length() && r.at(from) == '#') {
            int end = lineEnd(r, from);
            from = Math.min(end + 1, r.length());
        }
        return from;
    }

    /** Whether another line stands behind the one at {@code from}. */
    static boolean hasLineEnd(Bytes r, int from) {
        return lineEnd(r, from) + 1 < r.length();
    }

    private static int lineEnd(Bytes r, int from) {
        int i = from;
        while (i < r.length() && r.at(i) != '\n') {
            i++;
        }
        return i;
    }

    /** Begins with a brace, a bracket or a quote behind white space, or is a lone number or word of JSON. */
    static boolean beginsLikeJson(Bytes r) {
        int from = 0;
        if (r.length() >= 3 && r.at(0) == (byte) 0xEF && r.at(1) == (byte) 0xBB && r.at(2) == (byte) 0xBF) {
            from = 3;
        }
        while (from < r.length() && isSpace(r.at(from))) {
            from++;
        }
        if (from == r.length()) {
            return false;
        }
        byte first = r.at(from);
        return first == '{' || first == '[' || first == '"' || isScalar(r, from);
    }

    private static boolean isScalar(Bytes r, int from) {
        int to = r.length();
        while (to > from && isSpace(r.at(to - 1))) {
            to--;
        }
        for (byte[] word : WORDS) {
            if (to - from == word.length && hasAt(r, from, word)) {
                return true;
            }
        }
        int points = 0;
        for (int i = from; i < to; i++) {
            byte b = r.at(i);
            points += b == '.' ? 1 : 0;
            if (points > 1 || (!isDigit(b) && b != '-' && b != '+' && b != '.' && b != 'e' && b != 'E')) {
                return false;
            }
        }
        return isDigit(r.at(from)) || (r.at(from) == '-' && from + 1 < to && isDigit(r.at(from + 1)));
    }

    /** {@code [Fri Oct 08 17:08:41 2021] …}, {@code [INFO] …}: plain words in brackets, and more behind a space. */
    static boolean beginsWithWordInBrackets(Bytes r) {
        if (r.at(0) != '[') {
            return false;
        }
        if (hasTimeInBrackets(r)) {
            return true;
        }
        for (int i = 1; i < r.length(); i++) {
            byte b = r.at(i);
            if (b == ']') {
                return i > 1 && i + 2 < r.length() && r.at(i + 1) == ' ' && !isSpace(r.at(i + 2));
            }
            if (b == '"' || b == '{' || b == '}' || b == '[' || b == '\n') {
                return false;
            }
        }
        return false;
    }

    /** {@code [2018-05-17T08:19:35,939][INFO ]…}: a time, and more behind the bracket. */
    private static boolean hasTimeInBrackets(Bytes r) {
        int end = LogTime.read(r.array(), r.from() + 1, r.to(), new TimeParts());
        return end >= 0 && end + 1 < r.to() && r.array()[end] == ']';
    }

    /**
     * A time as NCSA writes it, in brackets, the end of a request line ({@code HTTP/1.1"}), or what stands behind one
     * ({@code " 200 5}): enough that no line cut off at one end passes for text.
     */
    static boolean hasPieceOfAccessLog(Bytes r) {
        for (int i = 0; i < r.length(); i++) {
            byte b = r.at(i);
            if ((b == '[' && hasDate(r, i + 1))
                    || (b == 'H' && hasAt(r, i, HTTP) && endsRequest(r, i + HTTP.length))
                    || (b == '"' && hasResult(r, i + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasResult(Bytes r, int i) {
        return i + 6 <= r.length()
                && r.at(i) == ' '
                && isDigit(r.at(i + 1))
                && isDigit(r.at(i + 2))
                && isDigit(r.at(i + 3))
                && r.at(i + 4) == ' '
                && (isDigit(r.at(i + 5)) || r.at(i + 5) == '-');
    }

    private static boolean hasDate(Bytes r, int i) {
        return i + 7 <= r.length()
                && isDigit(r.at(i))
                && isDigit(r.at(i + 1))
                && r.at(i + 2) == '/'
                && isLetter(r.at(i + 3))
                && isLetter(r.at(i + 4))
                && isLetter(r.at(i + 5))
                && r.at(i + 6) == '/';
    }

    private static boolean endsRequest(Bytes r, int version) {
        int i = version;
        while (i < r.length() && (isDigit(r.at(i)) || r.at(i) == '.')) {
            i++;
        }
        return i > version && i < r.length() && r.at(i) == '"';
    }

    /** Whether any letter of any script is in it; bytes that are no UTF-8 are none. */
    static boolean hasLetter(Bytes r) {
        boolean isAscii = true;
        for (int i = 0; i < r.length(); i++) {
            byte b = r.at(i);
            if (isLetter(b)) {
                return true;
            }
            isAscii &= b >= 0;
        }
        return !isAscii && r.text().codePoints().anyMatch(Character::isLetter);
    }

    private static boolean hasAt(Bytes r, int from, byte[] word) {
        if (r.length() - from < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (r.at(from + i) != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isLetter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
