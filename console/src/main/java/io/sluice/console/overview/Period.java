package io.sluice.console.overview;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whole days in the zone of the installation.
 *
 * <p>Only whole days can be asked for, so that two answers never differ by a handful of minutes.
 *
 * @param from first day
 * @param to last day, included
 * @param zone whose days they are
 */
public record Period(LocalDate from, LocalDate to, ZoneId zone) {
    /** The longest period in days: single events are kept for 90 days after their receive day. */
    public static final int LONGEST_DAYS = 92;

    /** Why a period cannot be asked for; the message is one sentence for the person who asked. */
    public static final class Problem extends Exception {
        private static final long serialVersionUID = 1L;

        Problem(String message) {
            super(message);
        }
    }

    /**
     * The period of a request.
     *
     * @param name {@code today}, {@code 7d}, {@code 30d} or {@code custom}
     * @param from first day of a custom one, {@code 2024-01-10}
     * @param to last day of a custom one
     * @param today the present day in {@code zone}
     */
    public static Period of(String name, @Nullable String from, @Nullable String to, LocalDate today, ZoneId zone)
            throws Problem {
        return switch (name) {
            case "today" -> new Period(today, today, zone);
            case "7d" -> new Period(today.minusDays(6), today, zone);
            case "30d" -> new Period(today.minusDays(29), today, zone);
            case "custom" -> custom(from, to, zone);
            default -> throw new Problem("The period is one of today, 7d, 30d and custom.");
        };
    }

    private static Period custom(@Nullable String from, @Nullable String to, ZoneId zone) throws Problem {
        if (from == null || to == null) {
            throw new Problem("A custom period needs from and to, such as from=2024-01-10&to=2024-01-16.");
        }
        LocalDate first;
        LocalDate last;
        try {
            first = LocalDate.parse(from);
            last = LocalDate.parse(to);
        } catch (DateTimeException e) {
            throw new Problem("A day of a custom period is written like 2024-01-10.");
        }
        if (last.isBefore(first)) {
            throw new Problem("The period ends before it begins; exchange the two days.");
        }
        if (ChronoUnit.DAYS.between(first, last) >= LONGEST_DAYS) {
            throw new Problem("The period is longer than " + LONGEST_DAYS + " days; take a shorter one.");
        }
        return new Period(first, last, zone);
    }

    /** Its first instant. */
    public Instant begin() {
        return from.atStartOfDay(zone).toInstant();
    }

    /** The instant behind its last. */
    public Instant end() {
        return to.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
