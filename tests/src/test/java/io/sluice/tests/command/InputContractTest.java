package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.tests.command.Sluice.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@code redact}, {@code parse} and {@code detect}: what they read, and how it is counted. */
class InputContractTest {
    private static final List<String> VERBS = List.of("redact", "parse", "detect");

    @TempDir
    Path folder;

    private Sluice sluice() {
        return new Sluice(folder);
    }

    private static String log(int i) {
        return "192.0.2." + i + " - - [10/Jan/2024:12:00:00 +0000] \"GET /p" + i + " HTTP/1.1\" 200 1" + i;
    }

    @ParameterizedTest
    @ValueSource(strings = {"redact", "parse", "detect"})
    void aLineEndsAtLfAndACrBeforeItBelongsToTheEnd(String verb) {
        Run run = sluice().input(log(1) + "\n" + log(2) + "\r\n" + log(3)).run(verb, "--origin", "-");
        assertEquals(0, run.code());
        assertEquals(3, run.objects().size());
        assertEquals(3, run.count("lines"));
        assertEquals(3, run.count("in"));
        assertEquals(3, run.objects().get(2).path("origin").path("line").asInt());
    }

    @Test
    void noOtherCharacterEndsALine() {
        String text = "a\rb\u000bc\fd\u0085e\u2028f\u2029g\u001ch";
        Run run = sluice().input(text + "\nz\n").run("parse", "--format", "text", "-");
        assertEquals(List.of(text, "z"), messages(run));
    }

    @Test
    void aCrWithoutLfIsPartOfTheLine() {
        Run run = sluice().input("a\r\nb\r").run("parse", "--format", "text", "-");
        assertEquals(List.of("a", "b\r"), messages(run));
    }

