package io.sluice.redaction.detect;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds all triggers of all detectors in one pass: a deterministic automaton over classes of characters (Aho-Corasick,
 * for sequences of character sets), built once by {@link TriggerAutomatonBuilder}.
 *
 * <p>One table look-up per character, however many triggers there are. Immutable and thread-safe.
 */
final class TriggerAutomaton {
    /** With more states in which a trigger ends, or more others, a set of triggers is refused. */
    static final int MOST_STATES = Short.MAX_VALUE;

    private final byte[] classes = new byte[128];
    private final int others;
    private final int shift;
    /** By state and class; of 16 bits, for what the table takes of the processor's caches is what a character costs. */
    private final short[] next;
    /** Where the row of state 0 begins; before it are those of the negative ones. */
    private final int origin;

    private final int[][] outputs;
    private final int start;

    /**
     * One trigger.
     *
     * @param sequence the sets its characters come from
     * @param border how many of them stand before it: 1 if it is one only behind certain characters, else 0
     * @param owner whose it is
     */
    record Trigger(CharSet[] sequence, int border, int owner) {
        Trigger(CharSet[] sequence, int owner) {
            this(sequence, 0, owner);
        }

        /** Its beginning that is rarer than once in 2 to the power of {@code bits} places; a literal as it is. */
        Trigger shortened(int bits) {
            if (isLiteral()) {
                return this;
            }
            int most = Math.max(border + 1, Rarity.enough(sequence, bits));
            return sequence.length <= most ? this : new Trigger(Arrays.copyOf(sequence, most), border, owner);
        }

        /** Whether none of its sets is more than a letter in both cases. */
        private boolean isLiteral() {
            for (int i = border; i < sequence.length; i++) {
                if (sequence[i].size() > 2) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * An automaton as the builder has it.
     *
     * @param next the rows of the states by number, those below 0 first, each of 2 to the power of {@link #shift} numbers
     * @param outputs of state -1, of state -2 and so on
     */
    TriggerAutomaton(CharClasses classes, short[] next, int[][] outputs) {
        for (int c = 0; c < this.classes.length; c++) {
            this.classes[c] = (byte) classes.of(c);
        }
        this.others = classes.of(128);
        this.shift = shift(classes);
        this.next = next;
        this.origin = outputs.length << shift;
        this.outputs = outputs;
        this.start = next(0, Text.NONE);
    }

    /** Builds the automaton, or gives null if it would need more than {@value #MOST_STATES} states. */
    static @Nullable TriggerAutomaton of(List<Trigger> triggers) {
        return new TriggerAutomatonBuilder(triggers).build();
    }

    /** The size of a row for these classes, as a power of two. */
    static int shift(CharClasses classes) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(classes.count() - 1);
    }

    /** The state before the first character, behind {@link Text#NONE}. */
    int start() {
        return start;
    }

    /** The state after {@code c}. */
    int next(int state, char c) {
        return next[(state << shift) + (origin + (c < 128 ? classes[c] & 0xFF : others))];
    }

    /** Whether triggers end in this state. */
    boolean accepts(int state) {
        return state < 0;
    }

    /** What ends in this state: pairs of owner and length, each owner at most once per length. */
    int[] outputs(int state) {
        return outputs[~state];
    }

    /** How many bytes the table takes. */
    long bytes() {
        return 2L * next.length;
    }
}
