package io.sluice.redaction.detect;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rarest short sequences of characters that every match of a pattern contains, and where a match may begin and end
 * round them.
 *
 * @param sequences of sets; at least one of them stands in each match
 * @param before how far before a sequence a match may begin at most, {@link PatternSyntax#UNBOUNDED} if anywhere
 * @param longest the longest match
 * @param border whether a match begins at a word's border
 */
record PatternTriggers(List<CharSet[]> sequences, int before, int longest, boolean border) {
    private static final int LONGEST_SEQUENCE = 8;
    private static final int MOST_SEQUENCES = 24;
    private static final int MOST_STEPS = 4_000;
    /** What a place in the pattern must gain to be preferred over its beginning, in bits. */
    private static final double FARTHER = 4;

    /** Triggers for a pattern, or for everything if it is not understood or has nothing rare enough. */
    static PatternTriggers of(String pattern) {
        PatternSyntax.Node node = PatternSyntax.parse(pattern);
        if (node != null) {
            List<PatternSyntax.Node> chain = node instanceof PatternSyntax.Chain c ? c.nodes() : List.of(node);
            PatternTriggers best = best(chain, node.longest());
            if (best != null) {
                return best;
            }
        }
        return new PatternTriggers(
                List.<CharSet[]>of(new CharSet[] {CharSet.ALL}),
                PatternSyntax.UNBOUNDED,
                PatternSyntax.UNBOUNDED,
                false);
    }

    private static @Nullable PatternTriggers best(List<PatternSyntax.Node> chain, int longest) {
        PatternTriggers best = null;
        double bestBits = 8;
        int before = 0;
        for (int i = 0; i < chain.size(); i++) {
            List<CharSet[]> sequences = longestFew(chain.subList(i, chain.size()));
            double bits =
                    sequences.stream().mapToDouble(PatternTriggers::bits).min().orElse(0);
            bits -= before >= PatternSyntax.UNBOUNDED ? 2 * FARTHER : before > 0 ? FARTHER : 0;
            if (bits > bestBits) {
                bestBits = bits;
                best = new PatternTriggers(sequences, before, longest, beginsAtBorder(chain));
            }
            before = Math.min(PatternSyntax.UNBOUNDED, before + chain.get(i).longest());
        }
        return best;
    }

    private static boolean beginsAtBorder(List<PatternSyntax.Node> chain) {
        return !chain.isEmpty() && chain.get(0) instanceof PatternSyntax.Nothing nothing && nothing.border();
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

    /** The longest sequences that are still few. */
    private static List<CharSet[]> longestFew(List<PatternSyntax.Node> chain) {
        for (int length = LONGEST_SEQUENCE; length > 0; length--) {
            Expansion expansion = new Expansion();
            if (expansion.expand(chain, List.of(), length) && !expansion.sequences.contains(List.<CharSet>of())) {
                return expansion.sequences.stream()
                        .map(sequence -> sequence.toArray(CharSet[]::new))
                        .toList();
            }
        }
        return List.of();
    }

    private static final class Expansion {
        private final Set<List<CharSet>> sequences = new LinkedHashSet<>();
        private int steps;

        /** Writes down every way in which the nodes may begin, up to a length; false if there are too many. */
        boolean expand(List<PatternSyntax.Node> rest, List<CharSet> done, int length) {
            if (++steps > MOST_STEPS || sequences.size() > MOST_SEQUENCES) {
                return false;
            }
            if (done.size() == length || rest.isEmpty()) {
                sequences.add(done);
                return sequences.size() <= MOST_SEQUENCES;
            }
            PatternSyntax.Node head = rest.get(0);
            List<PatternSyntax.Node> tail = rest.subList(1, rest.size());
            if (head instanceof PatternSyntax.One one) {
                List<CharSet> more = new ArrayList<>(done);
                more.add(one.set());
                return expand(tail, more, length);
            }
            if (head instanceof PatternSyntax.Chain chain) {
                return expand(joined(chain.nodes(), tail), done, length);
            }
            if (head instanceof PatternSyntax.Choice choice) {
                for (PatternSyntax.Node branch : choice.nodes()) {
                    if (!expand(joined(List.of(branch), tail), done, length)) {
                        return false;
                    }
                }
                return true;
            }
            if (head instanceof PatternSyntax.Repeated repeated) {
                return expandRepeated(repeated, tail, done, length);
            }
            return expand(tail, done, length);
        }

        private boolean expandRepeated(
                PatternSyntax.Repeated repeated, List<PatternSyntax.Node> tail, List<CharSet> done, int length) {
            if (repeated.fewest() == 0 && !expand(tail, done, length)) {
                return false;
            }
            if (repeated.most() == 0) {
                return true;
            }
            int most = repeated.most() == Integer.MAX_VALUE ? Integer.MAX_VALUE : repeated.most() - 1;
            PatternSyntax.Node again =
                    new PatternSyntax.Repeated(repeated.node(), Math.max(0, repeated.fewest() - 1), most);
            return expand(joined(List.of(repeated.node(), again), tail), done, length);
        }

        private static List<PatternSyntax.Node> joined(
                List<PatternSyntax.Node> first, List<PatternSyntax.Node> second) {
            List<PatternSyntax.Node> both = new ArrayList<>(first);
            both.addAll(second);
            return both;
        }
    }
}
