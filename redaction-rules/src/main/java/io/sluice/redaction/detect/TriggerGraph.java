package io.sluice.redaction.detect;

import io.sluice.redaction.detect.TriggerAutomaton.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What triggers come to that begin all at one place: a node says which of them the characters from that place on have
 * not ruled out yet. It is a tree with its equal branches merged, and small, for it knows nothing of other places.
 */
final class TriggerGraph {
    private static final int[] NONE = {};

    private final List<Trigger> triggers;
    private final CharClasses classes;
    private final Map<Numbers, Node> merged = new HashMap<>();

    /**
     * Where the characters from one place on may have led.
     *
     * @param number counts the nodes
     * @param ends the triggers that end here, pairs of owner and length without a border, ascending
     * @param steps the classes of characters that lead on, ascending
     * @param targets for each of them, whereto
     */
    record Node(int number, int[] ends, int[] steps, Node[] targets) {}

    private TriggerGraph(List<Trigger> triggers, CharClasses classes) {
        this.triggers = triggers;
        this.classes = classes;
    }

    /** The node before the first character. */
    static Node of(List<Trigger> triggers, CharClasses classes) {
        return new TriggerGraph(triggers, classes).root();
    }

    /** From the longest triggers' last characters to the first, for what follows tells which nodes are equal. */
    private Node root() {
        List<List<Branch>> levels = new ArrayList<>();
        int[] all = new int[triggers.size()];
        for (int t = 0; t < all.length; t++) {
            all[t] = t;
        }
        List<Branch> level = List.of(new Branch(all));
        while (!level.isEmpty()) {
            levels.add(level);
            level = grow(level, levels.size() - 1);
        }
        for (int matched = levels.size() - 1; matched >= 0; matched--) {
            for (Branch branch : levels.get(matched)) {
                branch.node = merged(branch, matched);
            }
        }
        return levels.get(0).get(0).node();
    }

    /** Makes the branches that lead on from these, of whose triggers so many characters have matched. */
    private List<Branch> grow(List<Branch> level, int matched) {
        Level next = new Level();
        for (Branch branch : level) {
            int[] triggers = longerThan(matched, branch.triggers);
            if (triggers.length == 1) {
                Branch target = next.branch(triggers);
                branch.leadsTo(target, classes.of(this.triggers.get(triggers[0]).sequence()[matched]));
            } else if (triggers.length > 1) {
                fork(branch, triggers, matched, next);
            }
        }
        return next.inOrder;
    }

    private int[] longerThan(int matched, int[] some) {
        int[] longer = new int[some.length];
        int size = 0;
        for (int t : some) {
            if (triggers.get(t).sequence().length > matched) {
                longer[size++] = t;
            }
        }
        return size == some.length ? some : Arrays.copyOf(longer, size);
    }

    private void fork(Branch branch, int[] some, int matched, Level next) {
        int[][] byClass = new int[classes.count()][];
        int[] sizes = new int[byClass.length];
        for (int t : some) {
            for (int c : classes.of(triggers.get(t).sequence()[matched])) {
                byClass[c] = with(byClass[c], sizes[c]++, t);
            }
        }
        for (int c = 0; c < sizes.length; c++) {
            if (sizes[c] > 0) {
                branch.leadsTo(next.branch(Arrays.copyOf(byClass[c], sizes[c])), c);
            }
        }
    }

    private static int[] with(int @Nullable [] numbers, int size, int number) {
        int[] more = numbers == null ? new int[4] : size == numbers.length ? Arrays.copyOf(numbers, 2 * size) : numbers;
        more[size] = number;
        return more;
    }

    private Node merged(Branch branch, int matched) {
        int[] ends = ends(branch.triggers, matched);
        int[] steps = Arrays.copyOf(branch.steps, branch.size);
        Node[] targets = new Node[steps.length];
        int[] key = Arrays.copyOf(ends, ends.length + 1 + 2 * steps.length);
        int at = ends.length;
        key[at++] = -1;
        for (int i = 0; i < steps.length; i++) {
            targets[i] = branch.targets[i].node();
            key[at++] = steps[i];
            key[at++] = targets[i].number();
        }
        Numbers content = new Numbers(key);
        Node node = merged.get(content);
        if (node == null) {
            node = new Node(merged.size(), ends, steps, targets);
            merged.put(content, node);
        }
        return node;
    }

    private int[] ends(int[] some, int matched) {
        TreeSet<Long> pairs = null;
        for (int t : some) {
            Trigger trigger = triggers.get(t);
            if (trigger.sequence().length == matched) {
                pairs = pairs == null ? new TreeSet<>() : pairs;
                pairs.add((long) trigger.owner() << Integer.SIZE | matched - trigger.border());
            }
        }
        if (pairs == null) {
            return NONE;
        }
        int[] ends = new int[2 * pairs.size()];
        int at = 0;
        for (long pair : pairs) {
            ends[at++] = (int) (pair >>> Integer.SIZE);
            ends[at++] = (int) pair;
        }
        return ends;
    }

    /** A node before it is merged with its equals. */
    private static final class Branch {
        private final int[] triggers;
        private int[] steps = NONE;
        private Branch[] targets = {};
        private int size;
        private @Nullable Node node;

        Branch(int[] triggers) {
            this.triggers = triggers;
        }

        void leadsTo(Branch target, int... classes) {
            if (size + classes.length > steps.length) {
                steps = Arrays.copyOf(steps, 2 * size + classes.length);
                targets = Arrays.copyOf(targets, steps.length);
            }
            for (int c : classes) {
                steps[size] = c;
                targets[size++] = target;
            }
        }

        Node node() {
            if (node == null) {
                throw new IllegalStateException("A branch is merged before those that follow it.");
            }
            return node;
        }
    }

    /** The branches of which equally many characters have matched. */
    private static final class Level {
        private final Map<Numbers, Branch> byTriggers = new HashMap<>();
        private final List<Branch> inOrder = new ArrayList<>();

        Branch branch(int[] triggers) {
            Numbers key = new Numbers(triggers);
            Branch branch = byTriggers.get(key);
            if (branch == null) {
                branch = new Branch(triggers);
                byTriggers.put(key, branch);
                inOrder.add(branch);
            }
            return branch;
        }
    }

    /** Numbers that are a key. */
    private record Numbers(int[] values) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Numbers that && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }
}
