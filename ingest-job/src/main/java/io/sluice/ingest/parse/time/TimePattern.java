package io.sluice.ingest.parse.time;

import java.util.ArrayList;
import java.util.List;

/**
 * How a time is written: a list of parts, compiled once from a pattern of {@code strftime} (Apache, syslog) or of Java
 * (log4j, logback). Immutable and thread-safe.
 */
public final class TimePattern {
    /** It does not stand there. */
    public static final int NO_TIME = -1;

    private final List<TimePart> parts;

    private TimePattern(List<TimePart> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * For a pattern of {@code strftime(3)}; {@code %f} is a fraction of the second of any length.
     *
     * @throws IllegalArgumentException naming the conversion that is not understood
     */
    public static TimePattern strftime(String pattern) {
        List<TimePart> parts = new ArrayList<>();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%' || i + 1 == pattern.length()) {
                parts.add(new TimePart.Literal(c));
                continue;
            }
            char conversion = pattern.charAt(++i);
            while ((conversion == '-' || conversion == '_' || conversion == 'E' || conversion == 'O')
                    && i + 1 < pattern.length()) {
                conversion = pattern.charAt(++i); // padding and alternative forms are read in any way
            }
            strftime(conversion, parts);
        }
        return new TimePattern(parts);
    }

    private static void strftime(char conversion, List<TimePart> into) {
        switch (conversion) {
            case 'D' -> composed("%m/%d/%y", into);
            case 'F' -> composed("%Y-%m-%d", into);
            case 'T' -> composed("%H:%M:%S", into);
            case 'R' -> composed("%H:%M", into);
            case 'r' -> composed("%I:%M:%S %p", into);
            case 'c' -> composed("%a %b %e %H:%M:%S %Y", into);
            case 'n' -> into.add(new TimePart.Literal('\n'));
            case 't' -> into.add(new TimePart.Literal('\t'));
            case '%' -> into.add(new TimePart.Literal('%'));
            default -> into.add(TimePart.Field.ofStrftime(conversion));
        }
    }

    private static void composed(String pattern, List<TimePart> into) {
        into.addAll(strftime(pattern).parts);
    }

    /**
     * For a pattern of {@code SimpleDateFormat} and {@code DateTimeFormatter}, or one of log4j's names ({@code ISO8601},
     * {@code ABSOLUTE}, {@code DATE}, {@code UNIX}, {@code UNIX_MILLIS}, …).
     *
     * @throws IllegalArgumentException naming the letter that is not understood
     */
    public static TimePattern java(String pattern) {
        String named =
                switch (pattern) {
                    case "", "DEFAULT" -> "yyyy-MM-dd HH:mm:ss,SSS";
                    case "ISO8601" -> "yyyy-MM-dd'T'HH:mm:ss,SSS";
                    case "ISO8601_BASIC" -> "yyyyMMdd'T'HHmmss,SSS";
                    case "ISO8601_OFFSET_DATE_TIME_HH",
                            "ISO8601_OFFSET_DATE_TIME_HHMM",
                            "ISO8601_OFFSET_DATE_TIME_HHCMM" -> "yyyy-MM-dd'T'HH:mm:ss,SSSXXX";
                    case "ABSOLUTE" -> "HH:mm:ss,SSS";
                    case "DATE" -> "dd MMM yyyy HH:mm:ss,SSS";
                    case "COMPACT" -> "yyyyMMddHHmmssSSS";
                    default -> pattern;
                };
        if (named.equals("UNIX") || named.equals("UNIX_MILLIS")) {
            return new TimePattern(List.of(TimePart.Field.EPOCH));
        }
        List<TimePart> parts = new ArrayList<>();
        boolean quoted = false;
        for (int i = 0; i < named.length(); i++) {
            char c = named.charAt(i);
            if (c == '\'') {
                if (i + 1 < named.length() && named.charAt(i + 1) == '\'') {
                    parts.add(new TimePart.Literal('\''));
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (quoted || !Character.isLetter(c)) {
                parts.add(c == ',' || c == '.' ? TimePart.Field.POINT : new TimePart.Literal(c));
            } else {
                int end = i;
                while (end + 1 < named.length() && named.charAt(end + 1) == c) {
                    end++;
                }
                parts.add(TimePart.Field.ofJava(c, end - i + 1));
                i = end;
            }
        }
        return new TimePattern(parts);
    }

    /**
     * Reads the time that begins at {@code at}.
     *
     * @return the index behind it, or {@link #NO_TIME}
     */
    public int read(byte[] a, int at, int to, TimeParts into) {
        int i = at;
        for (TimePart part : parts) {
            i = part.read(a, i, to, into);
            if (i < 0) {
                return NO_TIME;
            }
        }
        into.found();
        return i;
    }
}
