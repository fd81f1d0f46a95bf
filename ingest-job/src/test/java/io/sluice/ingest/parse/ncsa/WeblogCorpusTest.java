package io.sluice.ingest.parse.ncsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.CorpusFiles;
import io.sluice.ingest.parse.Parsed;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("corpora")
class WeblogCorpusTest {
    private static final List<String> COMPARED = List.of(
            "@timestamp",
            "source.address",
            "source.ip",
            "user.name",
            "http.request.method",
            "url.original",
            "http.version",
            "http.response.status_code",
            "http.response.body.bytes",
            "http.request.referrer",
            "user_agent.original");

    @Test
    void everyComparedFieldOfBeatsIsEqual() throws IOException {
        int lines = 0;
        for (String name : List.of("test", "darwin-2.4.23", "ubuntu-2.2.22")) {
            byte[] log = CorpusFiles.bytes("weblog-beats/apache_access__" + name + ".log");
            JsonNode expected = new ObjectMapper()
                    .readTree(CorpusFiles.bytes("weblog-beats/apache_access__" + name + ".log-expected.json"));
            List<Bytes> records = CorpusFiles.records(log, SourceOptions.DEFAULT);
            assertEquals(expected.size(), records.size(), name);
            for (int i = 0; i < records.size(); i++, lines++) {
                Parsed parsed = Parsed.of(SourceOptions.DEFAULT, records.get(i));
                assertEquals(List.of("event"), parsed.calls, name + " line " + i);
                compare(name + " line " + i, expected.get(i), parsed.events.get(0));
            }
        }
        assertEquals(22, lines);
    }

    private static void compare(String where, JsonNode expected, Event event) {
        for (String field : COMPARED) {
            String wanted = expected.path(field).asText("");
            Value value = event.get(FieldPath.of(field));
            String got = value == null ? "" : Parsed.text(value);
            assertEquals(wanted.equals("-") ? "" : wanted.replace(".000Z", "Z"), got, where + ": " + field);
        }
    }

    @Test
    void tenThousandLinesGiveOneTruncatedAndTheSameHistogramsAsARegex() {
        byte[] log = CorpusFiles.bytes("weblog-elastic-examples/apache_logs.log");
        Map<String, Integer> outcomes = new TreeMap<>();
        Map<String, Integer> parsedCounts = new TreeMap<>();
        for (Bytes record : CorpusFiles.records(log, SourceOptions.DEFAULT)) {
            Parsed parsed = Parsed.of(SourceOptions.DEFAULT, record);
            parsed.calls.forEach(call -> outcomes.merge(call, 1, Integer::sum));
            parsed.events.forEach(event -> count(event, parsedCounts));
        }
        assertEquals(Map.of("event", 9_999, "truncated", 1), outcomes);
        assertEquals(countedWithoutUs(log), parsedCounts);
        assertEquals(9_999, parsedCounts.get("bytes"));
    }

    private static void count(Event event, Map<String, Integer> counts) {
        counts.merge("status " + number(event, Fields.HTTP_STATUS), 1, Integer::sum);
        counts.merge("method " + event.text(Fields.HTTP_METHOD), 1, Integer::sum);
        counts.merge("bytes " + number(event, Fields.HTTP_BYTES), 1, Integer::sum);
        counts.merge("bytes", 1, Integer::sum);
        assertTrue(event.has(Fields.SOURCE_IP));
    }

    private static String number(Event event, FieldPath path) {
        return event.get(path) instanceof Value.Whole whole ? Long.toString(whole.number()) : "-";
    }

    /** A pattern of its own; the one line that it does not match is the truncated one. */
    private static Map<String, Integer> countedWithoutUs(byte[] log) {
        Pattern line = Pattern.compile("^\\S+ \\S+ \\S+ \\[[^]]+] \"(\\S+) .*\" (\\d{3}) (\\d+|-) \"[^\"]*\" \".*\"$");
        Map<String, Integer> counts = new TreeMap<>();
        new String(log, StandardCharsets.UTF_8).lines().forEach(text -> {
            Matcher matcher = line.matcher(text);
            if (matcher.matches()) {
                counts.merge("method " + matcher.group(1), 1, Integer::sum);
                counts.merge("status " + matcher.group(2), 1, Integer::sum);
                counts.merge("bytes " + matcher.group(3), 1, Integer::sum);
                counts.merge("bytes", 1, Integer::sum);
            }
        });
        return counts;
    }
}
