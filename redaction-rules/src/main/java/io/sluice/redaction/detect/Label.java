package io.sluice.redaction.detect;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value behind a label: {@code key=value}, {@code "key":"value"}, {@code key: value}, {@code Key: 'value'},
 * {@code <key>value</key>}, also with the quotes escaped as in JSON inside a string.
 *
 * <p>Total; reads each character of a value once.
 */
final class Label {
    /** Values that say that there is none, or that it is hidden already. */
    private static final Set<String> EMPTY = Set.of(
            "null",
            "nil",
            "none",
            "no",
            "yes",
            "true",
            "false",
            "undefined",
            "n/a",
            "na",
            "empty",
            "redacted",
            "filtered",
            "hidden",
            "masked",
            "unknown",
            "-",
            "--",
            "(null)",
            "[redacted]",
            "[filtered]",
            "(none)",
            "...");

    /** The longest value between tags, for it must be closed to be one. */
    private static final int LONGEST_ELEMENT = 1024;

    private static final String OPEN = "\"'`";

    private Label() {}

    /**
     * A value behind a label.
     *
     * @param quoted whether it stood in quotes or between tags
     * @param assigned whether an equals sign or an arrow stood before it, rather than a colon or nothing
     */
    record Value(int start, int end, boolean quoted, boolean assigned) {
        int length() {
            return end - start;
        }
    }

    /** Whether the label at {@code start} is not the tail of another word ({@code pass} in {@code compass}). */
    static boolean begins(Text text, int start) {
        char before = text.at(start - 1);
        if (!Chars.isWord(before)) {
            return true;
        }
        return Chars.isUpper(text.at(start)) && !Chars.isUpper(before);
    }

    /** The value behind the label that ends before {@code end}, or null if there is none. */
    static @Nullable Value value(Text text, int end) {
        return value(text, end, Integer.MAX_VALUE);
    }

    /**
     * The value behind the label that ends before {@code end}, or null if there is none; of a value longer than {@code
     * most} the first units. Who may reject a long value asks so, and reads it whole once it is accepted.
     */
    static @Nullable Value value(Text text, int end, int most) {
        int i = closingQuote(text, end);
        boolean quotedKey = i > end;
        int beforeSpaces = i;
        i = spaces(text, i);
        boolean spaced = i > beforeSpaces;
        char separator = text.at(i);
        if (separator == '>' && i == end) {
            return isInPlaceholder(text, i) ? null : untilTag(text, i + 1);
        }
        if (separator == ']' && text.at(i + 1) == '=') {
            i++;
            separator = '=';
        }
        if (separator == ',' && quotedKey && text.has(i, ",\"value\":")) {
            i += 8;
            separator = ':';
        }
        boolean assigned = separator == '=';
        if (separator == '=' || separator == ':') {
            i++;
            while (text.at(i) == '=' || text.at(i) == '>' || text.at(i) == ':') {
                assigned |= text.at(i) != ':';
                i++;
            }
        } else if (!spaced || quotedKey || opening(text, i) == 0) {
            return null;
        }
        int valueStart = spaces(text, i);
        if (valueStart > i && separator == '=' && !spaced) {
            return null;
        }
        int opened = opening(text, valueStart);
        if (isPlaceholder(text, valueStart + opened)) {
            return null;
        }
        Value value = opened > 0
                ? quoted(text, valueStart + opened, text.at(valueStart + opened - 1), opened > 1, assigned, most)
                : plain(text, valueStart, assigned, most);
        return value == null || isEmpty(text, value) ? null : value;
    }

    /** Skips the quote that closes a key, escaped or not. */
    private static int closingQuote(Text text, int i) {
        int at = i;
        while (text.at(at) == '\\') {
            at++;
        }
        return OPEN.indexOf(text.at(at)) >= 0 && text.at(at) != Text.NONE ? at + 1 : i;
    }

    /** How many units the opening quote at {@code i} has, 0 if there is none. */
    private static int opening(Text text, int i) {
        int at = i;
        while (text.at(at) == '\\' && at - i < 8) {
            at++;
        }
        return OPEN.indexOf(text.at(at)) >= 0 && text.at(at) != Text.NONE ? at - i + 1 : 0;
    }

