package io.sluice.redaction.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds all triggers of all detectors in one pass: a deterministic automaton over classes of characters, built once by
 * subset construction (Aho-Corasick, for sequences of character sets).
 *
 * <p>One table look-up per character, however many triggers there are. Immutable and thread-safe.
 */
final class TriggerAutomaton {
    /** Above this many states a set of triggers is refused; 262,144 entries of four bytes per 64 classes and 4,096. */
    static final int MOST_STATES = 40_000;

    private final byte[] classes;
    private final int others;
    private final int shift;
    private final int[] next;
    private final int accepting;
    private final int[][] outputs;

    /** One trigger: the sets its characters come from, and whose it is. */
    record Trigger(CharSet[] sequence, int owner) {}

    private TriggerAutomaton(Builder built) {
        this.classes = built.classes;
        this.others = built.others;
        this.shift = built.shift;
        this.next = built.next;
        this.accepting = built.accepting;
        this.outputs = built.outputs;
    }

    /** Builds the automaton, or gives null if it would need more than {@value #MOST_STATES} states. */
    static @org.jspecify.annotations.Nullable TriggerAutomaton of(List<Trigger> triggers) {
        Builder builder = new Builder(triggers);
        return builder.build() ? new TriggerAutomaton(builder) : null;
    }

    /** The state before the first character. */
    int start() {
        return 0;
    }

    /** The state after {@code c}. */
    int next(int state, char c) {
        return next[state + (c < 128 ? classes[c] : others)];
    }

    /** Whether triggers end in this state. */
    boolean accepts(int state) {
        return state >= accepting;
    }

    /** What ends in this state: pairs of owner and length, each owner at most once per length. */
    int[] outputs(int state) {
        return outputs[(state - accepting) >> shift];
    }

    /** How many bytes the table takes. */
    long bytes() {
        return 4L * next.length;
    }

    private static final class Builder {
        private final List<Trigger> triggers;
        private final byte[] classes = new byte[128];
        private final List<Integer> representatives = new ArrayList<>();
        private int others;
        private int shift;
        private int[] next = new int[0];
        private int accepting;
        private int[][] outputs = new int[0][];
        /** The first position number of each trigger; position = how many of its characters have matched. */
        private final int[] base;

        private final int[] triggerOf;

        Builder(List<Trigger> triggers) {
            this.triggers = triggers;
            this.base = new int[triggers.size() + 1];
            for (int t = 0; t < triggers.size(); t++) {
                base[t + 1] = base[t] + triggers.get(t).sequence().length;
            }
            this.triggerOf = new int[base[triggers.size()]];
            for (int t = 0; t < triggers.size(); t++) {
                Arrays.fill(triggerOf, base[t], base[t + 1], t);
            }
        }

        boolean build() {
            classify();
            // A state is the set of positions (trigger, characters matched but for none), ascending.
            Map<List<Integer>, Integer> numbers = new HashMap<>();
            List<List<Integer>> states = new ArrayList<>();
            List<int[]> rows = new ArrayList<>();
            numbers.put(List.of(), 0);
            states.add(List.of());
            int[][] starts = startsByClass();
            for (int s = 0; s < states.size(); s++) {
                int[] row = new int[representatives.size()];
                for (int c = 0; c < row.length; c++) {
                    List<Integer> target = step(states.get(s), c, starts[c]);
                    Integer number = numbers.get(target);
                    if (number == null) {
                        number = states.size();
                        if (number >= MOST_STATES) {
                            return false;
                        }
                        numbers.put(target, number);
                        states.add(target);
                    }
                    row[c] = number;
                }
                rows.add(row);
            }
            lay(states, rows);
            return true;
        }

        /** Characters that no trigger tells apart share a class. */
        private void classify() {
            List<CharSet> sets = new ArrayList<>(new java.util.LinkedHashSet<>(triggers.stream()
                    .flatMap(trigger -> Arrays.stream(trigger.sequence()))
                    .toList()));
            Map<java.util.BitSet, Integer> numbers = new HashMap<>();
            for (int c = 0; c <= 128; c++) {
                java.util.BitSet signature = new java.util.BitSet(sets.size());
                for (int i = 0; i < sets.size(); i++) {
                    signature.set(i, sets.get(i).has(c));
                }
                Integer number = numbers.get(signature);
                if (number == null) {
                    number = numbers.size();
                    numbers.put(signature, number);
                    representatives.add(c);
                }
                if (c < 128) {
                    classes[c] = number.byteValue();
                } else {
                    others = number;
                }
            }
            shift = 32 - Integer.numberOfLeadingZeros(Math.max(1, representatives.size() - 1));
        }

        private int[][] startsByClass() {
            int[][] starts = new int[representatives.size()][];
            for (int c = 0; c < starts.length; c++) {
                List<Integer> begun = new ArrayList<>();
                for (int t = 0; t < triggers.size(); t++) {
                    if (triggers.get(t).sequence()[0].has(representatives.get(c))) {
                        begun.add(base[t]);
                    }
                }
                starts[c] = begun.stream().mapToInt(Integer::intValue).toArray();
            }
            return starts;
        }

        /** A position p of trigger t stands for p - base[t] + 1 matched characters. */
        private List<Integer> step(List<Integer> state, int characterClass, int[] starts) {
            TreeSet<Integer> target = new TreeSet<>();
            for (int start : starts) {
                target.add(start);
            }
            int c = representatives.get(characterClass);
            for (int position : state) {
                int t = triggerOf[position];
                int matched = position - base[t] + 1;
                CharSet[] sequence = triggers.get(t).sequence();
                if (matched < sequence.length && sequence[matched].has(c)) {
                    target.add(position + 1);
                }
            }
            return List.copyOf(target);
        }

        private boolean ends(int position) {
            return position + 1 == base[triggerOf[position] + 1];
        }

        /** Renumbers the states so that accepting ones come last, and premultiplies them by the row length. */
        private void lay(List<List<Integer>> states, List<int[]> rows) {
            int[] renumbered = new int[states.size()];
            int at = 0;
            List<Integer> accepters = new ArrayList<>();
            for (int s = 0; s < renumbered.length; s++) {
                if (states.get(s).stream().anyMatch(this::ends)) {
                    accepters.add(s);
                } else {
                    renumbered[s] = at++;
                }
            }
            accepting = at << shift;
            outputs = new int[accepters.size()][];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = outputsOf(states.get(accepters.get(i)));
                renumbered[accepters.get(i)] = at++;
            }
            next = new int[at << shift];
            for (int s = 0; s < renumbered.length; s++) {
                int[] row = rows.get(s);
                for (int c = 0; c < row.length; c++) {
                    next[(renumbered[s] << shift) + c] = renumbered[row[c]] << shift;
                }
            }
        }

        private int[] outputsOf(List<Integer> state) {
            TreeSet<Long> pairs = new TreeSet<>();
            for (int position : state) {
                if (ends(position)) {
                    Trigger trigger = triggers.get(triggerOf[position]);
                    pairs.add((long) trigger.owner() << 32 | trigger.sequence().length);
                }
            }
            int[] flat = new int[pairs.size() * 2];
            int i = 0;
            for (long pair : pairs) {
                flat[i++] = (int) (pair >>> 32);
                flat[i++] = (int) pair;
            }
            return flat;
        }
    }
}
