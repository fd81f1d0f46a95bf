package io.sluice.keys;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The time for which one token key serves: a calendar quarter, UTC.
 *
 * @param year calendar year
 * @param quarter 1 to 4
 */
record Epoch(int year, int quarter) {
    Epoch {
        if (quarter < 1 || quarter > 4) {
            throw new IllegalArgumentException("a year has quarters 1 to 4, not " + quarter);
        }
    }

    /** The epoch in which this moment lies. */
    static Epoch of(Instant moment) {
        LocalDate day = LocalDate.ofInstant(moment, ZoneOffset.UTC);
        return new Epoch(day.getYear(), (day.getMonthValue() + 2) / 3);
    }

    /** The epoch of a {@link #label}. */
    static Epoch parse(String label) {
        int q = label.lastIndexOf('q');
        return new Epoch(Integer.parseInt(label.substring(0, q)), Integer.parseInt(label.substring(q + 1)));
    }

    /** As it stands in tokens, such as {@code 2024q1}. */
    String label() {
        return year + "q" + quarter;
    }

    /** Its first moment. */
    Instant start() {
        return LocalDate.of(year, 3 * quarter - 2, 1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    /** The first moment behind it. */
    Instant end() {
        return next().start();
    }

    Epoch next() {
        return quarter == 4 ? new Epoch(year + 1, 1) : new Epoch(year, quarter + 1);
    }
}