    private static int spaces(Text text, int i) {
        int at = i;
        while ((text.at(at) == ' ' || text.at(at) == '\t') && at - i < 8) {
            at++;
        }
        return at;
    }

    private static @Nullable Value quoted(
            Text text, int start, char quote, boolean escaped, boolean assigned, int most) {
        int i = start;
        while (i < text.length() && i - start < most) {
            char c = text.at(i);
            if (c == '\\') {
                if (escaped && text.at(i + 1) == quote) {
                    return value(start, i, true, assigned);
                }
                i += 2;
                continue;
            }
            if (c == quote) {
                return value(start, i, true, assigned);
            }
            if (c == '\n' && !escaped) {
                break;
            }
            i++;
        }
        // No closing quote: the rest of the line, for what is cut off is as secret as what is not.
        return value(start, Math.min(i, text.length()), true, assigned);
    }

    private static @Nullable Value plain(Text text, int start, boolean assigned, int most) {
        int i = start;
        while (i < text.length() && i - start < most && !endsPlain(text, i)) {
            i++;
        }
        int end = i;
        while (end > start && ".,:".indexOf(text.at(end - 1)) >= 0) {
            end--;
        }
        boolean bracket = "[({".indexOf(text.at(start)) >= 0 && end > start;
        return value(bracket ? start + 1 : start, end, false, assigned);
    }

    private static boolean endsPlain(Text text, int i) {
        char c = text.at(i);
        if (Chars.isSpace(c) || c == '&' || c == ';' || c == '"' || c == '<' || c == '>' || c == '`') {
            return true;
        }
        if (c == ',' || c == ')' || c == ']' || c == '}' || c == '\'') {
            char next = text.at(i + 1);
            return next == Text.NONE || Chars.isSpace(next) || !Chars.isWord(next) || c != ',' || isKey(text, i + 1);
        }
        return c == '\\' && "nrt\"".indexOf(text.at(i + 1)) >= 0;
    }

    /** Whether the word behind a comma is the next key: a comma may as well be part of a password. */
    private static boolean isKey(Text text, int start) {
        int i = start;
        while (i - start < 32 && (Chars.isAlnum(text.at(i)) || text.at(i) == '_' || text.at(i) == '-')) {
            i++;
        }
        return text.at(i) == '=' || text.at(i) == ':';
    }

    private static @Nullable Value untilTag(Text text, int start) {
        if (isPlaceholder(text, start)) {
            return null;
        }
        int i = start;
        while (i < text.length() && text.at(i) != '<' && i - start < LONGEST_ELEMENT) {
            i++;
        }
        return text.at(i) == '<' ? value(start, i, true, true) : null;
    }

    private static @Nullable Value value(int start, int end, boolean quoted, boolean assigned) {
        return end > start ? new Value(start, end, quoted, assigned) : null;
    }

    private static boolean isEmpty(Text text, Value value) {
        if (value.length() > 12) {
            return false;
        }
        String lower = text.part(value.start, value.end).toLowerCase(java.util.Locale.ROOT);
        return EMPTY.contains(lower) || lower.chars().allMatch(c -> c == '*' || c == 'x');
    }

    /** Whether one of our placeholders stands at {@code at}, also just before a plain value's end. */
    static boolean isPlaceholder(Text text, int at) {
        if (text.at(at) != '<') {
            return false;
        }
        for (DataCategory category : DataCategory.values()) {
            if (text.has(at, category.placeholder())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the closing bracket at {@code end} is a placeholder's own. */
    private static boolean isInPlaceholder(Text text, int end) {
        int start = end - 1;
        while (Chars.isLetter(text.at(start)) || text.at(start) == '-') {
            start--;
        }
        return isPlaceholder(text, start);
    }

    /** Whether a value looks made by a machine: eight or more units with a digit among them, or twenty and more. */
    static boolean isRandom(Text text, Value value) {
        boolean digit = false;
        for (int i = value.start; i < value.end; i++) {
            digit |= Chars.isDigit(text.at(i));
        }
        return value.length() >= 20 || (digit && value.length() >= 8);
    }
}
