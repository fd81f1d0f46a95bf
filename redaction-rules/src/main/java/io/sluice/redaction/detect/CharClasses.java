package io.sluice.redaction.detect;

import java.util.HashMap;
import java.util.Map;

/**
 * Classes of characters: those that none of some sets tells apart share one. All characters beyond ASCII are of the same
 * class, as in a {@link CharSet}.
 */
final class CharClasses {
    private static final int OTHERS = 128;

    private final int[] ofCharacter = new int[OTHERS + 1];
    private final int[] sizes = new int[OTHERS + 1];
    private int count = 1;
    private final Map<CharSet, int[]> ofSet = new HashMap<>();

    /** The coarsest classes for these sets. */
    CharClasses(Iterable<CharSet> sets) {
        sizes[0] = ofCharacter.length;
        sets.forEach(this::split);
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** The class of {@code c}; any {@code c} from 128 on stands for all of them. */
    int of(int c) {
        return ofCharacter[Math.min(c, OTHERS)];
    }

    /** The classes that a set of those given consists of, ascending. */
    int[] of(CharSet set) {
        return ofSet.computeIfAbsent(set, this::consistingOf);
    }

    /** The members of the set leave the classes that have others too. */
    private void split(CharSet set) {
        int[] members = set.members();
        int[] leaving = new int[count];
        for (int c : members) {
            leaving[ofCharacter[c]]++;
        }
        int[] into = new int[count];
        for (int c : members) {
            int from = ofCharacter[c];
            if (leaving[from] < sizes[from] || into[from] > 0) {
                if (into[from] == 0) {
                    into[from] = count++;
                    sizes[into[from]] = 0;
                }
                ofCharacter[c] = into[from];
                sizes[from]--;
                sizes[into[from]]++;
            }
        }
    }

    private int[] consistingOf(CharSet set) {
        boolean[] has = new boolean[count];
        int size = 0;
        for (int c : set.members()) {
            size += has[ofCharacter[c]] ? 0 : 1;
            has[ofCharacter[c]] = true;
        }
        int[] classes = new int[size];
        int at = 0;
        for (int k = 0; at < size; k++) {
            if (has[k]) {
                classes[at++] = k;
            }
        }
        return classes;
    }
}
