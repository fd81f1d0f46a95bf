package io.sluice.redaction.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * Literals in lower case, by the ASCII letter that each begins with: of many labels few begin as the text does, and a
 * text made of labels asks for all of them at each. Immutable.
 */
final class Literals {
    private static final String[] NONE = {};

    private final String[][] byFirst = new String[128][];

    private Literals(String[] literals) {
        for (int c = 0; c < byFirst.length; c++) {
            List<String> some = new ArrayList<>();
            for (String literal : literals) {
                if (literal.charAt(0) == c) {
                    some.add(literal);
                }
            }
            byFirst[c] = some.isEmpty() ? NONE : some.toArray(String[]::new);
        }
    }

    /** These literals, each of which begins with an ASCII character. */
    static Literals of(String... literals) {
        return new Literals(literals);
    }

    /** Those that begin as the text does at {@code at}, ASCII case ignored, in the order given. */
    String[] beginningAt(Text text, int at) {
        char c = Chars.lower(text.at(at));
        return c < 128 ? byFirst[c] : NONE;
    }
}
