package io.sluice.tests.corpora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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
        NaughtyStrings strings = NaughtyStrings.read(CORPORA);
        Offline run = Offline.run(strings.events(), verb, "-");
        holds(run);
        assertEquals(strings.eventCount(), run.balance().get("in").asInt());
    }

    @Test
    void naughtyStringsAsAccessLogs() throws IOException {
        NaughtyStrings strings = NaughtyStrings.read(CORPORA);
        Offline run = Offline.run(strings.accessLines(), "redact", "--format", "combined", "-");
        holds(run);
        assertEquals(strings.texts().size(), run.balance().get("in").asInt());
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
