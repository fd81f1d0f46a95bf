package io.sluice.redaction.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds all triggers of all detectors in one pass: a deterministic automaton over classes of characters, built once by
 * subset construction (Aho-Corasick, for sequences of character sets).
 *
 * <p>One table look-up per character, however many triggers there are. Immutable and thread-safe.
 */
final class TriggerAutomaton {
    /** Above this many states a set of triggers is refused: 10 MiB at 64 classes. */
    static final int MOST_STATES = 40_000;

    private final byte[] classes;
    private final int others;
    private final int shift;
    private final int[] next;
    private final int accepting;
    private final int[][] outputs;

    /** One trigger: the sets its characters come from, and whose it is. */
    record Trigger(CharSet[] sequence, int owner) {
        /** The same with at most {@code most} sets if one of them is more than a letter in both cases. */
        Trigger shortened(int most) {
            boolean literal = Arrays.stream(sequence).allMatch(set -> set.size() <= 2);
            return literal || sequence.length <= most ? this : new Trigger(Arrays.copyOf(sequence, most), owner);
        }
    }

    private TriggerAutomaton(Builder built) {
        this.classes = built.classes;
        this.others = built.others;
        this.shift = built.shift;
        this.next = built.next;
        this.accepting = built.accepting;
        this.outputs = built.outputs;
    }

    /** Builds the automaton, or gives null if it would need more than {@value #MOST_STATES} states. */
    static @Nullable TriggerAutomaton of(List<Trigger> triggers) {
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

    /** A set of positions, ascending. */
    private static final class Positions {
        private final int[] sorted;
        private final int hash;

        Positions(int[] sorted) {
            this.sorted = sorted;
            this.hash = Arrays.hashCode(sorted);
        }

        Positions with(int position) {
            int at = Arrays.binarySearch(sorted, position);
            if (at >= 0) {
                return this;
            }
            int[] more = Arrays.copyOf(sorted, sorted.length + 1);
            System.arraycopy(sorted, -at - 1, more, -at, sorted.length + at + 1);
            more[-at - 1] = position;
            return new Positions(more);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Positions that && hash == that.hash && Arrays.equals(sorted, that.sorted);
        }

        @Override
        public int hashCode() {
            return hash;
        }
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
            // A state is the set of positions (how much of which trigger has matched), ascending.
            Map<Positions, Integer> numbers = new HashMap<>();
            List<Positions> states = new ArrayList<>();
            List<int[]> rows = new ArrayList<>();
            int[][] advancing = advancingClasses();
            Positions[] begun = begunByClass();
            states.add(new Positions(new int[0]));
            numbers.put(states.get(0), 0);
            for (int s = 0; s < states.size(); s++) {
                Positions[] targets = begun.clone();
                for (int position : states.get(s).sorted) {
                    for (int c : advancing[position]) {
                        targets[c] = targets[c].with(position + 1);
                    }
                }
                int[] row = new int[targets.length];
                for (int c = 0; c < row.length; c++) {
                    Integer number = numbers.putIfAbsent(targets[c], states.size());
                    if (number == null) {
                        number = states.size();
                        states.add(targets[c]);
                    }
                    row[c] = number;
                }
                if (states.size() > MOST_STATES) {
                    return false;
                }
                rows.add(row);
            }
            lay(states, rows);
            return true;
        }

        /** Characters that no trigger tells apart share a class. */
        private void classify() {
            List<CharSet> sets = new ArrayList<>(new LinkedHashSet<>(triggers.stream()
                    .flatMap(trigger -> Arrays.stream(trigger.sequence()))
                    .toList()));
            Map<BitSet, Integer> numbers = new HashMap<>();
            for (int c = 0; c <= 128; c++) {
                BitSet signature = new BitSet(sets.size());
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

        /** For each position the classes with which it goes on; a position p of trigger t is p - base[t] + 1 matches. */
        private int[][] advancingClasses() {
            int[][] advancing = new int[triggerOf.length][];
            for (int position = 0; position < advancing.length; position++) {
                int t = triggerOf[position];
                int matched = position - base[t] + 1;
                CharSet[] sequence = triggers.get(t).sequence();
                advancing[position] = matched == sequence.length ? new int[0] : classesOf(sequence[matched]);
            }
            return advancing;
        }

        private int[] classesOf(CharSet set) {
            return IntStream.range(0, representatives.size())
                    .filter(c -> set.has(representatives.get(c)))
                    .toArray();
        }

        private Positions[] begunByClass() {
            Positions[] begun = new Positions[representatives.size()];
            for (int c = 0; c < begun.length; c++) {
                int representative = representatives.get(c);
                begun[c] = new Positions(IntStream.range(0, triggers.size())
                        .filter(t -> triggers.get(t).sequence()[0].has(representative))
                        .map(t -> base[t])
                        .toArray());
            }
            return begun;
        }

        private boolean ends(int position) {
            return position + 1 == base[triggerOf[position] + 1];
        }

        /** Renumbers the states so that accepting ones come last, and premultiplies them by the row length. */
        private void lay(List<Positions> states, List<int[]> rows) {
            int[] renumbered = new int[states.size()];
            int at = 0;
            List<Integer> accepters = new ArrayList<>();
            for (int s = 0; s < renumbered.length; s++) {
                if (Arrays.stream(states.get(s).sorted).anyMatch(this::ends)) {
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

        private int[] outputsOf(Positions state) {
            TreeSet<Long> pairs = new TreeSet<>();
            for (int position : state.sorted) {
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
