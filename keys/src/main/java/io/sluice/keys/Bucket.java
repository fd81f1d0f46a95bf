package io.sluice.keys;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;

/**
 * A vault bucket: one hour of receive time, UTC; what was quarantined has buckets of its own.
 *
 * @param day its day
 * @param hour 0 to 23
 * @param quarantine whether it is for quarantined records
 */
public record Bucket(LocalDate day, int hour, boolean quarantine) implements Comparable<Bucket> {
    private static final String QUARANTINE = "-quarantine";

    public Bucket {
        if (hour < 0 || hour > 23) {
            throw new IllegalArgumentException("a day has hours 0 to 23, not " + hour);
        }
    }

    /** The bucket of what was received at that moment. */
    public static Bucket of(Instant receivedAt, boolean quarantine) {
        ZonedDateTime time = receivedAt.atZone(ZoneOffset.UTC);
        return new Bucket(time.toLocalDate(), time.getHour(), quarantine);
    }

    /**
     * The bucket of that name.
     *
     * @throws IllegalArgumentException if it is not the name of one
     */
    public static Bucket parse(String name) {
        boolean quarantine = name.endsWith(QUARANTINE);
        String time = quarantine ? name.substring(0, name.length() - QUARANTINE.length()) : name;
        try {
            if (time.length() == 13 && time.charAt(10) == 'T') {
                return new Bucket(
                        LocalDate.parse(time.substring(0, 10)), Integer.parseInt(time.substring(11)), quarantine);
            }
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new IllegalArgumentException("not the name of a vault bucket: " + name, e);
        }
        throw new IllegalArgumentException("not the name of a vault bucket: " + name);
    }

    /** Its name, such as {@code 2024-01-10T12} or {@code 2024-01-10T12-quarantine}. */
    public String name() {
        return day + (hour < 10 ? "T0" : "T") + hour + (quarantine ? QUARANTINE : "");
    }

    /** Its first moment. */
    public Instant start() {
        return day.atTime(hour, 0).toInstant(ZoneOffset.UTC);
    }

    /** The first moment behind it. */
    public Instant end() {
        return start().plusSeconds(3600);
    }

    /** In order of name, which is order of time. */
    @Override
    public int compareTo(Bucket other) {
        return name().compareTo(other.name());
    }

    @Override
    public String toString() {
        return name();
    }
}
