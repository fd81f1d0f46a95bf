package io.sluice.ingest.boundary;

import static java.util.Map.entry;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a level in the words that policies list: parsers leave it as the log has it, and every library has its own.
 * A word that is no level stays, and the policy does not let it out.
 */
final class LogLevels {
    private static final Map<String, String> WORDS = Map.ofEntries(
            entry("verbose", "trace"),
            entry("finest", "trace"),
            entry("finer", "debug"),
            entry("fine", "debug"),
            entry("debug1", "debug"),
            entry("debug2", "debug"),
            entry("debug3", "debug"),
            entry("debug4", "debug"),
            entry("debug5", "debug"),
            entry("config", "info"),
            entry("information", "info"),
            entry("informational", "info"),
            entry("log", "info"),
            entry("system", "info"),
            entry("note", "notice"),
            entry("err", "error"),
            entry("severe", "error"),
            entry("crit", "critical"),
            entry("emerg", "emergency"),
            entry("panic", "emergency"),
            entry("dpanic", "critical"));

    private LogLevels() {}

    static void settle(Event event) {
        String written = event.text(Fields.LOG_LEVEL);
        if (written != null) {
            String lower = written.toLowerCase(Locale.ROOT);
            event.set(Fields.LOG_LEVEL, WORDS.getOrDefault(lower, lower));
        }
    }
}
