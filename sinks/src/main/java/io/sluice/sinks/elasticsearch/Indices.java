package io.sluice.sinks.elasticsearch;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * The names of the indices of one installation: one per route and receive day (UTC), so that a retention is kept by
 * dropping whole indices.
 *
 * @param prefix stands before every name; empty by default
 */
public record Indices(String prefix) implements Serializable {
    /** The routes that every installation has: each has a topic and indices. */
    public static final List<String> ROUTES = List.of("analytics", "security", "operations");

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu.MM.dd").withZone(ZoneOffset.UTC);

    /** What the indices of a route begin with, such as {@code usage-events}. */
    public String family(String route) {
        if (!ROUTES.contains(route)) {
            throw new IllegalArgumentException("There is no route " + route + "; the routes are " + ROUTES + ".");
        }
        return prefix + (route.equals("analytics") ? "usage" : route) + "-events";
    }

    /** The index of a route's events that were received at {@code received}. */
    public String of(String route, Instant received) {
        return family(route) + "-" + DAY.format(received);
    }

    /** The receive day in an index's name; empty if it is no index of that route. */
    public Optional<LocalDate> day(String route, String index) {
        String begin = family(route) + "-";
        if (!index.startsWith(begin)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(index.substring(begin.length()), DAY));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Matches every index of a route. */
    public String pattern(String route) {
        return family(route) + "-*";
    }
}
