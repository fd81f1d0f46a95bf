package io.sluice.ingest.parse.auto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.CorpusFiles;
import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.Parsed;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.redaction.event.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("corpora")
class HostileCorpusTest {
    private static final SourceOptions FILES = SourceOptions.DEFAULT.withFraming(Framing.WHOLE);

    /** Words, which nothing in their bytes tells from a line of text, and an empty file, which is blank. */
    private static final List<String> TOLD_FROM_TEXT_BY_NOTHING = List.of(
            "n_string_single_string_no_double_quotes.json",
            "n_structure_ascii-unicode-identifier.json",
            "n_structure_unicode-identifier.json");

    @Test
    void validJsonIsTakenAndInvalidJsonIsNot() throws IOException {
        List<String> wrong = new ArrayList<>();
        int records = 0;
        for (Path file : CorpusFiles.files("json-testsuite/test_parsing", ".json")) {
            String name = file.getFileName().toString();
            for (Bytes record : CorpusFiles.records(Files.readAllBytes(file), FILES)) {
                records++;
                Parsed parsed = Parsed.of(FILES, record);
                assertEquals(1, parsed.calls.size(), name);
                boolean taken = parsed.calls.get(0).equals("event");
                if ((name.startsWith("y_") && !taken) || (name.startsWith("n_") && taken)) {
                    wrong.add(name);
                }
            }
        }
        assertEquals(316, records, "all but the empty file");
        assertEquals(TOLD_FROM_TEXT_BY_NOTHING, wrong);
    }

    @Test
    void badUtf8IsReplacedByTheRecommendedPractice() throws IOException {
        int cases = 0;
        for (String line : Files.readAllLines(CorpusFiles.path("utf8-tests/utf8tests.txt"))) {
            String[] parts = line.split(":", -1);
            boolean valid = parts.length > 2 && parts[1].equals("valid hex");
            boolean invalid = parts.length > 4 && parts[1].equals("invalid hex");
            if (line.startsWith("#") || !(valid || invalid)) {
                continue;
            }
            byte[] bytes = bytes(parts[2]);
            String expected = new String(bytes(parts[valid ? 2 : 4]), StandardCharsets.UTF_8);
            if (bytes.length == 0) {
                continue;
            }
            Parsed text = Parsed.of(Parsed.as(LogFormat.TEXT), Bytes.of(bytes));
            assertEquals(expected, text.events.get(0).text(Fields.MESSAGE), line);
            cases++;
        }
        assertTrue(cases > 150, "only " + cases);
    }

    private static byte[] bytes(String hex) {
        return hex.equals("nothing") ? new byte[0] : HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    void everyNaughtyStringStaysInItsField() throws IOException {
        JsonNode strings = new ObjectMapper().readTree(CorpusFiles.bytes("hostile-blns/blns.json"));
        assertEquals(515, strings.size());
        for (JsonNode node : strings) {
            String text = node.asText();
            if (text.isEmpty() || text.equals("-")) {
                continue;
            }
            String json = new ObjectMapper()
                    .createObjectNode()
                    .put("type", text)
                    .put("id", "1")
                    .toString();
            Parsed usage = Parsed.of(SourceOptions.DEFAULT, json);
            assertEquals(List.of("event"), usage.calls);
            assertEquals(text, usage.events.get(0).text(Fields.EVENT_ACTION));
            String escaped = text.replace("\\", "\\\\")
                    .replace("\"", "\\\"")
                    .replace("\n", "\\n")
                    .replace("\r", "\\r");
            Parsed line = Parsed.of(
                    SourceOptions.DEFAULT,
                    "192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 5 \"-\" \"" + escaped + "\"");
            assertEquals(text, line.events.get(0).text(Fields.USER_AGENT));
            for (LogFormat format : LogFormat.values()) {
                assertFalse(Parsed.of(Parsed.as(format), text).calls.isEmpty());
            }
        }
    }

    @Test
    void everyLineOfAttacksIsAccountedFor() throws IOException {
        int lines = 0;
        Map<String, Integer> seen = new TreeMap<>();
        for (Path file : CorpusFiles.files("attacklog-crowdsec", ".log")) {
            byte[] bytes = Files.readAllBytes(file);
            lines += (int) Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split("\n", -1))
                    .filter(line -> !line.replace("\r", "").isEmpty())
                    .count();
            for (Bytes record : CorpusFiles.records(bytes, Parsed.as(LogFormat.COMMON))) {
                Parsed parsed = Parsed.of(SourceOptions.DEFAULT, record);
                assertEquals(1, parsed.calls.size());
                seen.merge(kind(parsed), 1, Integer::sum);
            }
        }
        assertEquals(lines, seen.values().stream().mapToInt(Integer::intValue).sum());
        assertTrue(seen.getOrDefault("access-log", 0) > 700, seen.toString());
    }

    private static String kind(Parsed parsed) {
        return parsed.events.isEmpty()
                ? parsed.calls.get(0)
                : String.valueOf(parsed.events.get(0).text(Fields.EVENT_PROVIDER));
    }
}
