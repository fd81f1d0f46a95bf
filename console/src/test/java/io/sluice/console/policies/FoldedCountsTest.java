package io.sluice.console.policies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoldedCountsTest {
    private static ShadowState.Counts counts(ShadowState.Field... fields) {
        return new ShadowState.Counts(7, 1, 1000, List.of(fields), List.of());
    }

    private static ShadowState.Field row(String field, long exposed, long hidden, long changed, long same) {
        return new ShadowState.Field("analytics", field, exposed, hidden, changed, same);
    }

    private static FoldedCounts.Field said(
            String field, @Nullable Long exposed, @Nullable Long hidden, @Nullable Long changed, long rest) {
        return new FoldedCounts.Field("analytics", field, exposed, hidden, changed, rest);
    }

    private static List<FoldedCounts.Field> folded(ShadowState.Field... fields) {
        return FoldedCounts.of(counts(fields)).fields();
    }

    @Test
    void nineAreNotSaidAndTenAre() {
        assertEquals(List.of(said("http.version", null, null, null, 1000)), folded(row("http.version", 9, 0, 0, 991)));
        assertEquals(List.of(said("http.version", 10L, null, null, 990)), folded(row("http.version", 10, 0, 0, 990)));
    }

    /** Nine of thousand would follow from the 991 that are the same, and whether there is any from 1000 beside 999. */
    @Test
    void noneAndFewLookAlike() {
        assertEquals(folded(row("http.version", 0, 0, 0, 1000)), folded(row("http.version", 3, 2, 4, 991)));
    }

    @Test
    void aRowOfFewIsNotThere() {
        assertEquals(List.of(), folded(row("props.note", 9, 0, 0, 0)));
    }

    @Test
    void whatIsLeftOfTheSumIsNotFewEither() {
        assertEquals(List.of(said("a", 500L, null, null, 43)), folded(row("a", 500, 40, 0, 3)));
        assertEquals(List.of(said("a", 500L, 40L, null, 0)), folded(row("a", 500, 40, 0, 0)), "nothing is left");
    }

    @Test
    void smallTemplatesAreOneRowAndTakeTheSmallestOtherAlongIfTheyAreFew() {
        assertEquals(
                List.of(
                        said("url.path /a", null, null, null, 50),
                        said("url.path (fewer than 10)", null, null, null, 12)),
                folded(
                        row("url.path /a", 0, 0, 0, 50),
                        row("url.path /b", 6, 0, 0, 0),
                        row("url.path /c", 0, 0, 0, 6)));
        assertEquals(
                List.of(
                        said("url.path /a", null, null, null, 90),
                        said("url.path (fewer than 10)", null, null, null, 53)),
                folded(
                        row("url.path /a", 0, 0, 0, 90),
                        row("url.path /b", 0, 0, 0, 50),
                        row("url.path /c", 3, 0, 0, 0)));
    }

    @Test
    void anOutcomeOfFewIsNotThere() {
        List<ShadowState.Outcome> outcomes = List.of(
                new ShadowState.Outcome("analytics", "released", "suppressed", 9),
                new ShadowState.Outcome("security", "released", "suppressed", 10));
        FoldedCounts folded = FoldedCounts.of(new ShadowState.Counts(7, 1, 1000, List.of(), outcomes));
        assertEquals(outcomes.subList(1, 2), folded.outcomes());
        assertEquals(1, folded.failed());
        assertEquals(7, folded.records());
        assertEquals(1000, folded.events());
    }

    @Test
    void onlyEnoughExposedEventsAreSaidToBe() {
        assertFalse(FoldedCounts.exposes(counts(row("a", 9, 0, 0, 0), row("b", 9, 0, 0, 0))));
        assertTrue(FoldedCounts.exposes(counts(row("a", 10, 0, 0, 1))), "even where the number goes with the rest");
    }

    /** Whatever was counted: no figure of fewer than ten, and the figures add up to what was counted or leave few out. */
    @Test
    void noFigureIsOfFew() {
        Random random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            List<ShadowState.Field> rows = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                rows.add(row("url.path /" + i, few(random), few(random), few(random), few(random)));
            }
            long sum = rows.stream()
                    .mapToLong(row -> row.exposed() + row.hidden() + row.changed() + row.same())
                    .sum();
            long said = 0;
            for (FoldedCounts.Field row : folded(rows.toArray(ShadowState.Field[]::new))) {
                for (Long figure : Stream.of(row.exposed(), row.hidden(), row.changed())
                        .filter(one -> one != null)
                        .toList()) {
                    assertTrue(figure >= 10, row.toString());
                    said += figure;
                }
                assertTrue(row.rest() == 0 || row.rest() >= 10, row.toString());
                said += row.rest();
            }
            assertTrue(said == sum || (said == 0 && sum < 10), rows.toString());
        }
    }

    private static long few(Random random) {
        return random.nextBoolean() ? 0 : random.nextInt(25);
    }
}
