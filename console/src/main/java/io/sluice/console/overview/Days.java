package io.sluice.console.overview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.redaction.event.Fields;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which page views of a dataset count in a period.
 *
 * <p>Here stands that usage events count where a dataset has page views among them, else its access log, and never
 * both; and that days of fewer than ten visitors are left out altogether, so that no difference between two periods is
 * the traffic of a few people. What a page view is, the boundary decided: {@code event.page_view}.
 *
 * @param dataset the dataset
 * @param provider {@code usage-event} or {@code access-log}
 * @param views page views of the days that count
 * @param counted begins of the days that count
 * @param leftOut begins of the days that do not
 * @param first earliest time of any page view
 * @param last latest time of any page view
 */
record Days(
        String dataset,
        String provider,
        long views,
        List<Instant> counted,
        List<Instant> leftOut,
        Instant first,
        Instant last) {

    /** In order: the first that has page views is counted. */
    private static final List<String> PROVIDERS = List.of("usage-event", "access-log");

    private static final int MOST_DATASETS = 100;

    /** The search that {@link #read} understands. */
    static ObjectNode question(Period period) {
        ObjectNode times = Intervals.question(Intervals.Step.DAY, period.zone());
        span(times, "on_time", Fields.TIMESTAMP.name());
        span(times, "late", Queries.RECEIVED.name());
        ObjectNode providers =
                Queries.wrap("providers", Queries.terms(Fields.EVENT_PROVIDER, PROVIDERS.size() + 2, false, times));
        ObjectNode search = Queries.object().put("size", 0).put("track_total_hits", false);
        search.set("query", pageViews(period));
        search.set("aggs", Queries.wrap("datasets", Queries.terms(Fields.DATASET, MOST_DATASETS, false, providers)));
        return search;
    }

    private static void span(ObjectNode times, String half, String field) {
        ObjectNode below = (ObjectNode) times.path(half).path("aggs");
        below.set("first", Queries.wrap("min", Queries.object().put("field", field)));
        below.set("last", Queries.wrap("max", Queries.object().put("field", field)));
    }

    private static ObjectNode pageViews(Period period) {
        return Queries.all(Queries.isTrue(Fields.EVENT_PAGE_VIEW), Queries.happened(period.begin(), period.end()));
    }

    /** One for each dataset that has page views, by name. */
    static List<Days> read(JsonNode answer) {
        List<Days> all = new ArrayList<>();
        for (JsonNode dataset : answer.path("aggregations").path("datasets").path("buckets")) {
            choose(dataset).ifPresent(all::add);
        }
        all.sort((a, b) -> a.dataset().compareTo(b.dataset()));
        return all;
    }

    private static Optional<Days> choose(JsonNode dataset) {
        for (String provider : PROVIDERS) {
            for (JsonNode bucket : dataset.path("providers").path("buckets")) {
                if (bucket.path("key").asText().equals(provider)) {
                    return Optional.of(read(dataset.path("key").asText(), provider, bucket));
                }
            }
        }
        return Optional.empty();
    }

    private static Days read(String dataset, String provider, JsonNode bucket) {
        Collection<Group> days = Intervals.read(bucket).values();
        List<Instant> counted = new ArrayList<>();
        List<Instant> leftOut = new ArrayList<>();
        long views = 0;
        for (Group day : days) {
            boolean counts = SmallGroups.isShown(day.visitors());
            (counts ? counted : leftOut).add(Instant.parse(day.name()));
            views += counts ? day.views() : 0;
        }
        long first = Math.min(
                edge(bucket, "on_time", "first", Long.MAX_VALUE), edge(bucket, "late", "first", Long.MAX_VALUE));
        long last = Math.max(edge(bucket, "on_time", "last", 0), edge(bucket, "late", "last", 0));
        return new Days(
                dataset, provider, views, counted, leftOut, Instant.ofEpochMilli(first), Instant.ofEpochMilli(last));
    }

    private static long edge(JsonNode bucket, String half, String which, long none) {
        JsonNode value = bucket.path(half).path(which).path("value");
        return value.isNumber() ? value.asLong() : none;
    }

    /** Whether any day counts. */
    boolean hasFigures() {
        return !counted.isEmpty();
    }

    /** The page views that count. */
    ObjectNode scope(Period period) {
        ZoneId zone = period.zone();
        List<ObjectNode> small = leftOut.stream()
                .map(day -> Queries.happened(day, Intervals.Step.DAY.next(day, zone)))
                .toList();
        return Queries.all(
                pageViews(period),
                Queries.is(Fields.DATASET, dataset),
                Queries.is(Fields.EVENT_PROVIDER, provider),
                Queries.none(small));
    }

    /** The step of a line over the days that count. */
    Intervals.Step step(ZoneId zone) {
        Instant begin = counted.get(0);
        Instant end = Intervals.Step.DAY.next(counted.get(counted.size() - 1), zone);
        Instant from = first.isAfter(begin) ? first : begin;
        Instant to = last.isBefore(end) ? last : end;
        return Intervals.Step.over(Duration.between(from, to));
    }
}
