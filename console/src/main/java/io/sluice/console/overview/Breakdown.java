package io.sluice.console.overview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The figures of one dataset in one period: two searches on one snapshot, with small groups folded in between. */
final class Breakdown {
    /** More groups than any dimension has; what lies beyond is part of the rest. */
    private static final int MOST_GROUPS = 1000;

    private final Period period;
    private final ObjectNode scope;
    private final Intervals.Step step;

    Breakdown(Period period, Days days) {
        this.period = period;
        this.scope = days.scope(period);
        this.step = days.step(period.zone());
    }

    /**
     * The figures, which may all be shown.
     *
     * @param policies versions, the most frequent first
     */
    record Figures(
            long visitors,
            long views,
            List<String> policies,
            Overview.Timeline timeline,
            List<Group> pages,
            List<Overview.Source> sources,
            List<Group> countries,
            List<Group> devices) {}

    Figures ask(Snapshot snapshot) throws FiguresUnavailable {
        JsonNode answer = snapshot.search(question());
        JsonNode found = answer.path("aggregations");
        long views = answer.path("hits").path("total").path("value").asLong();

        Dimension pages = dimension("pages", Fields.URL_PATH, found.path("pages"), views);
        Dimension countries = dimension("countries", Fields.SOURCE_COUNTRY, found.path("countries"), views);
        Dimension devices = dimension("devices", Fields.USER_AGENT_DEVICE_TYPE, found.path("devices"), views);
        Dimension sources = dimension("sources", Fields.HTTP_REFERRER_CLASS, found.path("sources"), views);
        Map<String, Dimension> sites = sites(found.path("sources"), sources.plan());
        JsonNode timeline = found.path("timeline");
        long placed = timeline.path("doc_count").asLong();
        Dimension times = times(Intervals.read(timeline), placed);

        List<Dimension> all = new ArrayList<>(List.of(pages, countries, devices, sources, times));
        all.addAll(sites.values());
        JsonNode rest = restOf(all, snapshot);

        return new Figures(
                found.path("visitors").path("value").asLong(),
                views,
                keys(found.path("policies")),
                new Overview.Timeline(step.label(), points(timeline, times.settle(rest)), views - placed),
                rows(pages.settle(rest)),
                sources(sources.settle(rest), sites, rest),
                rows(countries.settle(rest)),
                rows(devices.settle(rest)));
    }

    private ObjectNode question() {
        ObjectNode search = Queries.object().put("size", 0).put("track_total_hits", true);
        search.set("query", scope);
        ObjectNode groups = search.putObject("aggs");
        groups.set("visitors", Queries.allVisitors());
        groups.set("policies", Queries.terms(Queries.POLICY, 3, false, Queries.object()));
        ObjectNode below = Queries.wrap("visitors", Queries.visitors());
        groups.set("pages", Queries.terms(Fields.URL_PATH, MOST_GROUPS, true, below));
        groups.set("countries", Queries.terms(Fields.SOURCE_COUNTRY, MOST_GROUPS, true, below));
        groups.set("devices", Queries.terms(Fields.USER_AGENT_DEVICE_TYPE, MOST_GROUPS, true, below));
        ObjectNode sites = below.deepCopy();
        sites.set("sites", Queries.terms(Fields.HTTP_REFERRER, MOST_GROUPS, true, below));
        groups.set("sources", Queries.terms(Fields.HTTP_REFERRER_CLASS, MOST_GROUPS, true, sites));
        groups.set("timeline", Queries.filtered(placeable(), Intervals.question(step, period.zone())));
        return search;
    }

    /** The anonymized form knows the hour only: on a finer line its views would make a false peak at each full hour. */
    private ObjectNode placeable() {
        return step.isFinerThanHour() ? Queries.exists(Queries.VISITOR) : Queries.wrap("match_all", Queries.object());
    }

    private Dimension dimension(String name, FieldPath field, JsonNode found, long views) {
        return new Dimension(
                name,
                Queries.wrap("match_all", Queries.object()),
                SmallGroups.plan(groups(found), views),
                Dimension.by(field));
    }

