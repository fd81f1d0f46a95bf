package io.sluice.redaction.detect;

import java.util.List;

/** A part of a regular expression, read by {@link PatternSyntax}; all lengths are in UTF-16 units. */
sealed interface PatternNode {
    /** The longest text it matches, at most {@link PatternSyntax#UNBOUNDED}. */
    int longest();

    /** One unit out of a set. */
    record One(CharSet set) implements PatternNode {
        @Override
        public int longest() {
            return 1;
        }
    }

    /** An assertion, or nothing. */
    record Nothing(boolean border, boolean begin) implements PatternNode {
        @Override
        public int longest() {
            return 0;
        }
    }

    /** One after another. */
    record Chain(List<PatternNode> nodes) implements PatternNode {
        @Override
        public int longest() {
            return Math.min(
                    PatternSyntax.UNBOUNDED,
                    nodes.stream().mapToInt(PatternNode::longest).sum());
        }
    }

    /** One or another. */
    record Choice(List<PatternNode> nodes) implements PatternNode {
        @Override
        public int longest() {
            return nodes.stream().mapToInt(PatternNode::longest).max().orElse(0);
        }
    }

    /** The same several times. */
    record Repeated(PatternNode node, int fewest, int most) implements PatternNode {
        @Override
        public int longest() {
            return (int)
                    Math.min(PatternSyntax.UNBOUNDED, (long) node.longest() * Math.min(most, PatternSyntax.UNBOUNDED));
        }
    }
}
