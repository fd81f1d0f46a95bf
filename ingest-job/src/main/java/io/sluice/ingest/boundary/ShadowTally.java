package io.sluice.ingest.boundary;

import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.rule.FieldRule;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.url.PathRule;
import io.sluice.schema.ShadowCount;
import io.sluice.schema.ShadowField;
import io.sluice.schema.ShadowOutcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what candidates would have done.
 *
 * <p>Guarantees: it holds counts and, as their labels, routes, fields and path templates as the two policies write them
 * and closed codes; no value and no name that a sender chose. Not thread-safe.
 */
public final class ShadowTally {
    private final Map<Long, Counts> byEntry = new TreeMap<>();

    private static final class Counts {
        private long records;
        private long failed;
        private long events;
        private final Map<Place, Map<Change, Long>> fields = new TreeMap<>();
        private final Map<Outcome, Long> outcomes = new TreeMap<>();
    }

    private record Place(String route, String field) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byRoute = route.compareTo(other.route);
            return byRoute != 0 ? byRoute : field.compareTo(other.field);
        }
    }

    private record Outcome(String route, String before, String after) implements Comparable<Outcome> {
        @Override
        public int compareTo(Outcome other) {
            return toString().compareTo(other.toString());
        }
    }

    /** A Kafka record on which the comparison failed. */
    void failed(Candidate candidate) {
        Counts counts = counts(candidate);
        counts.records++;
        counts.failed++;
    }

    /**
     * The events of a Kafka record under both policies, of which there are as many: parsing knows no policy.
     *
     * @param active the policy that counts
     */
    void compared(Candidate candidate, RedactionPolicy active, List<Watched.Seen> old, List<Watched.Seen> now) {
        Counts counts = counts(candidate);
        counts.records++;
        counts.events += now.size();
        for (int i = 0; i < now.size(); i++) {
            Watched.Seen after = now.get(i);
            old.get(i).outcomes.forEach((route, was) -> {
                String is = after.outcomes.getOrDefault(route, "no such route");
                if (!was.equals(is)) {
                    counts.outcomes.merge(new Outcome(route, was, is), 1L, Long::sum);
                }
            });
            PathRule path = after.event == null ? null : after.event.scanned().pathRule();
            Change.each(old.get(i), after, (change, route, field, was, is) -> counts.fields
                    .computeIfAbsent(
                            new Place(route, label(field, path, candidate.policy(), active)),
                            unused -> new EnumMap<>(Change.class))
                    .merge(change, 1L, Long::sum));
        }
    }

    private Counts counts(Candidate candidate) {
        return byEntry.computeIfAbsent(candidate.entry(), unused -> new Counts());
    }

    /** A field as a policy names it: behind an asterisk stands what a sender wrote. */
    private static String label(
            FieldPath field, @Nullable PathRule path, RedactionPolicy candidate, RedactionPolicy active) {
        if (field.equals(Fields.URL_PATH)) {
            return field + " " + (path == null ? PathRule.OTHER : path.template());
        }
        FieldRule rule = candidate.rule(field);
        rule = rule == null ? active.rule(field) : rule;
        return rule == null ? Fields.shape(field) : rule.field().name();
    }

    /** What was counted, a part for each candidate; then it begins anew. */
    public List<ShadowCount> take() {
        List<ShadowCount> all = new ArrayList<>(byEntry.size());
        byEntry.forEach((entry, counts) -> all.add(counts(entry, counts)));
        byEntry.clear();
        return all;
    }

    private static ShadowCount counts(long entry, Counts counts) {
        List<ShadowField> fields = new ArrayList<>(counts.fields.size());
        counts.fields.forEach((place, by) -> fields.add(new ShadowField(
                place.route(),
                place.field(),
                by.getOrDefault(Change.EXPOSED, 0L),
                by.getOrDefault(Change.HIDDEN, 0L),
                by.getOrDefault(Change.CHANGED, 0L),
                by.getOrDefault(Change.SAME, 0L))));
        List<ShadowOutcome> outcomes = new ArrayList<>(counts.outcomes.size());
        counts.outcomes.forEach((outcome, events) ->
                outcomes.add(new ShadowOutcome(outcome.route(), outcome.before(), outcome.after(), events)));
        return new ShadowCount(entry, counts.records, counts.failed, counts.events, fields, outcomes);
    }
}
