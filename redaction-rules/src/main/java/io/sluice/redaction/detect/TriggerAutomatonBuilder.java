package io.sluice.redaction.detect;

import io.sluice.redaction.detect.TriggerAutomaton.Trigger;
import io.sluice.redaction.detect.TriggerGraph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link TriggerAutomaton}, as Aho and Corasick (1975) have it for words: a state is the node that the longest
 * beginning of a trigger has led to, and the state of the same text without that beginning's first character. That one
 * is known before, and where the node leads nowhere its row is the answer, so that a state costs a copy of a row and what
 * its own node adds.
 *
 * <p>It runs before the first record, in a virtual machine that has compiled nothing yet: loops here, no streams, and as
 * few turns as possible.
 */
final class TriggerAutomatonBuilder {
    private static final short[] NONE = {};

    private final CharClasses classes;
    private final Node root;
    private final List<State> inOrder = new ArrayList<>();
    private final List<State> accepting = new ArrayList<>();
    private final List<State> others = new ArrayList<>();
    /** All of them by node and shorter state; its size is a power of two. */
    private State[] known = new State[1 << 10];

    /** One state. Its number is negative if triggers end there; numbers count from 0 up and from -1 down. */
    private static final class State {
        private final Node node;
        private final State shorter;
        private final int[] outputs;
        private final short number;
        private short[] row = NONE;

        State(Node node, @Nullable State shorter, int[] outputs, int number) {
            this.node = node;
            this.shorter = shorter == null ? this : shorter;
            this.outputs = outputs;
            this.number = (short) number;
        }
    }

    TriggerAutomatonBuilder(List<Trigger> triggers) {
        Set<CharSet> sets = new LinkedHashSet<>();
        for (Trigger trigger : triggers) {
            sets.addAll(Arrays.asList(trigger.sequence()));
        }
        this.classes = new CharClasses(sets);
        this.root = TriggerGraph.of(triggers, classes);
    }

    /** The automaton, or null if it needs too many states. */
    @Nullable
    TriggerAutomaton build() {
        State first = new State(root, null, root.ends(), 0);
        first.row = new short[classes.count()];
        others.add(first);
        inOrder.add(first);
        for (int i = 0; i < inOrder.size(); i++) {
            if (Math.max(accepting.size(), others.size()) > TriggerAutomaton.MOST_STATES) {
                return null;
            }
            State state = inOrder.get(i);
            state.row = state.node.steps().length == 0 ? state.shorter.row : row(state);
        }
        int[][] outputs = new int[accepting.size()][];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = accepting.get(i).outputs;
        }
        return new TriggerAutomaton(classes, table(), outputs);
    }

    /** What follows a state; of the first one its row is all zeros before. */
    private short[] row(State state) {
        short[] shorter = state.shorter.row;
        short[] row = shorter.clone();
        int[] steps = state.node.steps();
        Node[] targets = state.node.targets();
        for (int i = 0; i < steps.length; i++) {
            int c = steps[i];
            row[c] = i > 0 && targets[i] == targets[i - 1] && shorter[c] == shorter[steps[i - 1]]
                    ? row[steps[i - 1]]
                    : state(targets[i], numbered(shorter[c])).number;
        }
        return row;
    }

    private State numbered(int number) {
        return number < 0 ? accepting.get(~number) : others.get(number);
    }

    private State state(Node node, State shorter) {
        int at = place(node, shorter, known);
        State state = known[at];
        if (state == null) {
            state = made(node, shorter);
            known[at] = state;
            if (2 * inOrder.size() > known.length) {
                grow();
            }
        }
        return state;
    }

    private static int place(Node node, State shorter, State[] among) {
        int hash = (node.number() * 31 + shorter.number) * 0x9E3779B9;
        int at = hash >>> Integer.numberOfLeadingZeros(among.length - 1);
        while (among[at] != null && (among[at].node != node || among[at].shorter != shorter)) {
            at = (at + 1) & (among.length - 1);
        }
        return at;
    }

    private void grow() {
        State[] more = new State[2 * known.length];
        for (State state : inOrder) {
            if (state.node != root) {
                more[place(state.node, state.shorter, more)] = state;
            }
        }
        known = more;
    }

    private State made(Node node, State shorter) {
        int[] outputs = node.ends().length == 0 ? shorter.outputs : together(node.ends(), shorter.outputs);
        boolean accepts = outputs.length > 0;
        State state = new State(node, shorter, outputs, accepts ? ~accepting.size() : others.size());
        (accepts ? accepting : others).add(state);
        inOrder.add(state);
        return state;
    }

    /** Both in one, ascending by owner and then by length, each pair once. */
    private static int[] together(int[] one, int[] other) {
        if (other.length == 0) {
            return one;
        }
        int[] both = new int[one.length + other.length];
        int at = 0;
        int i = 0;
        int k = 0;
        while (i < one.length || k < other.length) {
            int order = i == one.length ? 1 : k == other.length ? -1 : compare(one, i, other, k);
            both[at++] = order <= 0 ? one[i] : other[k];
            both[at++] = order <= 0 ? one[i + 1] : other[k + 1];
            i += order <= 0 ? 2 : 0;
            k += order >= 0 ? 2 : 0;
        }
        return at == both.length ? both : Arrays.copyOf(both, at);
    }

    private static int compare(int[] one, int i, int[] other, int k) {
        return one[i] != other[k] ? Integer.compare(one[i], other[k]) : Integer.compare(one[i + 1], other[k + 1]);
    }

    /** The rows one behind another by number, each of the size of a power of two. */
    private short[] table() {
        int shift = TriggerAutomaton.shift(classes);
        short[] table = new short[inOrder.size() << shift];
        for (State state : inOrder) {
            System.arraycopy(state.row, 0, table, (accepting.size() + state.number) << shift, state.row.length);
        }
        return table;
    }
}
