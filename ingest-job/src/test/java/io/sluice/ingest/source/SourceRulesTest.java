package io.sluice.ingest.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.SourceOptions;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class SourceRulesTest {
    private static final String TOPIC = "raw.access-logs";

    private final SourceRules rules = new SourceRules(
            Map.of(TOPIC, Map.of(SourceOption.FORMAT, "combined", SourceOption.DATASET, "marketing-site")));

    @Test
    void takesFromHeadersWhatTheConfigurationDoesNotPin() {
        SourceOptions options = rules.of(
                TOPIC, headers("sluice-format", "text", "sluice-framing", "jsonl:/message", "traceparent", "x"));
        assertEquals(LogFormat.COMBINED, options.format());
        assertEquals("marketing-site", options.dataset());
        assertEquals(new Framing.JsonLines("/message"), options.framing());
        assertEquals(
                LogFormat.TEXT,
                rules.of("raw.app-logs", headers("sluice-format", "text")).format());
    }

    @Test
    void leavesARecordWhoseHeadersAreNotUnderstoodToQuarantine() {
        for (Headers headers : new Headers[] {
            headers("sluice-format", "no such"),
            headers("sluice-zone", "Mars/Olympus"),
            headers("sluice-trusted-proxies", "300.1.1.1/8"),
            headers("sluice-colour", "red"),
            headers("sluice-dataset", "A B")
        }) {
            assertEquals(
                    SourceRules.UNKNOWN_DATASET,
                    rules.of("raw.app-logs", headers).dataset());
        }
    }

    @Test
    void refusesAConfigurationItDoesNotUnderstandWithoutRepeatingIt() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new SourceRules(Map.of(TOPIC, Map.of(SourceOption.FORMAT, "combiend"))));
        assertTrue(refusal.getMessage().startsWith("format is one of auto, combined, common, "), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("combiend"), refusal.getMessage());
    }

    @Test
    void travelsToItsTask() throws Exception {
        SourceRules there = InstantiationUtil.clone(rules);
        assertEquals(LogFormat.COMBINED, there.of(TOPIC, new RecordHeaders()).format());
    }

    private static Headers headers(String... namesAndValues) {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }
}
