package io.sluice.redaction.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The structure of a regular expression in RE2's syntax, read for what a prefilter needs: which characters may stand
 * where, how long a match may be, and whether it begins at a word's border.
 *
 * <p>It may allow more than the expression does (assertions are ignored, Unicode classes are everything), never less. It
 * does not match anything itself. Source of the syntax: github.com/google/re2/wiki/Syntax.
 */
final class PatternSyntax {
    /** Longer than any match that is worth a window. */
    static final int UNBOUNDED = 100_000;

    private static final int MOST_DEPTH = 200;

    private final String pattern;
    private int at;
    private int depth;
    private boolean ignoreCase;
    private boolean dotAll;

    private PatternSyntax(String pattern) {
        this.pattern = pattern;
    }

    /** A part of an expression. */
    sealed interface Node {
        /** The longest text it matches, at most {@link #UNBOUNDED}. */
        int longest();
    }

    /** One character out of a set. */
    record One(CharSet set) implements Node {
        @Override
        public int longest() {
            return 1;
        }
    }

    /** An assertion, or nothing. */
    record Nothing(boolean border, boolean begin) implements Node {
        @Override
        public int longest() {
            return 0;
        }
    }

    /** One after another. */
    record Chain(List<Node> nodes) implements Node {
        @Override
        public int longest() {
            return Math.min(UNBOUNDED, nodes.stream().mapToInt(Node::longest).sum());
        }
    }

    /** One or another. */
    record Choice(List<Node> nodes) implements Node {
        @Override
        public int longest() {
            return nodes.stream().mapToInt(Node::longest).max().orElse(0);
        }
    }

    /** The same several times. */
    record Repeated(Node node, int fewest, int most) implements Node {
        @Override
        public int longest() {
            return (int) Math.min(UNBOUNDED, (long) node.longest() * Math.min(most, UNBOUNDED));
        }
    }

