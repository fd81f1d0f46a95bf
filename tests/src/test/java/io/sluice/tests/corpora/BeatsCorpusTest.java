package io.sluice.tests.corpora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code parse} verb against what another program makes of the same Apache files. */
@Tag("corpora")
class BeatsCorpusTest {
    private static final Path FOLDER = Path.of(System.getProperty("sluice.corpora"), "weblog-beats");
    private static final List<String> COMPARED = List.of(
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

    private static JsonNode expected(String name) throws IOException {
        return new ObjectMapper()
                .readTree(Files.readAllBytes(FOLDER.resolve("apache_access__" + name + ".log-expected.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "darwin-2.4.23", "ubuntu-2.2.22"})
    void everyLineIsParsedAndEveryComparedFieldIsEqual(String name) throws IOException {
        JsonNode expected = expected(name);
        Offline run = Offline.run(
                new byte[0],
                "parse",
                FOLDER.resolve("apache_access__" + name + ".log").toString());
        assertEquals(0, run.exit(), run.err());
        List<JsonNode> parsed = run.objects();
        assertEquals(expected.size(), parsed.size());
        assertEquals(expected.size(), run.balance().path("released").asInt());
        for (int i = 0; i < parsed.size(); i++) {
            assertFalse(parsed.get(i).has("outcome"), "line " + (i + 1));
            assertEquals(
                    Instant.parse(expected.get(i).path("@timestamp").asText()),
                    Instant.parse(parsed.get(i).path("@timestamp").asText()),
                    "line " + (i + 1));
            for (String field : COMPARED) {
                assertEquals(
                        text(expected.get(i), field), text(parsed.get(i), field), "line " + (i + 1) + ": " + field);
            }
        }
    }

    /** A dash and nothing are the same. */
    private static String text(JsonNode object, String field) {
        String text = object.path(field).asText("");
        return text.equals("-") ? "" : text;
    }

    @Test
    void theFilesAreTheThreeWithTwentyTwoLines() throws IOException {
        int lines = 0;
        for (String name : List.of("test", "darwin-2.4.23", "ubuntu-2.2.22")) {
            lines += expected(name).size();
        }
        assertEquals(22, lines);
    }
}
