package io.sluice.console.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SmallGroupsTest {
    /** One page view; visitor 0 is nobody in particular. */
    private record View(String group, int visitor) {}

    private static SmallGroups.Folded fold(List<View> views) {
        Map<String, List<View>> byName = views.stream().collect(Collectors.groupingBy(View::group));
        List<Group> groups = new ArrayList<>();
        byName.forEach((name, all) -> groups.add(new Group(name, all.size(), visitors(all))));
        SmallGroups.Plan plan = SmallGroups.plan(groups, views.size());
        return plan.settle(visitors(rest(views, plan.shown())), visitors(rest(views, plan.fewer())));
    }

    private static long visitors(List<View> views) {
        return views.stream()
                .map(View::visitor)
                .filter(visitor -> visitor != 0)
                .distinct()
                .count();
    }

    private static List<View> rest(List<View> views, List<Group> shown) {
        Set<String> names = shown.stream().map(Group::name).collect(Collectors.toSet());
        return views.stream().filter(view -> !names.contains(view.group())).toList();
    }

    private static List<View> group(String name, int from, int visitors) {
        List<View> views = new ArrayList<>();
        for (int i = 0; i < visitors; i++) {
            views.add(new View(name, from + i));
        }
        return views;
    }

    private static List<String> names(SmallGroups.Folded folded) {
        return folded.shown().stream().map(Group::name).toList();
    }

    @RepeatedTest(300)
    void showsNoGroupOfFewerThanTenVisitorsAndEveryViewOnce(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<View> views = new ArrayList<>();
        int names = 1 + random.nextInt(12);
        int people = 10 + random.nextInt(120);
        int count = people + random.nextInt(600);
        for (int i = 0; i < count; i++) {
            int name = (int) (names * Math.pow(random.nextDouble(), 1 + random.nextInt(3)));
            views.add(new View("g" + name, random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(people)));
        }
        if (visitors(views) < SmallGroups.FEWEST) {
            views.addAll(group("g0", 1, SmallGroups.FEWEST));
        }

        SmallGroups.Folded folded = fold(views);

        List<Group> rows = new ArrayList<>(folded.shown());
        folded.rest().ifPresent(rows::add);
        assertEquals(views.size(), rows.stream().mapToLong(Group::views).sum());
        for (Group row : rows) {
            assertTrue(row.visitors() >= 10, row.toString());
        }
        // What one learns by taking the rows from the total is the folded row, which has ten visitors itself.
        folded.rest().ifPresent(rest -> assertEquals(visitors(rest(views, folded.shown())), rest.visitors()));
        assertEquals(new HashSet<>(folded.shown()).size(), folded.shown().size());
    }

    @Test
    void foldsTheNextSmallestAlongWhenTheRestAloneWouldBeAFewPeople() {
        List<View> views = new ArrayList<>(group("big", 1, 40));
        views.addAll(group("middle", 100, 12));
        views.addAll(group("rare", 200, 3));

        SmallGroups.Folded folded = fold(views);

        assertEquals(List.of("big"), names(folded));
        assertEquals(new Group(Group.FOLDED, 15, 15), folded.rest().orElseThrow());
    }

    @Test
    void leavesLargeGroupsAloneWhenTheSmallOnesTogetherAreLargeEnough() {
        List<View> views = new ArrayList<>(group("big", 1, 40));
        views.addAll(group("middle", 100, 12));
        views.addAll(group("rare", 200, 6));
        views.addAll(group("rarer", 300, 4));

        SmallGroups.Folded folded = fold(views);

        assertEquals(List.of("big", "middle"), names(folded));
        assertEquals(new Group(Group.FOLDED, 10, 10), folded.rest().orElseThrow());
    }

    @Test
    void countsTheSamePeopleInTwoSmallGroupsOnce() {
        List<View> views = new ArrayList<>(group("big", 1, 40));
        views.addAll(group("middle", 100, 12));
        views.addAll(group("rare", 200, 9));
        views.addAll(group("rarer", 200, 9));

        assertEquals(List.of("big"), names(fold(views)));
    }

    @Test
    void neverMakesAGroupLargeEnoughByViewsOfNobodyInParticular() {
        List<View> views = new ArrayList<>(group("big", 1, 40));
        views.addAll(group("middle", 100, 10));
        for (int i = 0; i < 500; i++) {
            views.add(new View("anonymized", 0));
        }

        SmallGroups.Folded folded = fold(views);

        assertEquals(List.of("big"), names(folded));
        assertEquals(new Group(Group.FOLDED, 510, 10), folded.rest().orElseThrow());
    }

    @Test
    void foldsEverythingWhenNoGroupIsLargeEnough() {
        List<View> views = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            views.addAll(group("g" + i, 10 * i + 1, 4));
        }
        SmallGroups.Folded folded = fold(views);
        assertTrue(folded.shown().isEmpty());
        assertEquals(new Group(Group.FOLDED, 20, 20), folded.rest().orElseThrow());
    }

    @Test
    void showsGroupsInTheOrderOfTheirViews() {
        List<View> views = new ArrayList<>(group("a", 1, 11));
        views.addAll(group("b", 1, 20));
        views.addAll(group("c", 1, 11));
        assertEquals(List.of("b", "a", "c"), names(fold(views)));
    }
}
