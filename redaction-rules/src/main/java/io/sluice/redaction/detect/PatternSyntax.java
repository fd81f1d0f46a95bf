package io.sluice.redaction.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The structure of a regular expression in RE2's syntax, read for what a prefilter needs: which characters may stand
 * where, how long a match may be, and whether it begins at a word's border. All of it is in UTF-16 units, as texts are:
 * what to the engine is one code point beyond the basic plane is two of them.
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

    /**
     * What one code point may be.
     *
     * @param wide whether it may be one beyond the basic plane
     */
    private record Members(CharSet set, boolean wide) {
        static final Members ALL = new Members(CharSet.ALL, true);

        static Members of(CharSet set) {
            return new Members(set, false);
        }

        static Members of(int point) {
            return new Members(CharSet.of((char) Math.min(point, 128)), point > Character.MAX_VALUE);
        }

        Members or(Members other) {
            return new Members(set.or(other.set), wide || other.wide);
        }

        Members not() {
            // RE2 negates over all of Unicode; what is exact for ASCII alone may hold for the others either way.
            return new Members(set.not(), true);
        }

        /** Both halves of a pair are in the set if anything beyond ASCII is. */
        PatternNode node() {
            return wide ? new PatternNode.Repeated(new PatternNode.One(set), 1, 2) : new PatternNode.One(set);
        }
    }

    private static final class NotUnderstood extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotUnderstood() {
            super(null, null, false, false);
        }
    }

    /** The structure of {@code pattern}, which RE2 accepts, or null if it uses something that is not known here. */
    static @Nullable PatternNode parse(String pattern) {
        PatternSyntax syntax = new PatternSyntax(pattern);
        try {
            PatternNode node = syntax.choice();
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

    private PatternNode choice() {
        if (++depth > MOST_DEPTH) {
            throw new NotUnderstood();
        }
        List<PatternNode> branches = new ArrayList<>();
        do {
            branches.add(chain());
        } while (skip("|"));
        depth--;
        return branches.size() == 1 ? branches.get(0) : new PatternNode.Choice(branches);
    }

    private PatternNode chain() {
        List<PatternNode> nodes = new ArrayList<>();
        while (at < pattern.length() && peek() != '|' && peek() != ')') {
            List<PatternNode> atoms = skip("\\Q") ? quoted() : List.of(atom());
            nodes.addAll(atoms.subList(0, atoms.size() - 1));
            nodes.add(repeated(atoms.get(atoms.size() - 1)));
        }
        return new PatternNode.Chain(nodes);
    }

    private PatternNode repeated(PatternNode atom) {
        PatternNode node = atom;
        while (true) {
            if (skip("*")) {
                node = times(node, 0, Integer.MAX_VALUE);
            } else if (skip("+")) {
                node = times(node, 1, Integer.MAX_VALUE);
            } else if (skip("?")) {
                node = times(node, 0, 1);
            } else if (peek() == '{' && Chars.isDigit(at + 1 < pattern.length() ? pattern.charAt(at + 1) : Text.NONE)) {
                node = counted(node);
            } else {
                return node;
            }
            skip("?"); // lazy
        }
    }

    /** Of a code point of one or two units, that many units: else each would double the ways in which it may go on. */
    private static PatternNode times(PatternNode node, int fewest, int most) {
        if (node instanceof PatternNode.Repeated wide
                && wide.node() instanceof PatternNode.One
                && wide.fewest() == 1
                && wide.most() == 2) {
            return new PatternNode.Repeated(wide.node(), fewest, most > UNBOUNDED ? most : 2 * most);
        }
        return new PatternNode.Repeated(node, fewest, most);
    }

    private PatternNode counted(PatternNode node) {
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
            return times(node, fewest, most);
        } catch (NumberFormatException e) {
            throw new NotUnderstood();
        }
    }

    private PatternNode atom() {
        char c = pattern.charAt(at);
        switch (c) {
            case '(':
                return group();
            case '[':
                return folded(bracket()).node();
            case '.':
                at++;
                return new Members(dotAll ? CharSet.ALL : CharSet.of('\n').not(), true).node();
            case '^':
                at++;
                return new PatternNode.Nothing(false, true);
            case '$':
                at++;
                return new PatternNode.Nothing(false, false);
            case '\\':
                return escape();
            default:
                int point = pattern.codePointAt(at);
                at += Character.charCount(point);
                return literal(point);
        }
    }

    private PatternNode group() {
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
                return new PatternNode.Nothing(false, false);
            }
            at++;
        }
        PatternNode node = choice();
        if (!skip(")")) {
            throw new NotUnderstood();
        }
        ignoreCase = outerCase;
        dotAll = outerDot;
        return node;
    }

    private PatternNode literal(int point) {
        PatternNode unit =
                folded(Members.of(Math.min(point, Character.MAX_VALUE))).node();
        return point > Character.MAX_VALUE ? new PatternNode.Repeated(unit, 2, 2) : unit;
    }

    /** The Kelvin sign and the long s are a k and an s in another case; none beyond the basic plane is one within. */
    private Members folded(Members members) {
        if (!ignoreCase) {
            return members;
        }
        CharSet set = members.set();
        CharSet folded = CharSet.of(
                c -> set.has(c)
                        || (Chars.isLetter((char) c) && set.has(c ^ 0x20))
                        || (set.others() && "kKsS".indexOf(c) >= 0),
                set.others() || set.has('k') || set.has('K') || set.has('s') || set.has('S'));
        return new Members(folded, members.wide());
    }

    private PatternNode escape() {
        char c = at + 1 < pattern.length() ? pattern.charAt(at + 1) : Text.NONE;
        switch (c) {
            case 'b':
                at += 2;
                return new PatternNode.Nothing(true, false);
            case 'A':
                at += 2;
                return new PatternNode.Nothing(false, true);
            case 'B', 'z':
                at += 2;
                return new PatternNode.Nothing(false, false);
            default:
                return folded(escaped()).node();
        }
    }

    /** A repeat behind it is of its last character alone. */
    private List<PatternNode> quoted() {
        int end = pattern.indexOf("\\E", at);
        String literal = pattern.substring(at, end < 0 ? pattern.length() : end);
        if (literal.isEmpty()) {
            throw new NotUnderstood();
        }
        at = end < 0 ? pattern.length() : end + 2;
        return literal.codePoints().mapToObj(this::literal).toList();
    }

    /** A class or an escaped character, outside and inside of brackets. */
    private Members escaped() {
        char c = at + 1 < pattern.length() ? pattern.charAt(at + 1) : Text.NONE;
        at += 2;
        switch (c) {
            case 'd':
                return Members.of(CharSet.DIGIT);
            case 'D':
                return Members.of(CharSet.DIGIT).not();
            case 'w':
                return Members.of(word());
            case 'W':
                return Members.of(word()).not();
            case 's':
                return Members.of(space());
            case 'S':
                return Members.of(space()).not();
            case 'p', 'P':
                at = peek() == '{' ? pattern.indexOf('}', at) + 1 : at + 1;
                return Members.ALL;
            case 'x':
                return Members.of(hex());
            default:
                int control = "ntrfva".indexOf(c);
                if (control >= 0) {
                    return Members.of("\n\t\r\f\u000B\u0007".charAt(control));
                }
                if (Chars.isWord(c) || c == Text.NONE) {
                    throw new NotUnderstood();
                }
                return Members.of(c);
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

    private Members bracket() {
        at++;
        boolean negated = skip("^");
        Members members = Members.of(CharSet.NONE);
        boolean first = true;
        while (first || peek() != ']') {
            if (at >= pattern.length()) {
                throw new NotUnderstood();
            }
            first = false;
            members = members.or(member());
        }
        at++;
        return negated ? members.not() : members;
    }

    private Members member() {
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
        Members one = escaped ? escaped() : Members.of(low);
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
                escaped();
            } else {
                at += Character.charCount(high);
            }
            return Members.ALL;
        }
        at += Character.charCount(high);
        return new Members(CharSet.range(low, high), high > Character.MAX_VALUE);
    }

    private static Members posix(String name) {
        return switch (name) {
            case "digit" -> Members.of(CharSet.DIGIT);
            case "alpha" -> Members.of(CharSet.LETTER);
            case "alnum" -> Members.of(CharSet.LETTER.or(CharSet.DIGIT));
            case "xdigit" -> Members.of(CharSet.HEX);
            case "upper" -> Members.of(CharSet.range('A', 'Z'));
            case "lower" -> Members.of(CharSet.range('a', 'z'));
            case "word" -> Members.of(word());
            default -> Members.ALL;
        };
    }
}
