package io.sluice.redaction.detect;

import java.util.Random;

/** Patterns and texts drawn by seed of which many characters lie beyond the basic plane, none of them a look-alike. */
final class WidePatterns {
    private static final String[] ATOMS = {
        "a",
        "b",
        "1",
        "-",
        "é",
        "\uD83D\uDE00",
        "\uD801\uDC00",
        ".",
        "(?s:.)",
        "[^a]",
        "[^1\uD83D\uDE00]",
        "[ab]",
        "[a\uD840\uDC00]",
        "[b\uD83D\uDE00-\uD83D\uDE05]",
        "\\pL",
        "\\PL",
        "\\W",
        "\\D",
        "[\\Sx]",
        "(?i:\uD801\uDC28)",
        "\\x{1F600}",
        "\\Qa\uD83D\uDE00\\E",
        "\\b",
    };
    private static final String[] REPEATS = {"", "", "", "", "?", "*", "+", "{2}", "{1,3}", "{2,}", "+?", "{0,2}?"};
    private static final String[] CHARACTERS = {
        "a",
        "b",
        "1",
        "-",
        " ",
        "é",
        "\n",
        "x",
        "\uD83D\uDE00",
        "\uD83D\uDE02",
        "\uD840\uDC00",
        "\uD801\uDC00",
        "\uD801\uDC28",
        "\uD83D",
        "\uDC00",
    };

    private WidePatterns() {}

    /** A pattern that matches no empty text. */
    static String pattern(Random random) {
        String first = sequence(random, 2);
        String second = sequence(random, 3);
        return random.nextInt(4) == 0
                ? "(?:" + first + "a|" + second + "b1)" + sequence(random, 1)
                : first + "ab1-".charAt(random.nextInt(4)) + second;
    }

    private static String sequence(Random random, int most) {
        StringBuilder sequence = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            String atom = ATOMS[random.nextInt(ATOMS.length)];
            sequence.append(atom).append(atom.equals("\\b") ? "" : REPEATS[random.nextInt(REPEATS.length)]);
        }
        return sequence.toString();
    }

    static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(14); i > 0; i--) {
            text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }
}
