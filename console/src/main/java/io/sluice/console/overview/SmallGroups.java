package io.sluice.console.overview;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rule by which groups of few visitors are folded.
 *
 * <p>Guarantees: every group shown, the folded one too, has at least {@value #FEWEST} distinct visitors; the views shown
 * add up to the total; so neither a row nor the difference between the total and the rows tells anything of fewer
 * people. Does not guarantee: anything about differences between two answers for two periods; see the decision record
 * on small groups.
 *
 * <p>Pure. Folding needs the number of distinct visitors outside the groups shown, which no sum over groups tells, so
 * it goes in two steps: {@link #plan} says of what that number is needed, {@link Plan#settle} decides.
 */
public final class SmallGroups {
    /** The fewest visitors of a group that is shown. */
    public static final int FEWEST = 10;

    private SmallGroups() {}

    /** Whether a group of so many visitors may be shown. */
    public static boolean isShown(long visitors) {
        return visitors >= FEWEST;
    }

    /**
     * Which groups are large enough by themselves.
     *
     * @param groups disjoint; they need not hold all of the total
     * @param views page views of the total, whose visitors must be at least {@link #FEWEST}
     */
    public static Plan plan(List<Group> groups, long views) {
        List<Group> shown = groups.stream()
                .filter(group -> isShown(group.visitors()))
                .sorted(Comparator.comparingLong(Group::views).reversed().thenComparing(Group::name))
                .toList();
        return new Plan(views, shown);
    }

    /**
     * What is large enough by itself, before the rest is known.
     *
     * @param views page views of the total
     * @param shown the groups that are large enough, most views first
     */
    public record Plan(long views, List<Group> shown) {
        /** Whether anything lies outside the groups shown. */
        public boolean hasRest() {
            return restOf(shown) > 0;
        }

        /** The groups shown but for the one of the fewest visitors, which follows if the rest alone is too small. */
        public List<Group> fewer() {
            Optional<Group> smallest = shown.stream()
                    .min(Comparator.comparingLong(Group::visitors)
                            .thenComparingLong(Group::views)
                            .thenComparing(Group::name));
            return shown.stream()
                    .filter(group -> !smallest.map(group::equals).orElse(false))
                    .toList();
        }

        /**
         * The groups as they may be shown.
         *
         * @param outsideShown distinct visitors outside {@link #shown}
         * @param outsideFewer distinct visitors outside {@link #fewer}
         */
        public Folded settle(long outsideShown, long outsideFewer) {
            if (!hasRest()) {
                return new Folded(shown, Optional.empty());
            }
            if (isShown(outsideShown)) {
                return folded(shown, outsideShown);
            }
            // One group of ten makes the rest large enough: what it takes along has ten visitors of its own.
            return isShown(outsideFewer) ? folded(fewer(), outsideFewer) : new Folded(List.of(), Optional.empty());
        }

        private Folded folded(List<Group> kept, long visitors) {
            return new Folded(kept, Optional.of(new Group(Group.FOLDED, restOf(kept), visitors)));
        }

        private long restOf(List<Group> kept) {
            return views - kept.stream().mapToLong(Group::views).sum();
        }
    }

    /**
     * Groups that may be shown.
     *
     * @param shown most views first
     * @param rest all others together
     */
    public record Folded(List<Group> shown, Optional<Group> rest) {}
}
