package io.sluice.console.overview;

/**
 * Those page views that have one thing in common.
 *
 * @param name what they have in common, such as a path template or a country
 * @param views page views
 * @param visitors distinct visitors among them; views of nobody in particular add none
 */
public record Group(String name, long views, long visitors) {
    /** Name of the group of what is missing, such as views without a known country. */
    public static final String UNKNOWN = "(unknown)";

    /** Name of the group that small groups are folded into. */
    public static final String FOLDED = "(fewer than 10 visitors)";
}
