package io.sluice.console.policies;

import io.sluice.schema.ShadowCount;
import io.sluice.schema.ShadowField;
import io.sluice.schema.ShadowOutcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what was counted of one trial; not thread-safe. */
final class ShadowSums {
    private final long entry;
    private long records;
    private long failed;
    private long events;
    private final Map<String, ShadowState.Field> fields = new TreeMap<>();
    private final Map<String, ShadowState.Outcome> outcomes = new TreeMap<>();

    /** @param entry offset of the candidate; counts of others are passed over */
    ShadowSums(long entry) {
        this.entry = entry;
    }

    long entry() {
        return entry;
    }

    void add(ShadowCount count) {
        if (count.getEntry() != entry) {
            return;
        }
        records += count.getRecords();
        failed += count.getFailed();
        events += count.getEvents();
        for (ShadowField field : count.getFields()) {
            fields.merge(
                    field.getRoute() + "\n" + field.getField(),
                    new ShadowState.Field(
                            field.getRoute(),
                            field.getField(),
                            field.getExposed(),
                            field.getHidden(),
                            field.getChanged(),
                            field.getSame()),
                    (a, b) -> new ShadowState.Field(
                            a.route(),
                            a.field(),
                            a.exposed() + b.exposed(),
                            a.hidden() + b.hidden(),
                            a.changed() + b.changed(),
                            a.same() + b.same()));
        }
        for (ShadowOutcome outcome : count.getOutcomes()) {
            outcomes.merge(
                    outcome.getRoute() + "\n" + outcome.getBefore() + "\n" + outcome.getAfter(),
                    new ShadowState.Outcome(
                            outcome.getRoute(), outcome.getBefore(), outcome.getAfter(), outcome.getEvents()),
                    (a, b) -> new ShadowState.Outcome(a.route(), a.before(), a.after(), a.events() + b.events()));
        }
    }

    ShadowState.Counts counts() {
        return new ShadowState.Counts(
                records, failed, events, List.copyOf(fields.values()), List.copyOf(outcomes.values()));
    }
}
