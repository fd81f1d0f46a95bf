package io.sluice.console.overview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts per interval of time, by the time at which figures count an event.
 *
 * <p>That time stands in one of two fields, so each interval is asked twice and put together. The visitors of an
 * interval are then at least the larger of both counts; the smaller may be the same people. A group is thus rather
 * folded than shown.
 */
final class Intervals {
    private Intervals() {}

    /** How long an interval is. */
    enum Step {
        FIVE_MINUTES("5m", Duration.ofMinutes(5)),
        QUARTER("15m", Duration.ofMinutes(15)),
        HOUR("1h", Duration.ofHours(1)),
        DAY("1d", Duration.ofDays(1));

        private final String label;
        private final Duration length;

        Step(String label, Duration length) {
            this.label = label;
            this.length = length;
        }

        String label() {
            return label;
        }

        /** Whether times that are known to the hour only cannot be placed. */
        boolean isFinerThanHour() {
            return length.compareTo(Duration.ofHours(1)) < 0;
        }

        /** The begin of the interval behind the one that begins at {@code begin}. */
        Instant next(Instant begin, ZoneId zone) {
            return this == DAY ? begin.atZone(zone).plusDays(1).toInstant() : begin.plus(length);
        }

        /** The step that gives a line some points and not too many. */
        static Step over(Duration span) {
            if (span.compareTo(Duration.ofHours(2)) <= 0) {
                return FIVE_MINUTES;
            }
            if (span.compareTo(Duration.ofHours(8)) <= 0) {
                return QUARTER;
            }
            return span.compareTo(Duration.ofDays(8)) <= 0 ? HOUR : DAY;
        }

        private ObjectNode histogram(FieldPath field, ZoneId zone) {
            ObjectNode histogram = Queries.object().put("field", field.name()).put("min_doc_count", 1);
            if (this == DAY) {
                histogram.put("calendar_interval", "1d").put("time_zone", zone.getId());
            } else {
                histogram.put("fixed_interval", label);
            }
            return Queries.wrap("date_histogram", histogram);
        }
    }

    /** The aggregations that {@link #read} understands. */
    static ObjectNode question(Step step, ZoneId zone) {
        ObjectNode onTime = below(step, Fields.TIMESTAMP, zone);
        ObjectNode late = below(step, Queries.RECEIVED, zone);
        ObjectNode both = Queries.object();
        both.set("on_time", Queries.filtered(Queries.onTime(), onTime));
        both.set("late", Queries.filtered(Queries.late(), late));
        return both;
    }

    private static ObjectNode below(Step step, FieldPath field, ZoneId zone) {
        ObjectNode visitors = Queries.wrap("visitors", Queries.visitors());
        ObjectNode histogram = step.histogram(field, zone).set("aggs", visitors);
        return Queries.wrap("intervals", histogram);
    }

    /** The intervals that have any view, by their begin; {@link Group#name} is the begin as an instant. */
    static Map<Instant, Group> read(JsonNode aggregations) {
        Map<Instant, Group> all = new TreeMap<>();
        for (String half : new String[] {"on_time", "late"}) {
            for (JsonNode bucket : aggregations.path(half).path("intervals").path("buckets")) {
                Instant begin = Instant.ofEpochMilli(bucket.path("key").asLong());
                Group group = new Group(
                        begin.toString(),
                        bucket.path("doc_count").asLong(),
                        bucket.path("visitors").path("value").asLong());
                all.merge(begin, group, Intervals::both);
            }
        }
        return all;
    }

    private static Group both(Group one, Group other) {
        return new Group(one.name(), one.views() + other.views(), Math.max(one.visitors(), other.visitors()));
    }
}
