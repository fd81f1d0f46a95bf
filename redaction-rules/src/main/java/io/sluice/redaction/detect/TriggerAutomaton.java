package io.sluice.redaction.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds all triggers of all detectors in one pass: a deterministic automaton over classes of characters, built once by
 * subset construction (Aho-Corasick, for sequences of character sets).
 *
 * <p>One table look-up per character, however many triggers there are. Immutable and thread-safe.
 */
final class TriggerAutomaton {
    /** Above this many states a set of triggers is refused: 5 MiB at 64 classes. A state's number takes 16 bits. */
    static final int MOST_STATES = 40_000;

    private final byte[] classes;
    private final int others;
    private final int shift;
    /** By state and class; of 16 bits, for what the table takes of the processor's caches is what a character costs. */
    private final char[] next;

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
        return next[(state << shift) + (c < 128 ? classes[c] : others)];
    }

    /** Whether triggers end in this state. */
    boolean accepts(int state) {
        return state >= accepting;
    }

    /** What ends in this state: pairs of owner and length, each owner at most once per length. */
    int[] outputs(int state) {
        return outputs[state - accepting];
    }

    /** How many bytes the table takes. */
    long bytes() {
        return 2L * next.length;
    }

    /**
     * What has matched so far. A position is the number of a trigger's character, counted through all triggers.
     *
     * @param begun number of the set of triggers of which one character matched, the last one read
     * @param further positions of the others, ascending; none of them is a trigger's first
     */
    private record State(int begun, int[] further) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof State that && begun == that.begun && Arrays.equals(further, that.further);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(further) + begun;
        }
    }

    /**
     * A set of triggers that one character begins.
     *
     * @param positions their first positions, ascending
     * @param goingOn by class, the positions that a character of it leads to from these
     * @param ends whether one of them has but that character
     * @param row by class, the number of the state that follows when nothing else has matched; filled when first needed
     */
    private record Begun(int[] positions, int[][] goingOn, boolean ends, int[] row) {}

    /** Builds before the first record, in a virtual machine that has compiled nothing yet: loops here, no streams. */
    private static final class Builder {
        private static final int UNKNOWN = -1;
        private static final int[] NONE = {};

        private final List<Trigger> triggers;
        private final byte[] classes = new byte[128];
        private final List<Integer> representatives = new ArrayList<>();
        private int others;
        private int shift;
        private char[] next = new char[0];
        private int accepting;
        private int[][] outputs = new int[0][];
        /** The first position number of each trigger; position = how many of its characters have matched. */
        private final int[] base;

        private final int[] triggerOf;
        private final List<State> states = new ArrayList<>();
        private final Map<State, Integer> numbers = new HashMap<>();
        private final List<Begun> begun = new ArrayList<>();

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
            int[][] advancing = advancingClasses();
            int[] begunBy = begunByClass(advancing);
            number(new State(number(new int[0], advancing), new int[0]));
            List<int[]> rows = new ArrayList<>();
            for (int s = 0; s < states.size(); s++) {
                rows.add(row(states.get(s), begunBy, advancing));
                if (states.size() > MOST_STATES) {
                    return false;
                }
            }
            lay(rows);
            return true;
        }

        /** The numbers of the states that follow one, by class. */
        private int[] row(State state, int[] begunBy, int[][] advancing) {
            Begun from = begun.get(state.begun());
            int[] row = alone(from, begunBy).clone();
            if (state.further().length == 0) {
                return row;
            }
            int[][] targets = from.goingOn().clone();
            for (int position : state.further()) {
                for (int c : advancing[position]) {
                    targets[c] = with(targets[c], position + 1);
                }
            }
            for (int c = 0; c < row.length; c++) {
                if (targets[c] != from.goingOn()[c]) {
                    row[c] = number(new State(begunBy[c], targets[c]));
                }
            }
            return row;
        }

        private int[] alone(Begun from, int[] begunBy) {
            int[] row = from.row();
            if (row[0] == UNKNOWN) {
                for (int c = 0; c < row.length; c++) {
                    row[c] = number(new State(begunBy[c], from.goingOn()[c]));
                }
            }
            return row;
        }

        /** Most states have a handful of further positions: copying them costs less than any set. */
        private static int[] with(int[] ascending, int position) {
            int at = -Arrays.binarySearch(ascending, position) - 1;
            int[] more = Arrays.copyOf(ascending, ascending.length + 1);
            System.arraycopy(ascending, at, more, at + 1, ascending.length - at);
            more[at] = position;
            return more;
        }

        private int number(State state) {
            Integer number = numbers.putIfAbsent(state, states.size());
            if (number == null) {
                states.add(state);
                return states.size() - 1;
            }
            return number;
        }

        /** The number of a set of begun triggers. */
        private int number(int[] positions, int[][] advancing) {
            for (int i = 0; i < begun.size(); i++) {
                if (Arrays.equals(begun.get(i).positions(), positions)) {
                    return i;
                }
            }
            int[][] goingOn = new int[representatives.size()][0];
            for (int position : positions) {
                for (int c : advancing[position]) {
                    goingOn[c] = with(goingOn[c], position + 1);
                }
            }
            int[] row = new int[goingOn.length];
            row[0] = UNKNOWN;
            begun.add(new Begun(positions, goingOn, endsOne(positions), row));
            return begun.size() - 1;
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
            Map<CharSet, int[]> known = new HashMap<>();
            for (int position = 0; position < advancing.length; position++) {
                int t = triggerOf[position];
                int matched = position - base[t] + 1;
                CharSet[] sequence = triggers.get(t).sequence();
                advancing[position] =
                        matched == sequence.length ? NONE : known.computeIfAbsent(sequence[matched], this::classesOf);
            }
            return advancing;
        }

        private int[] classesOf(CharSet set) {
            int[] classes = new int[representatives.size()];
            int size = 0;
            for (int c = 0; c < classes.length; c++) {
                if (set.has(representatives.get(c))) {
                    classes[size++] = c;
                }
            }
            return Arrays.copyOf(classes, size);
        }

        /** The number of the set of triggers that each class begins. */
        private int[] begunByClass(int[][] advancing) {
            int[] begunBy = new int[representatives.size()];
            for (int c = 0; c < begunBy.length; c++) {
                int[] positions = new int[triggers.size()];
                int size = 0;
                for (int t = 0; t < positions.length; t++) {
                    if (triggers.get(t).sequence()[0].has(representatives.get(c))) {
                        positions[size++] = base[t];
                    }
                }
                begunBy[c] = number(Arrays.copyOf(positions, size), advancing);
            }
            return begunBy;
        }

        private boolean ends(int position) {
            return position + 1 == base[triggerOf[position] + 1];
        }

        /** Renumbers the states so that accepting ones come last. */
        private void lay(List<int[]> rows) {
            int[] renumbered = new int[states.size()];
            int at = 0;
            List<Integer> accepters = new ArrayList<>();
            for (int s = 0; s < renumbered.length; s++) {
                State state = states.get(s);
                if (begun.get(state.begun()).ends() || endsOne(state.further())) {
                    accepters.add(s);
                } else {
                    renumbered[s] = at++;
                }
            }
            accepting = at;
            outputs = new int[accepters.size()][];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = outputsOf(states.get(accepters.get(i)));
                renumbered[accepters.get(i)] = at++;
            }
            next = new char[at << shift];
            for (int s = 0; s < renumbered.length; s++) {
                int[] row = rows.get(s);
                for (int c = 0; c < row.length; c++) {
                    next[(renumbered[s] << shift) + c] = (char) renumbered[row[c]];
                }
            }
        }

        private boolean endsOne(int[] positions) {
            for (int position : positions) {
                if (ends(position)) {
                    return true;
                }
            }
            return false;
        }

        private int[] outputsOf(State state) {
            SortedSet<Long> pairs = new TreeSet<>();
            addEnding(begun.get(state.begun()).positions(), pairs);
            addEnding(state.further(), pairs);
            int[] flat = new int[pairs.size() * 2];
            int i = 0;
            for (long pair : pairs) {
                flat[i++] = (int) (pair >>> 32);
                flat[i++] = (int) pair;
            }
            return flat;
        }

        /** Adds owner and length of the triggers that end at these positions. */
        private void addEnding(int[] positions, SortedSet<Long> pairs) {
            for (int position : positions) {
                if (ends(position)) {
                    Trigger trigger = triggers.get(triggerOf[position]);
                    pairs.add((long) trigger.owner() << 32 | trigger.sequence().length);
                }
            }
        }
    }
}
