package io.sluice.ingest.parse;

/**
 * Reads times written as a number since 1970: seconds below 10<sup>11</sup> (the year 5138), milliseconds from there on.
 */
public final class EpochTime {
    private static final double FIRST_MILLISECONDS = 1e11;
    /** The end of the year 9999, in milliseconds. */
    private static final double LAST = 253_402_300_799_999d;

    private EpochTime() {}

    /** Milliseconds since 1970, or {@link CivilTime#INVALID} if it is negative or beyond the year 9999. */
    public static long epochMilli(double number) {
        if (!(number >= 0 && number <= LAST)) {
            return CivilTime.INVALID;
        }
        return number < FIRST_MILLISECONDS ? Math.round(number * 1000) : (long) number;
    }

    /** Milliseconds since 1970, or {@link CivilTime#INVALID} if they are negative or beyond the year 9999. */
    public static long checked(long epochMilli) {
        return epochMilli >= 0 && epochMilli <= LAST ? epochMilli : CivilTime.INVALID;
    }
}
