package io.sluice.ingest.parse.application;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words and numbers for how grave a log event is. */
public final class Levels {
    /** Words of syslog (RFC 5424 section 6.2.1), by their number. */
    private static final String[] SYSLOG = {
        "emergency", "alert", "critical", "error", "warning", "notice", "info", "debug"
    };

    private static final Map<Character, String> LETTERS = Map.of(
            'V',
            "trace",
            'T',
            "trace",
            'D',
            "debug",
            'I',
            "info",
            'N',
            "notice",
            'W',
            "warning",
            'E',
            "error",
            'F',
            "fatal",
            'C',
            "critical");

    private static final Set<String> WORDS = Set.of(
            "trace",
            "verbose",
            "finest",
            "finer",
            "fine",
            "debug",
            "config",
            "info",
            "information",
            "informational",
            "notice",
            "note",
            "warn",
            "warning",
            "error",
            "err",
            "severe",
            "critical",
            "crit",
            "fatal",
            "alert",
            "emerg",
            "emergency",
            "panic",
            "dpanic",
            "log",
            "system",
            "statement",
            "detail",
            "hint",
            "context",
            "location",
            "query",
            "debug1",
            "debug2",
            "debug3",
            "debug4",
            "debug5");

    private Levels() {}

    /** Whether a word is the name of a level, in any case. */
    public static boolean isLevel(String word) {
        return WORDS.contains(word.toLowerCase(Locale.ROOT));
    }

    /** The word for a single letter, as glog writes it; null for none. */
    public static @Nullable String ofLetter(char letter) {
        return LETTERS.get(letter);
    }

    /** The word for a severity of syslog, 0 to 7; null for any other number. */
    public static @Nullable String ofSyslog(long severity) {
        return severity < 0 || severity > 7 ? null : SYSLOG[(int) severity];
    }

    /** The word for a number of bunyan and pino: tens from 10, trace, to 60, fatal; null below. */
    public static @Nullable String ofBunyan(long level) {
        if (level < 10 || level > 100) {
            return null;
        }
        return level >= 60
                ? "fatal"
                : level >= 50 ? "error" : level >= 40 ? "warn" : level >= 30 ? "info" : level >= 20 ? "debug" : "trace";
    }

    /** The word for a severity number of OpenTelemetry, 1 to 24 (logs data model, "Field: SeverityNumber"). */
    public static @Nullable String ofOpenTelemetry(long number) {
        if (number < 1 || number > 24) {
            return null;
        }
        return new String[] {"trace", "debug", "info", "warn", "error", "fatal"}[(int) (number - 1) / 4];
    }
}
