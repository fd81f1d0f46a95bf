package io.sluice.tests.parsing;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.elasticsearch.grok.Grok;
import org.elasticsearch.grok.GrokBuiltinPatterns;
import org.elasticsearch.grok.MatcherWatchdog;
import org.jspecify.annotations.Nullable;

/**
 * The grok of Elasticsearch with its own pattern for combined lines, as its ingest processor calls it. In its favour it
 * watches no clock, and leaves the time as text: an ingest pipeline has a second processor for that.
 */
final class GrokParse {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

    private final Grok grok = new Grok(
            GrokBuiltinPatterns.legacyPatterns(), "%{COMBINEDAPACHELOG}", MatcherWatchdog.noop(), warning -> {});

    Map<String, Object> parse(String line) {
        return Objects.requireNonNull(grok.captures(line), "grok took no generated line");
    }

    static LineValues values(Map<String, Object> captures) {
        String time = (String) captures.get("timestamp");
        return new LineValues(
                LineValues.orNone(captures.get("clientip")),
                LineValues.orNone(captures.get("auth")),
                Long.toString(OffsetDateTime.parse(time, TIME).toInstant().toEpochMilli()),
                LineValues.orNone(captures.get("verb")),
                LineValues.orNone(captures.get("request")),
                LineValues.orNone(captures.get("httpversion")),
                LineValues.orNone(captures.get("response")),
                LineValues.orNone(captures.get("bytes")),
                unquoted(captures.get("referrer")),
                unquoted(captures.get("agent")));
    }

    /** Its pattern takes the quotes too. */
    private static @Nullable String unquoted(@Nullable Object quoted) {
        if (quoted == null) {
            return null;
        }
        String text = quoted.toString();
        return LineValues.orNone(text.startsWith("\"") ? text.substring(1, text.length() - 1) : text);
    }
}
