package io.sluice.redaction.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What makes a detector look: characters, literals and short shapes, any of which suffices.
 *
 * <p>All triggers of all detectors are searched for together in one pass, so a trigger costs memory, not time; what
 * costs time is one that stands in every line. Immutable.
 */
public final class Triggers {
    private final List<CharSet[]> sequences;

    private Triggers(List<CharSet[]> sequences) {
        this.sequences = List.copyOf(sequences);
    }

    /** Each of these characters. */
    public static Triggers characters(String characters) {
        List<CharSet[]> sequences = new ArrayList<>();
        for (int i = 0; i < characters.length(); i++) {
            sequences.add(new CharSet[] {CharSet.of(characters.charAt(i))});
        }
        return new Triggers(sequences);
    }

    /** Each of these literals, as it stands. */
    public static Triggers exact(String... literals) {
        List<CharSet[]> sequences = new ArrayList<>();
        for (String literal : literals) {
            CharSet[] sequence = new CharSet[literal.length()];
            for (int i = 0; i < sequence.length; i++) {
                sequence[i] = CharSet.of(literal.charAt(i));
            }
            sequences.add(sequence);
        }
        return new Triggers(sequences);
    }

    /** Each of these literals, the case of ASCII letters ignored. */
    public static Triggers literals(String... literals) {
        List<CharSet[]> sequences = new ArrayList<>();
        for (String literal : literals) {
            CharSet[] sequence = new CharSet[literal.length()];
            for (int i = 0; i < sequence.length; i++) {
                sequence[i] =
                        CharSet.ofIgnoringCase(literal.toLowerCase(Locale.ROOT).charAt(i));
            }
            sequences.add(sequence);
        }
        return new Triggers(sequences);
    }

    /**
     * Shapes of fixed length: {@code #} stands for a digit, {@code *} for a hexadecimal digit, {@code ^} for a letter,
     * anything else for itself.
     */
    public static Triggers shapes(String... shapes) {
        List<CharSet[]> sequences = new ArrayList<>();
        for (String shape : shapes) {
            CharSet[] sequence = new CharSet[shape.length()];
            for (int i = 0; i < sequence.length; i++) {
                char c = shape.charAt(i);
                sequence[i] = switch (c) {
                    case '#' -> CharSet.DIGIT;
                    case '*' -> CharSet.HEX;
                    case '^' -> CharSet.LETTER;
                    default -> CharSet.of(c);
                };
            }
            sequences.add(sequence);
        }
        return new Triggers(sequences);
    }

    /** Each of these sequences of sets. */
    static Triggers sequences(List<CharSet[]> sequences) {
        return new Triggers(sequences);
    }

    /** These and those. */
    public Triggers and(Triggers others) {
        List<CharSet[]> both = new ArrayList<>(sequences);
        both.addAll(others.sequences);
        return new Triggers(both);
    }

    /** The triggers, each as the sets that its characters are drawn from. */
    List<CharSet[]> sequences() {
        return sequences;
    }
}
