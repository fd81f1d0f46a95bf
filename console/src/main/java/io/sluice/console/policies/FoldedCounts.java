package io.sluice.console.policies;

import io.sluice.console.overview.SmallGroups;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a trial's counts: nothing of fewer than {@value SmallGroups#FEWEST} events, not even whether there were
 * any, for a candidate may be written so that a count answers a guess.
 *
 * <p>Guarantees: each figure of a field stands for that many events or more, and so does what is left of the field's sum
 * without them; of the rows of {@code url.path}, which add up to the events, the small ones are one row. The figures add up.
 * Does not guarantee: that the events are of as many people; a trial knows nobody.
 *
 * @param records Kafka records compared
 * @param failed Kafka records on which the comparison failed; a fault of the program or of keys, never of a value
 * @param events records and events compared
 * @param fields by route and field
 * @param outcomes events whose outcome would differ
 */
public record FoldedCounts(
        long records, long failed, long events, List<Field> fields, List<ShadowState.Outcome> outcomes) {
    private static final int FEWEST = SmallGroups.FEWEST;
    private static final String FEW = " (fewer than " + FEWEST + ")";

    /**
     * What would become of a field on a route, in events.
     *
     * @param exposed newly exposed; null if it is few, none, or goes with the rest so that the rest is not few
     * @param hidden newly hidden; null likewise
     * @param changed changed; null likewise
     * @param rest the same, and whatever of the three is not said
     */
    public record Field(
            String route,
            String field,
            @Nullable Long exposed,
            @Nullable Long hidden,
            @Nullable Long changed,
            long rest) {}

    static FoldedCounts of(ShadowState.Counts raw) {
        Map<String, List<ShadowState.Field>> groups = new LinkedHashMap<>();
        for (ShadowState.Field row : raw.fields()) {
            groups.computeIfAbsent(row.route() + "\n" + name(row), unused -> new ArrayList<>())
                    .add(row);
        }
        List<Field> fields = new ArrayList<>();
        groups.values().forEach(group -> fold(group).forEach(row -> fields.add(cells(row))));
        List<ShadowState.Outcome> outcomes = raw.outcomes().stream()
                .filter(outcome -> outcome.events() >= FEWEST)
                .toList();
        return new FoldedCounts(raw.records(), raw.failed(), raw.events(), List.copyOf(fields), outcomes);
    }

    /** Whether enough events would be newly exposed that it may be said. */
    static boolean exposes(ShadowState.Counts raw) {
        return raw.fields().stream().anyMatch(row -> row.exposed() >= FEWEST);
    }

    /** The field without the template that may stand behind it. */
    private static String name(ShadowState.Field row) {
        int end = row.field().indexOf(' ');
        return end < 0 ? row.field() : row.field().substring(0, end);
    }

    /** The rows of one field that may be shown, the small ones as one; with the smallest other if they are few themselves. */
    private static List<ShadowState.Field> fold(List<ShadowState.Field> rows) {
        List<ShadowState.Field> shown = new ArrayList<>();
        ShadowState.Field few = new ShadowState.Field(rows.get(0).route(), name(rows.get(0)) + FEW, 0, 0, 0, 0);
        for (ShadowState.Field row : rows) {
            if (sum(row) >= FEWEST) {
                shown.add(row);
            } else {
                few = with(few, row);
            }
        }
        if (sum(few) > 0 && sum(few) < FEWEST && !shown.isEmpty()) {
            ShadowState.Field smallest = shown.get(0);
            for (ShadowState.Field row : shown) {
                smallest = sum(row) < sum(smallest) ? row : smallest;
            }
            shown.remove(smallest);
            few = with(few, smallest);
        }
        if (sum(few) >= FEWEST) {
            shown.add(few);
        }
        return shown;
    }

    private static long sum(ShadowState.Field row) {
        return row.exposed() + row.hidden() + row.changed() + row.same();
    }

    private static ShadowState.Field with(ShadowState.Field few, ShadowState.Field row) {
        return new ShadowState.Field(
                few.route(),
                few.field(),
                few.exposed() + row.exposed(),
                few.hidden() + row.hidden(),
                few.changed() + row.changed(),
                few.same() + row.same());
    }

    private static Field cells(ShadowState.Field row) {
        long[] cells = {row.exposed(), row.hidden(), row.changed()};
        long rest = row.same();
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] < FEWEST) {
                rest += cells[i];
                cells[i] = 0;
            }
        }
        // The rest would be told by the sum, so the smallest that is shown goes along. Each is large enough for that.
        int smallest = -1;
        for (int i = 0; i < cells.length; i++) {
            if (cells[i] > 0 && (smallest < 0 || cells[i] < cells[smallest])) {
                smallest = i;
            }
        }
        if (rest > 0 && rest < FEWEST && smallest >= 0) {
            rest += cells[smallest];
            cells[smallest] = 0;
        }
        return new Field(row.route(), row.field(), said(cells[0]), said(cells[1]), said(cells[2]), rest);
    }

    private static @Nullable Long said(long events) {
        return events == 0 ? null : events;
    }
}