    private static final class NotUnderstood extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotUnderstood() {
            super(null, null, false, false);
        }
    }

    /** The structure of {@code pattern}, which RE2 accepts, or null if it uses something that is not known here. */
    static @Nullable Node parse(String pattern) {
        PatternSyntax syntax = new PatternSyntax(pattern);
        try {
            Node node = syntax.choice();
            return syntax.at == pattern.length() ? node : null;
        } catch (NotUnderstood e) {
            return null;
        }
    }

    private char peek() {
        return at < pattern.length() ? pattern.charAt(at) : Text.NONE;
    }

    private boolean skip(String expected) {
        if (!pattern.startsWith(expected, at)) {
            return false;
        }
        at += expected.length();
        return true;
    }

    private Node choice() {
        if (++depth > MOST_DEPTH) {
            throw new NotUnderstood();
        }
        List<Node> branches = new ArrayList<>();
        do {
            branches.add(chain());
        } while (skip("|"));
        depth--;
        return branches.size() == 1 ? branches.get(0) : new Choice(branches);
    }

    private Node chain() {
        List<Node> nodes = new ArrayList<>();
        while (at < pattern.length() && peek() != '|' && peek() != ')') {
            nodes.add(repeated(atom()));
        }
        return new Chain(nodes);
    }

    private Node repeated(Node atom) {
        Node node = atom;
        while (true) {
            if (skip("*")) {
                node = new Repeated(node, 0, Integer.MAX_VALUE);
            } else if (skip("+")) {
                node = new Repeated(node, 1, Integer.MAX_VALUE);
            } else if (skip("?")) {
                node = new Repeated(node, 0, 1);
            } else if (peek() == '{' && Chars.isDigit(at + 1 < pattern.length() ? pattern.charAt(at + 1) : Text.NONE)) {
                node = counted(node);
            } else {
                return node;
            }
            skip("?"); // lazy
        }
    }

    private Node counted(Node node) {
        int end = pattern.indexOf('}', at);
        String[] bounds =
                end < 0 ? new String[0] : pattern.substring(at + 1, end).split(",", -1);
        if (bounds.length == 0 || bounds.length > 2) {
            throw new NotUnderstood();
        }
        try {
            int fewest = Integer.parseInt(bounds[0]);
            int most =
                    bounds.length == 1 ? fewest : bounds[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(bounds[1]);
            at = end + 1;
            return new Repeated(node, fewest, most);
        } catch (NumberFormatException e) {
            throw new NotUnderstood();
        }
    }

    private Node atom() {
        char c = pattern.charAt(at);
        switch (c) {
            case '(':
                return group();
            case '[':
                return new One(folded(bracket()));
            case '.':
                at++;
                return new One(dotAll ? CharSet.ALL : CharSet.of('\n').not());
            case '^':
                at++;
                return new Nothing(false, true);
            case '$':
                at++;
                return new Nothing(false, false);
            case '\\':
                return escape();
            default:
                at += Character.charCount(pattern.codePointAt(at));
                return new One(folded(CharSet.of(c)));
        }
    }

    private Node group() {
        at++;
        boolean outerCase = ignoreCase;
        boolean outerDot = dotAll;
        if (skip("?P<") || skip("?<")) {
            int end = pattern.indexOf('>', at);
            if (end < 0) {
                throw new NotUnderstood();
            }
            at = end + 1;
        } else if (skip("?")) {
            boolean on = true;
            while (peek() != ':' && peek() != ')') {
                switch (peek()) {
                    case '-' -> on = false;
                    case 'i' -> ignoreCase = on;
                    case 's' -> dotAll = on;
                    case 'm', 'U' -> {
                        // Where lines and greed begin or end says nothing of what a match needs.
                    }
                    default -> throw new NotUnderstood();
                }
                at++;
            }
            if (skip(")")) {
                return new Nothing(false, false);
            }
            at++;
        }
        Node node = choice();
        if (!skip(")")) {
            throw new NotUnderstood();
        }
        ignoreCase = outerCase;
        dotAll = outerDot;
        return node;
    }

    private CharSet folded(CharSet set) {
        if (!ignoreCase) {
            return set;
        }
        return CharSet.of(
                c -> set.has(c) || (Chars.isLetter((char) c) && set.has(c ^ 0x20)),
                set.others() || set.has('k') || set.has('K') || set.has('s') || set.has('S'));
    }

    private Node escape() {
        char c = at + 1 < pattern.length() ? pattern.charAt(at + 1) : Text.NONE;
        switch (c) {
            case 'b':
                at += 2;
                return new Nothing(true, false);
            case 'A':
                at += 2;
                return new Nothing(false, true);
            case 'B', 'z':
                at += 2;
                return new Nothing(false, false);
            case 'Q':
                return quoted();
            default:
                return new One(folded(escapedSet()));
        }
    }

    private Node quoted() {
        int end = pattern.indexOf("\\E", at);
        String literal = pattern.substring(at + 2, end < 0 ? pattern.length() : end);
        at = end < 0 ? pattern.length() : end + 2;
        List<Node> nodes = new ArrayList<>();
        literal.codePoints().forEach(point -> nodes.add(new One(folded(CharSet.of((char) Math.min(point, 128))))));
        return new Chain(nodes);
    }

    /** A class or an escaped character, outside and inside of brackets. */
    private CharSet escapedSet() {
        char c = at + 1 < pattern.length() ? pattern.charAt(at + 1) : Text.NONE;
        at += 2;
        switch (c) {
            case 'd':
                return CharSet.DIGIT;
            case 'D':
                return CharSet.DIGIT.not();
            case 'w':
                return word();
            case 'W':
                return word().not();
            case 's':
                return space();
            case 'S':
                return space().not();
            case 'p', 'P':
                at = peek() == '{' ? pattern.indexOf('}', at) + 1 : at + 1;
                return CharSet.ALL;
            case 'x':
                return CharSet.of((char) Math.min(128, hex()));
            default:
                int control = "ntrfva".indexOf(c);
                if (control >= 0) {
                    return CharSet.of("\n\t\r\f\u000B\u0007".charAt(control));
                }
                if (Chars.isWord(c) || c == Text.NONE) {
                    throw new NotUnderstood();
                }
                return CharSet.of(c);
        }
    }

    private static CharSet word() {
        return CharSet.of(c -> Chars.isAlnum((char) c) || c == '_', false);
    }

    private static CharSet space() {
        return CharSet.of(c -> c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f', false);
    }

    private int hex() {
        try {
            if (skip("{")) {
                int end = pattern.indexOf('}', at);
                int value = Integer.parseInt(pattern.substring(at, end), 16);
                at = end + 1;
                return value;
            }
            at += 2;
            return Integer.parseInt(pattern.substring(at - 2, at), 16);
        } catch (RuntimeException e) {
            throw new NotUnderstood();
        }
    }

    private CharSet bracket() {
        at++;
        boolean negated = skip("^");
        CharSet set = CharSet.NONE;
        boolean first = true;
        while (first || peek() != ']') {
            if (at >= pattern.length()) {
                throw new NotUnderstood();
            }
            first = false;
            set = set.or(member());
        }
        at++;
        // RE2 negates over all of Unicode; what is exact for ASCII alone may hold for the others either way.
        return negated ? new CharSet(~set.low(), ~set.high(), true) : set;
    }

    private CharSet member() {
        if (skip("[:")) {
            int end = pattern.indexOf(":]", at);
            if (end < 0) {
                throw new NotUnderstood();
            }
            String name = pattern.substring(at, end).toLowerCase(Locale.ROOT);
            at = end + 2;
            return posix(name);
        }
        int low = pattern.codePointAt(at);
        boolean escaped = low == '\\';
        CharSet one = escaped ? escapedSet() : CharSet.of((char) Math.min(low, 128));
        at += escaped ? 0 : Character.charCount(low);
        boolean range = peek() == '-' && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
        if (!range) {
            return one;
        }
        at++;
        int high = pattern.codePointAt(at);
        if (escaped || high == '\\') {
            // A range with an escaped bound: rare, so allow everything.
            if (high == '\\') {
                escapedSet();
            } else {
                at += Character.charCount(high);
            }
            return CharSet.ALL;
        }
        at += Character.charCount(high);
        return CharSet.range(low, high);
    }

    private static CharSet posix(String name) {
        return switch (name) {
            case "digit" -> CharSet.DIGIT;
            case "alpha" -> CharSet.LETTER;
            case "alnum" -> CharSet.LETTER.or(CharSet.DIGIT);
            case "xdigit" -> CharSet.HEX;
            case "upper" -> CharSet.range('A', 'Z');
            case "lower" -> CharSet.range('a', 'z');
            case "word" -> word();
            default -> CharSet.ALL;
        };
    }
}
