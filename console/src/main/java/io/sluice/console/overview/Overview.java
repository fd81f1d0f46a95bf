package io.sluice.console.overview;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first page's figures: of groups of ten visitors or more, and of nobody else.
 *
 * @param state whether there is anything to show
 * @param asOf when it was asked
 * @param from first day, {@code 2024-01-10}
 * @param to last day, included
 * @param zone whose days they are
 * @param datasets the datasets that have figures in the period
 * @param dataset the one these figures are of; absent without any
 * @param countedFrom {@code usage-event} or {@code access-log}: whose page views were counted; absent without any
 * @param policies versions of the policy under which the events were redacted, the most frequent first
 * @param leftOutDays days that are in no figure, for they had fewer than ten visitors
 * @param visitors distinct visitors
 * @param views page views
 * @param timeline page views over time
 * @param pages by path template
 * @param sources by class of the referrer, each with its sites
 * @param countries by country
 * @param devices by class of device
 */
public record Overview(
        State state,
        Instant asOf,
        String from,
        String to,
        String zone,
        List<String> datasets,
        @Nullable String dataset,
        @Nullable String countedFrom,
        List<String> policies,
        int leftOutDays,
        long visitors,
        long views,
        Timeline timeline,
        List<Group> pages,
        List<Source> sources,
        List<Group> countries,
        List<Group> devices) {

    /** Whether there is anything to show. */
    public enum State {
        /** There are figures. */
        FIGURES,
        /** There are page views, but on no day of ten visitors or more. */
        FEW,
        /** There is no page view in the period. */
        EMPTY
    }

    /**
     * Page views over time.
     *
     * @param interval length of a point: {@code 5m}, {@code 15m}, {@code 1h} or {@code 1d}
     * @param points in order, without a gap
     * @param withoutVisitor views that no point holds, because their time is known to the hour only
     */
    public record Timeline(String interval, List<Point> points, long withoutVisitor) {}

    /**
     * One point of the line.
     *
     * @param at its begin
     * @param views page views; absent if they are of fewer than ten visitors
     */
    public record Point(Instant at, @Nullable Long views) {}

    /**
     * One class of referrers.
     *
     * @param name the class
     * @param views page views
     * @param visitors distinct visitors
     * @param sites its sites; empty if no site of it may be told from the rest
     */
    public record Source(String name, long views, long visitors, List<Group> sites) {}
}