    private Map<String, Dimension> sites(JsonNode sources, SmallGroups.Plan classes) {
        Set<String> large = classes.shown().stream().map(Group::name).collect(Collectors.toSet());
        Function<Group, ObjectNode> byClass = Dimension.by(Fields.HTTP_REFERRER_CLASS);
        Map<String, Dimension> all = new LinkedHashMap<>();
        for (JsonNode bucket : sources.path("buckets")) {
            Group group = group(bucket);
            if (large.contains(group.name())) {
                all.put(
                        group.name(),
                        new Dimension(
                                "sites of " + all.size(),
                                byClass.apply(group),
                                SmallGroups.plan(groups(bucket.path("sites")), group.views()),
                                Dimension.by(Fields.HTTP_REFERRER)));
            }
        }
        return all;
    }

    private Dimension times(Map<Instant, Group> intervals, long views) {
        return new Dimension("times", placeable(), SmallGroups.plan(List.copyOf(intervals.values()), views), group -> {
            Instant begin = Instant.parse(group.name());
            return Queries.happened(begin, step.next(begin, period.zone()));
        });
    }

    private JsonNode restOf(List<Dimension> dimensions, Snapshot snapshot) throws FiguresUnavailable {
        ObjectNode search = Queries.object().put("size", 0).put("track_total_hits", false);
        search.set("query", scope);
        ObjectNode questions = search.putObject("aggs");
        dimensions.forEach(dimension -> dimension.ask(questions));
        return questions.isEmpty() ? Queries.object() : snapshot.search(search).path("aggregations");
    }

    private List<Overview.Point> points(JsonNode timeline, SmallGroups.Folded folded) {
        Map<Instant, Group> all = Intervals.read(timeline);
        Set<String> shown = folded.shown().stream().map(Group::name).collect(Collectors.toSet());
        List<Overview.Point> points = new ArrayList<>();
        if (all.isEmpty()) {
            return points;
        }
        List<Instant> begins = List.copyOf(all.keySet());
        Instant last = begins.get(begins.size() - 1);
        for (Instant at = begins.get(0); !at.isAfter(last); at = step.next(at, period.zone())) {
            Group group = all.get(at);
            if (group == null) {
                points.add(new Overview.Point(at, 0L));
            } else {
                points.add(new Overview.Point(at, shown.contains(group.name()) ? group.views() : null));
            }
        }
        return points;
    }

    private static List<Overview.Source> sources(
            SmallGroups.Folded classes, Map<String, Dimension> sites, JsonNode rest) {
        return rows(classes).stream()
                .map(group -> {
                    Dimension below = sites.get(group.name());
                    List<Group> shown = below == null ? List.of() : rows(below.settle(rest));
                    return new Overview.Source(group.name(), group.views(), group.visitors(), telling(shown));
                })
                .toList();
    }

    /** One row that is the whole class again says nothing. */
    private static List<Group> telling(List<Group> sites) {
        boolean silent = sites.size() == 1
                && Set.of(Group.UNKNOWN, Group.FOLDED).contains(sites.get(0).name());
        return silent ? List.of() : sites;
    }

    private static List<Group> rows(SmallGroups.Folded folded) {
        List<Group> rows = new ArrayList<>(folded.shown());
        folded.rest().ifPresent(rows::add);
        return rows;
    }

    private static List<Group> groups(JsonNode found) {
        List<Group> groups = new ArrayList<>();
        found.path("buckets").forEach(bucket -> groups.add(group(bucket)));
        return groups;
    }

    private static Group group(JsonNode bucket) {
        return new Group(
                bucket.path("key").asText(),
                bucket.path("doc_count").asLong(),
                bucket.path("visitors").path("value").asLong());
    }

    private static List<String> keys(JsonNode found) {
        List<String> keys = new ArrayList<>();
        found.path("buckets").forEach(bucket -> keys.add(bucket.path("key").asText()));
        return keys;
    }
}
