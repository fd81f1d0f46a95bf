package io.sluice.redaction.detect;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rarest short sequences of characters that every match of a pattern contains, and where a match may begin and end
 * round them.
 *
 * @param sequences of sets; at least one of them stands in each match
 * @param shapes the same, longer, and from the match's beginning if that is always as far before: too much for the
 *     automaton, and still cheaper to look at than the engine is to run
 * @param lead how far before a sequence the shape round it begins
 * @param before how far before a sequence a match may begin at most, {@link PatternSyntax#UNBOUNDED} if anywhere
 * @param longest the longest match
 * @param border whether a match begins at a word's border
 */
record PatternTriggers(
        List<CharSet[]> sequences, List<CharSet[]> shapes, int lead, int before, int longest, boolean border) {
    /** What stands before a word, as the engine has it: all but letters, digits and underscores of ASCII. */
    static final CharSet NO_WORD =
            CharSet.of(c -> Chars.isAlnum((char) c) || c == '_', false).not();

    private static final int LONGEST_SEQUENCE = 8;
    private static final int LONGEST_SHAPE = 32;
    private static final int MOST_SEQUENCES = 24;
    private static final int MOST_STEPS = 4_000;
    /** What a place in the pattern must gain to be preferred over its beginning, in bits. */
    private static final double FARTHER = 4;

    /** Triggers for a pattern, or for everything if it is not understood or has nothing rare enough. */
    static PatternTriggers of(String pattern) {
        PatternNode node = PatternSyntax.parse(pattern);
        if (node != null) {
            List<PatternNode> chain = node instanceof PatternNode.Chain c ? c.nodes() : List.of(node);
            PatternTriggers best = best(chain, node.longest());
            if (best != null) {
                return best;
            }
        }
        List<CharSet[]> everything = List.<CharSet[]>of(new CharSet[] {CharSet.ALL});
        return new PatternTriggers(everything, everything, 0, PatternSyntax.UNBOUNDED, PatternSyntax.UNBOUNDED, false);
    }

    private static @Nullable PatternTriggers best(List<PatternNode> chain, int longest) {
        PatternTriggers best = null;
        double bestBits = 8;
        int before = 0;
        for (int i = 0; i < chain.size(); i++) {
            List<PatternNode> rest = chain.subList(i, chain.size());
            List<CharSet[]> sequences = longestFew(rest, LONGEST_SEQUENCE);
            double bits =
                    sequences.stream().mapToDouble(PatternTriggers::bits).min().orElse(0);
            bits -= before >= PatternSyntax.UNBOUNDED ? 2 * FARTHER : before > 0 ? FARTHER : 0;
            if (bits > bestBits) {
                bestBits = bits;
                boolean fixed = chain.subList(0, i).stream().allMatch(PatternTriggers::hasOneLength);
                List<CharSet[]> shapes = longestFew(fixed ? chain : rest, LONGEST_SHAPE);
                best = new PatternTriggers(
                        sequences, shapes, fixed ? before : 0, before, longest, beginsAtBorder(chain));
            }
            before = Math.min(PatternSyntax.UNBOUNDED, before + chain.get(i).longest());
        }
        return best;
    }

    /** Whether all that a part of a pattern matches is of the same length. */
    private static boolean hasOneLength(PatternNode node) {
        return node instanceof PatternNode.One
                || node instanceof PatternNode.Nothing
                || node instanceof PatternNode.Repeated repeated
                        && repeated.fewest() == repeated.most()
                        && hasOneLength(repeated.node())
                || node instanceof PatternNode.Chain chain
                        && chain.nodes().stream().allMatch(PatternTriggers::hasOneLength);
    }

    /**
     * How much farther before than its own match another may begin where a sequence stands, of which the sequence ends
     * later: the leftmost match is the one to be found. The automaton may look for parts of the sequences.
     */
    int slack() {
        return sequences.size() == 1
                ? 0
                : sequences.stream().mapToInt(sequence -> sequence.length).max().orElseThrow() - 1;
    }

    /** Whether each match begins as its sequence does, at a word's border, with a character of a word. */
    boolean followsNoWord() {
        return border
                && before == 0
                && sequences.stream()
                        .allMatch(sequence -> sequence[0].and(NO_WORD).equals(CharSet.NONE));
    }

    private static boolean beginsAtBorder(List<PatternNode> chain) {
        return !chain.isEmpty() && chain.get(0) instanceof PatternNode.Nothing nothing && nothing.border();
    }

    /** How rare a sequence is: bits over ASCII. */
    private static double bits(CharSet[] sequence) {
        double bits = 0;
        for (CharSet set : sequence) {
            int size = Math.max(1, set.size() + (set.others() ? 16 : 0));
            bits += Math.max(0, Math.log(96.0 / size) / Math.log(2));
        }
        return bits;
    }

    /** The longest sequences, of at most {@code most} sets, that are still few. */
    private static List<CharSet[]> longestFew(List<PatternNode> chain, int most) {
        for (int length = most; length > 0; length--) {
            Expansion expansion = new Expansion();
            if (expansion.expand(chain, List.of(), length) && !expansion.sequences.contains(List.<CharSet>of())) {
                return expansion.sequences.stream()
                        .filter(sequence -> !beginsWithAnother(sequence, expansion.sequences))
                        .map(sequence -> sequence.toArray(CharSet[]::new))
                        .toList();
            }
        }
        return List.of();
    }

    /** Whether another one stands wherever this one does. */
    private static boolean beginsWithAnother(List<CharSet> sequence, Set<List<CharSet>> others) {
        return IntStream.range(1, sequence.size()).anyMatch(length -> others.contains(sequence.subList(0, length)));
    }

    private static final class Expansion {
        private final Set<List<CharSet>> sequences = new LinkedHashSet<>();
        private int steps;

        /** Writes down every way in which the nodes may begin, up to a length; false if there are too many. */
        boolean expand(List<PatternNode> rest, List<CharSet> done, int length) {
            if (++steps > MOST_STEPS || sequences.size() > MOST_SEQUENCES) {
                return false;
            }
            if (done.size() == length || rest.isEmpty()) {
                sequences.add(done);
                return sequences.size() <= MOST_SEQUENCES;
            }
            PatternNode head = rest.get(0);
            List<PatternNode> tail = rest.subList(1, rest.size());
            if (head instanceof PatternNode.One one) {
                List<CharSet> more = new ArrayList<>(done);
                more.add(one.set());
                return expand(tail, more, length);
            }
            if (head instanceof PatternNode.Chain chain) {
                return expand(joined(chain.nodes(), tail), done, length);
            }
            if (head instanceof PatternNode.Choice choice) {
                for (PatternNode branch : choice.nodes()) {
                    if (!expand(joined(List.of(branch), tail), done, length)) {
                        return false;
                    }
                }
                return true;
            }
            if (head instanceof PatternNode.Repeated repeated) {
                return expandRepeated(repeated, tail, done, length);
            }
            return expand(tail, done, length);
        }

        private boolean expandRepeated(
                PatternNode.Repeated repeated, List<PatternNode> tail, List<CharSet> done, int length) {
            if (repeated.fewest() == 0 && !expand(tail, done, length)) {
                return false;
            }
            if (repeated.most() == 0) {
                return true;
            }
            int most = repeated.most() == Integer.MAX_VALUE ? Integer.MAX_VALUE : repeated.most() - 1;
            PatternNode again = new PatternNode.Repeated(repeated.node(), Math.max(0, repeated.fewest() - 1), most);
            return expand(joined(List.of(repeated.node(), again), tail), done, length);
        }

        private static List<PatternNode> joined(List<PatternNode> first, List<PatternNode> second) {
            List<PatternNode> both = new ArrayList<>(first);
            both.addAll(second);
            return both;
        }
    }
}
