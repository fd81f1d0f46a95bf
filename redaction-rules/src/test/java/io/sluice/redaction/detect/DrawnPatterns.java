package io.sluice.redaction.detect;

import java.util.Random;

/** Patterns drawn by seed from the shapes of the shipped detectors, with or without a literal of three characters. */
final class DrawnPatterns {
    private DrawnPatterns() {}

    static String draw(Random random, boolean literal) {
        String word = word(random);
        if (literal) {
            return switch (random.nextInt(6)) {
                case 0 -> "\\b" + word + "_[A-Za-z0-9]{" + (16 + random.nextInt(20)) + "}\\b";
                case 1 -> "(?i)\\b" + word + "[=:] ?[0-9]{" + (4 + random.nextInt(8)) + "}\\b";
                case 2 -> "\\b" + word + "-[0-9a-f]{8}-[0-9a-f]{4}\\b";
                case 3 -> "\\b" + word.toUpperCase(java.util.Locale.ROOT) + "[0-9]{" + (5 + random.nextInt(6)) + "}\\b";
                case 4 -> "\"" + word + "\":\"[^\"]{1,64}\"";
                default -> "\\b[0-9]{4,9}-" + word + "\\b";
            };
        }
        int a = 2 + random.nextInt(4);
        int b = 2 + random.nextInt(4);
        char letter = (char) ('A' + random.nextInt(26));
        return switch (random.nextInt(7)) {
            case 0 -> "\\b[0-9]{" + a + "}-[0-9]{" + b + "}-[0-9]{4}\\b";
            case 1 -> "\\b[A-Z]{" + a + "}[0-9]{" + (b + 4) + "}\\b";
            case 2 -> "\\b" + letter + "[0-9]{" + (a + 5) + "}[A-Z]\\b";
            case 3 -> "\\b[0-9]{" + a + "} [0-9]{" + b + "} [0-9]{3}\\b";
            case 4 -> "\\b[0-9]{" + a + "}[A-Z][0-9]{" + b + "}[A-Z]{2}\\b";
            case 5 -> "\\b" + letter + "[A-Z]-[0-9]{" + (a + 3) + "}\\b";
            default -> "\\b[0-9]{" + (a + 1) + "}\\." + letter + "[0-9]{" + b + "}\\b";
        };
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        int length = 3 + random.nextInt(6);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