    private static List<String> messages(Run run) {
        return run.objects().stream().map(o -> o.path("message").asText()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"redact", "parse", "detect"})
    void anEmptyLineIsBlankAndNoRecord(String verb) {
        Run run = sluice().input("\n" + log(1) + "\n\r\n\n" + log(2) + "\n").run(verb, "--origin", "-");
        assertEquals(2, run.objects().size());
        assertEquals(5, run.count("lines"));
        assertEquals(3, run.count("blank"));
        assertEquals(2, run.count("in"));
        assertEquals(5, run.objects().get(1).path("origin").path("line").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"redact", "parse", "detect"})
    void nothingInNothingOut(String verb) throws IOException {
        Run run = sluice().file("empty", "").run(verb, "empty");
        assertEquals(0, run.code());
        assertEquals("", run.out());
        assertEquals(0, run.count("lines"));
        assertEquals(0, run.count("in"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"log.gz", "packed"})
    void gzipIsUnpackedByNameAndByContent(String name) throws IOException {
        byte[] packed = gzip(log(1) + "\n");
        byte[] twoMembers = Arrays.copyOf(packed, packed.length * 2);
        System.arraycopy(packed, 0, twoMembers, packed.length, packed.length);
        for (String verb : VERBS) {
            Run run = sluice().file(name, twoMembers).run(verb, name);
            assertEquals(0, run.code());
            assertEquals(2, run.count("in"));
        }
    }

    @Test
    void damagedGzipIsUnreadableAfterTheLinesBeforeIt() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            lines.append("line ").append(i * 2654435761L).append('\n');
        }
        byte[] packed = gzip(lines.toString());
        Run run = sluice().file("cut.gz", Arrays.copyOf(packed, packed.length / 2))
                .run("parse", "--format", "text", "cut.gz");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("cut.gz: its gzip data is damaged or ends too early"), run.err());
        assertTrue(run.count("in") > 1000 && run.count("in") < 20_000);
        assertEquals(run.count("in"), run.objects().size());
        assertTrue(lines.toString().startsWith(String.join("\n", messages(run))));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"redact", "parse", "detect"})
    void filesAreReadInTheirOrderAndLinesCountWithinEach(String verb) throws IOException {
        Run run = sluice().file("a", log(1) + "\n" + log(2) + "\n")
                .file("b", log(3))
                .input(log(4))
                .run(verb, "--origin", "a", "-", "b");
        assertEquals(
                List.of("a:1", "a:2", "-:1", "b:1"),
                run.objects().stream()
                        .map(o -> o.path("origin").path("file").asText() + ":"
                                + o.path("origin").path("line").asInt())
                        .toList());
        assertEquals(4, run.count("lines"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redact", "parse", "detect"})
    void underFileEachFileIsOneRecordAndOneLine(String verb) throws IOException {
        Run run = sluice().file("a", "x\n\ny\n")
                .file("empty", "")
                .input("one\ntwo\n")
                .run(verb, "--framing", "file", "--origin", "a", "empty", "-");
        assertEquals(2, run.objects().size());
        assertEquals(3, run.count("lines"));
        assertEquals(1, run.count("blank"));
        assertEquals(2, run.count("in"));
        for (JsonNode object : run.objects()) {
            assertEquals(1, object.path("origin").path("line").asInt());
            assertEquals(1, object.path("origin").path("lines").asInt());
        }
    }

    @Test
    void underFileLineEndsBelongToTheRecord() {
        Run run = sluice().input("one\r\n\ntwo\n").run("parse", "--framing", "file", "--format", "text", "-");
        assertEquals(List.of("one\r\n\ntwo\n"), messages(run));
    }

    @Test
    void underJsonlTheStringAtThePointerIsTheRecord() {
        String input = "{\"message\":\"a\\nb\",\"x\":1}\n{\"message\":7}\nno json\n\n{\"other\":\"c\"}\n";
        Run parsed = sluice().input(input).run("parse", "--framing", "jsonl:/message", "--format", "text", "-");
        assertEquals(4, parsed.objects().size());
        assertEquals("a\nb", parsed.objects().get(0).path("message").asText());
        for (JsonNode bad : parsed.objects().subList(1, 4)) {
            assertEquals("quarantined", bad.path("outcome").asText());
            assertEquals("no-text-at-pointer", bad.path("reason").asText());
        }
        assertEquals(3, parsed.count("quarantined"));
        assertEquals(1, parsed.count("blank"));

        Run detected = sluice().input(input).run("detect", "--framing", "jsonl:/message", "-");
        assertEquals(
                List.of(
                        "{\"line\":1,\"findings\":[]}",
                        "{\"line\":2,\"findings\":[]}",
                        "{\"line\":3,\"findings\":[]}",
                        "{\"line\":5,\"findings\":[]}"),
                detected.out().lines().toList());
    }

    @Test
    void parseAndRedactJoinContinuationLinesAndDetectDoesNot() {
        String input = "ERROR it failed\n\tat a.B.c(B.java:1)\nCaused by: x\n\t... 3 more\nnext\n\n\tat after.blank\n";
        for (String verb : List.of("parse", "redact")) {
            Run run = sluice().input(input).run(verb, "--origin", "-");
            assertEquals(
                    List.of("1+4", "5+1", "7+1"),
                    run.objects().stream()
                            .map(o -> o.path("origin").path("line").asInt() + "+"
                                    + o.path("origin").path("lines").asInt())
                            .toList());
            assertEquals(7, run.count("lines"));
            assertEquals(1, run.count("blank"));
            assertEquals(3, run.count("in"));
        }
        assertEquals(6, sluice().input(input).run("detect", "-").count("in"));
    }

    @Test
    void aBatchGivesOneObjectPerEvent() {
        String event = "{\"type\":\"view\",\"timestamp\":\"2024-01-10T12:00:00Z\"}";
        String input = log(1) + "\n[" + event + "," + event + ",{}]\n";
        for (String verb : List.of("parse", "redact")) {
            Run run = sluice().input(input).run(verb, "--origin", "-");
            assertEquals(
                    List.of("1.1", "2.1", "2.2", "2.3"),
                    run.objects().stream()
                            .map(o -> o.path("origin").path("line").asInt() + "."
                                    + o.path("origin").path("event").asInt())
                            .toList());
            assertEquals(2, run.count("lines"));
            assertEquals(4, run.count("in"));
            assertEquals(1, run.count("quarantined"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // bytes in hex, what they read as; one U+FFFD per maximal bad part (Unicode 15, section 3.9, table 3-8 ff.)
        "61c062, a\ufffdb",
        "61e28262, a\ufffdb",
        "61f09f9862, a\ufffdb",
        "61eda08062, a\ufffd\ufffd\ufffdb",
        "61c0af62, a\ufffd\ufffdb",
        "61f5808062, a\ufffd\ufffd\ufffdb",
        "61f0808062, a\ufffd\ufffd\ufffdb",
        "61e2, a\ufffd",
        "61ff62, a\ufffdb"
    })
    void invalidUtf8IsOneReplacementPerMaximalBadPart(String hex, String expected) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        assertEquals(List.of(expected), messages(sluice().input(bytes).run("parse", "--format", "text", "-")));

        byte[] mail = " jane@example.com".getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(bytes, bytes.length + mail.length);
        System.arraycopy(mail, 0, both, bytes.length, mail.length);
        JsonNode finding = sluice().input(both)
                .run("detect", "-")
                .objects()
                .get(0)
                .path("findings")
                .get(0);
        assertEquals(expected.length() + 1, finding.path("start").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"redact", "parse", "detect"})
    void aRecordAboveOneMebibyteIsQuarantinedAndTheNextOneIsNot(String verb) {
        String input = "x".repeat((1 << 20) + 1) + "\n" + log(1) + "\n";
        Run run = sluice().input(input).run(verb, "-");
        assertEquals("too-large", run.objects().get(0).path("reason").asText());
        assertEquals(1, run.count("quarantined"));
        assertEquals(1, run.count("released"));
        assertFalse(run.objects().get(1).has("outcome"));
    }
}
