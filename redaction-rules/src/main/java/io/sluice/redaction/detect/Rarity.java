package io.sluice.redaction.detect;

/**
 * How rare sequences of characters are in logs, roughly: enough to tell which part of a trigger is worth a place in the
 * automaton. A wrong guess costs time and no finding.
 */
final class Rarity {
    /** How often the characters of a kind come, of a thousand characters of access lines and applications' logs. */
    private static final CharSet[] KINDS = {
        CharSet.range('a', 'z'),
        CharSet.DIGIT,
        CharSet.range('A', 'Z'),
        CharSet.of(' '),
        CharSet.of('/'),
        CharSet.of('.'),
        CharSet.of('-'),
        CharSet.of(':'),
        CharSet.of('"').or(CharSet.of('=')),
        CharSet.ALL,
    };

    private static final double[] PER_THOUSAND = {440, 210, 80, 60, 50, 40, 25, 20, 30, 45};

    /** The part of characters behind which one of the same kind stands, at least: digits and letters come in runs. */
    private static final double IN_A_RUN = 0.6;

    private Rarity() {}

    /** How many characters of a sequence make it rarer than once in 2 to the power of {@code bits} places. */
    static int enough(CharSet[] sequence, double bits) {
        double left = bits;
        int length = 0;
        while (length < sequence.length && left > 0) {
            double share = share(sequence[length]);
            if (length > 0) {
                CharSet before = sequence[length - 1];
                share = Math.max(share, IN_A_RUN * share(before.and(sequence[length])) / share(before));
            }
            left += Math.log(share) / Math.log(2);
            length++;
        }
        return Math.max(1, length);
    }

    /** The part of a log's characters that are in a set. */
    private static double share(CharSet set) {
        double thousandths = 0.01;
        for (int kind = 0; kind < KINDS.length; kind++) {
            double members = set.and(KINDS[kind]).size();
            thousandths += PER_THOUSAND[kind] * members / KINDS[kind].size();
        }
        return Math.min(1, thousandths / 1000);
    }
}
