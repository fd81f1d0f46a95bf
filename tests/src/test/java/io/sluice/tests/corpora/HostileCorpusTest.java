package io.sluice.tests.corpora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in: one object for each record, the balance adds up, and nothing of it is in a log line. */
@Tag("corpora")
class HostileCorpusTest {
    private static final Path CORPORA = Path.of(System.getProperty("sluice.corpora"));
    private static final ObjectMapper JSON = new ObjectMapper();

    private static void holds(Offline run) throws IOException {
        assertEquals(0, run.exit(), "exit");
        JsonNode balance = run.balance();
        assertEquals(run.objects().size(), balance.get("in").asInt());
        assertEquals(
                balance.get("in").asInt(),
                balance.get("released").asInt()
                        + balance.path("suppressed").asInt()
                        + balance.path("quarantined").asInt());
        assertTrue(run.err().chars().allMatch(c -> c == '\n' || c >= ' '), "a control character on standard error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redact", "parse"})
    void naughtyStringsInEveryField(String verb) throws IOException {
        JsonNode strings =
                JSON.readTree(CORPORA.resolve("hostile-blns/blns.json").toFile());
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        int events = 0;
        for (JsonNode string : strings) {
            String text = JSON.writeValueAsString(string);
            for (String event : List.of(
                    "{\"type\":%s}",
                    "{\"type\":\"click\",\"page\":{\"url\":%s,\"title\":%s,\"referrer\":%s}}",
                    "{\"type\":\"click\",\"user\":{\"id\":%s,\"email\":%s},\"context\":{\"ip\":%s,\"user_agent\":%s}}",
                    "{\"type\":\"click\",\"props\":{%s:1,\"plan\":%s},\"headers\":{\"cookie\":[%s]},\"timestamp\":%s}")) {
                input.write((event.replace("%s", text) + "\n").getBytes(StandardCharsets.UTF_8));
                events++;
            }
        }
        Offline run = Offline.run(input.toByteArray(), verb, "-");
        holds(run);
        assertEquals(events, run.balance().get("in").asInt());
    }

    @Test
    void naughtyStringsAsAccessLogs() throws IOException {
        JsonNode strings =
                JSON.readTree(CORPORA.resolve("hostile-blns/blns.json").toFile());
        StringBuilder input = new StringBuilder();
        int lines = 0;
        for (JsonNode string : strings) {
            String text = string.asText().replaceAll("[\\r\\n]", " ");
            input.append("192.0.2.1 - - [10/Jan/2024:12:00:00 +0000] \"GET /")
                    .append(text)
                    .append(" HTTP/1.1\" 200 1 \"")
                    .append(text)
                    .append("\" \"")
                    .append(text)
                    .append("\"\n");
            lines++;
        }
        Offline run =
                Offline.run(input.toString().getBytes(StandardCharsets.UTF_8), "redact", "--format", "combined", "-");
        holds(run);
        assertEquals(lines, run.balance().get("in").asInt());
        assertFalse(run.out().contains("192.0.2.1"));
    }

    @Test
    void jsonThatMustBeRefusedIs() throws IOException {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        try (Stream<Path> files = Files.list(CORPORA.resolve("json-testsuite/test_parsing"))) {
            for (Path file : files.sorted().toList()) {
                Offline run =
                        Offline.run(new byte[0], "parse", "--framing", "file", "--format", "usage", file.toString());
                holds(run);
                seen++;
                boolean invalid = run.out().contains("invalid-json")
                        || run.out().contains("too-deep")
                        || run.out().contains("too-large");
                String name = file.getFileName().toString();
                if (name.startsWith("n_") && run.balance().get("released").asInt() > 0
                        || name.startsWith("y_") && invalid) {
                    wrong.add(name);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(seen > 300, "only " + seen + " files");
    }

    @Test
    void badUtf8AndAttacksAreRecordsLikeOthers() throws IOException {
        List<Path> files = new ArrayList<>(
                List.of(CORPORA.resolve("utf8-tests/utf8tests.bin"), CORPORA.resolve("utf8-tests/utf8tests.txt")));
        try (Stream<Path> attacks = Files.list(CORPORA.resolve("attacklog-crowdsec"))) {
            attacks.filter(file -> file.toString().endsWith(".log")).forEach(files::add);
        }
        for (Path file : files) {
            for (String verb : List.of("redact", "parse")) {
                holds(Offline.run(new byte[0], verb, file.toString()));
            }
            holdsDetect(Offline.run(new byte[0], "detect", file.toString()));
        }
        assertTrue(files.size() > 50);
    }

    private static void holdsDetect(Offline run) throws IOException {
        assertEquals(0, run.exit());
        assertEquals(run.objects().size(), run.balance().get("in").asInt());
    }
}
