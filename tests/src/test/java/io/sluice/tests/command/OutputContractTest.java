package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.Reason;
import io.sluice.redaction.detect.DataCategory;
import io.sluice.schema.UsageEvent;
import io.sluice.schema.UsageUser;
import io.sluice.tests.command.Sluice.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@code redact}, {@code parse} and {@code detect}: what they print. */
class OutputContractTest {
    private static final String LINE =
            "192.0.2.7 - jane [10/Jan/2024:07:00:00 -0500] \"GET /login?email=jane%40example.com"
                    + " HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0\"";
    private static final String OPTED_OUT =
            "{\"type\":\"view\",\"timestamp\":\"2024-01-10T12:00:00Z\",\"user\":{\"id\":\"u-1\"},"
                    + "\"consent\":{\"opt_out\":true}}";
    private static final String EVENT =
            "{\"type\":\"view\",\"timestamp\":\"2024-01-10T12:00:00Z\",\"user\":{\"id\":\"u-2\","
                    + "\"email\":\"Jane@example.com\"},\"anonymous_id\":\"c-9\"}";

    @TempDir
    Path folder;

    private Sluice sluice() {
        return new Sluice(folder);
    }

    @Test
    void parsePrintsFlatDottedNamesNumbersAndTimes() {
        JsonNode event = sluice().input(LINE).run("parse", "-").objects().get(0);
        assertEquals("192.0.2.7", event.path("source.ip").asText());
        assertEquals("jane", event.path("user.name").asText());
        assertEquals("2024-01-10T12:00:00.000Z", event.path("@timestamp").asText());
        assertTrue(event.path("http.response.status_code").isNumber());
        assertEquals(512, event.path("http.response.body.bytes").asInt());
        assertFalse(event.has("http.request.referrer"), "- is absent");
        assertFalse(event.has("outcome"));
        event.fieldNames().forEachRemaining(name -> assertFalse(event.path(name).isObject(), name));
    }

    @Test
    void redactPrintsWhatThePolicyListsAndNoIdentity() {
        JsonNode event = sluice().input(LINE)
                .run("redact", "--received-at", "2024-01-10T12:00:05.250Z", "-")
                .objects()
                .get(0);
        assertEquals("2024-01-10T12:00:00.000Z", event.path("@timestamp").asText());
        assertEquals("2024-01-10T12:00:05.250Z", event.path("event.ingested").asText());
        assertFalse(event.has("event.id"), "absent offline");
        assertEquals("application", event.path("dataset").asText());
        assertEquals(200, event.path("http.response.status_code").asInt());
        assertEquals("Firefox", event.path("user_agent.name").asText());
        for (String secret : List.of("192.0.2.7", "jane", "example.com")) {
            assertFalse(event.toString().contains(secret), secret);
        }
    }

    @Test
    void everyRecordGivesExactlyOneObjectInInputOrder() {
        String truncated = LINE.substring(0, 60);
        Run run = sluice().input(LINE + "\n" + OPTED_OUT + "\n" + truncated + "\n" + EVENT + "\n")
                .run("redact", "--origin", "-");
        List<JsonNode> objects = run.objects();
        assertEquals(4, objects.size());
        assertFalse(objects.get(0).has("outcome"));
        assertEquals("suppressed", objects.get(1).path("outcome").asText());
        assertEquals(Set.of("outcome", "origin"), names(objects.get(1)));
        assertEquals("quarantined", objects.get(2).path("outcome").asText());
        assertEquals(Set.of("outcome", "reason", "origin"), names(objects.get(2)));
        assertFalse(objects.get(3).has("outcome"));
        assertEquals(
                "{\"lines\":4,\"blank\":0,\"header\":0,\"in\":4,\"released\":2,\"suppressed\":1,\"quarantined\":1}",
                run.balance().toString());
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(java.util.Map.Entry::getKey).collect(Collectors.toSet());
    }

    @Test
    void originNamesFileLineLinesAndEvent() throws IOException {
        Run run = sluice().file("a b \u00e9.log", LINE + "\n").run("redact", "--origin", "a b \u00e9.log");
        JsonNode origin = run.objects().get(0).path("origin");
        assertEquals("{\"file\":\"a b \u00e9.log\",\"line\":1,\"lines\":1,\"event\":1}", origin.toString());
        assertFalse(sluice().run("redact", "a b \u00e9.log").objects().get(0).has("origin"));
    }

    @Test
    void theBalanceIsThatOfTheRouteAskedFor() {
        Run analytics = sluice().input(OPTED_OUT).run("redact", "-");
        Run security = sluice().input(OPTED_OUT).run("redact", "--route", "security", "-");
        assertEquals(1, analytics.count("suppressed"));
        assertEquals(1, security.count("released"));
        assertEquals(0, security.count("suppressed"));
    }

    @Test
    void anAnonymizedEventIsReleased() {
        String gpc = "{\"type\":\"view\",\"timestamp\":\"2024-01-10T12:34:56Z\",\"user\":{\"id\":\"u-1\"},"
                + "\"consent\":{\"gpc\":true}}";
        Run run = sluice().input(gpc).run("redact", "-");
        assertEquals(1, run.count("released"));
        assertEquals(
                "2024-01-10T12:00:00.000Z",
                run.objects().get(0).path("@timestamp").asText());
        assertFalse(run.objects().get(0).has("visitor.id"));
    }

    @Test
    void optOutsStandInAFile() throws IOException {
        for (String optOut : List.of("user:u-2", "email:jane@EXAMPLE.com", "cookie:c-9")) {
            Run run = sluice().file("optouts", "# chosen\n" + optOut + "\n")
                    .input(EVENT)
                    .run("redact", "--optouts", "optouts", "-");
            assertEquals(1, run.count("suppressed"), optOut);
        }
        Run other = sluice().file("optouts", "user:u-3\n").input(EVENT).run("redact", "--optouts", "optouts", "-");
        assertEquals(1, other.count("released"));
    }

    @Test
    void throwawayKeysAreSaidAndMatchNothing() {
        Run first = sluice().input(LINE).run("redact", "-");
        Run second = sluice().input(LINE).run("redact", "-");
        assertTrue(first.err().contains("throwaway keys"), first.err());
        assertNotEquals(visitor(first), visitor(second));
    }

    @Test
    void theSameKeysGiveTheSameDocument() throws IOException {
        Path keys = Files.createDirectories(folder.resolve("stack/keys"));
        Run byKeys = sluice().input(LINE).run("redact", "--keys", keys.toString(), "-");
        Run byDir = sluice().input(LINE).run("redact", "--dir", "stack", "-");
        assertTrue(visitor(byKeys).startsWith("tok_visitor_"));
        assertEquals(byKeys.out(), byDir.out());
        assertFalse(byKeys.err().contains("throwaway"), byKeys.err());
    }

    private static String visitor(Run run) {
        return run.objects().get(0).path("visitor.id").asText();
    }

    @Test
    void reasonsAndFormatsAreListed() {
        assertEquals(
                Arrays.stream(Reason.values()).map(Reason::code).toList(),
                sluice().run("redact", "--reasons").out().lines().toList());
        assertEquals(
                Arrays.stream(LogFormat.values()).map(LogFormat::label).toList(),
                sluice().run("parse", "--formats").out().lines().toList());
    }

    /** A length of five is the byte of a line's end, and yet no line ends there. */
    @Test
    void anEventInAvroIsReadWhole() throws IOException {
        byte[] event = UsageEvent.getEncoder()
                .encode(UsageEvent.newBuilder()
                        .setType("login")
                        .setUser(new UsageUser("u-123", "jane@example.com", null))
                        .build())
                .array();
        assertTrue(new String(event, StandardCharsets.ISO_8859_1).contains("\n"));
        Run run = sluice().input(event).run("redact", "--format", "avro-usage", "--route", "security", "-");
        JsonNode clean = run.objects().get(0);
        assertEquals(1, run.balance().path("released").asInt());
        assertEquals("login", clean.path("event.action").asText());
        assertTrue(clean.path("user.id").asText().startsWith("tok_user_"));
        assertTrue(clean.path("user.email").asText().startsWith("tok_email_"));
        Run cut = sluice().input(Arrays.copyOf(event, event.length - 1)).run("redact", "--format", "avro-usage", "-");
        assertEquals("truncated", cut.objects().get(0).path("reason").asText());
    }

    @Test
    void detectPrintsFindingsInCodePoints() {
        Run run = sluice().input("\ud83d\ude00 jane@example.com, 192.0.2.7\nnothing here\n")
                .run("detect", "-");
        assertEquals(
                List.of(
                        "{\"line\":1,\"findings\":[{\"detector\":\"email\",\"category\":\"email\",\"start\":2,\"end\":18},"
                                + "{\"detector\":\"ipv4\",\"category\":\"ip\",\"start\":20,\"end\":29}]}",
                        "{\"line\":2,\"findings\":[]}"),
                run.out().lines().toList());
        assertEquals(
                "{\"lines\":2,\"blank\":0,\"header\":0,\"in\":2,\"released\":2,\"suppressed\":0,\"quarantined\":0,\"findings\":2}",
                run.balance().toString());
    }

    @Test
    void anEncodedFindingSpansItsEncodedForm() {
        JsonNode finding = sluice().input("q=jane%40example.com&x=1")
                .run("detect", "-")
                .objects()
                .get(0)
                .path("findings")
                .get(0);
        assertEquals(2, finding.path("start").asInt());
        assertEquals(20, finding.path("end").asInt());
    }

    @Test
    void detectPrintsTextOnATerminalUnlessAskedForJson() {
        Run text = sluice().onTerminal().input("to jane@example.com\n").run("detect", "-");
        assertEquals("-:1: email at 3 to 19 (email)\n", text.out());
        Run json = sluice().onTerminal().input("to jane@example.com\n").run("detect", "--json", "-");
        assertEquals(1, json.objects().get(0).path("line").asInt());
        assertFalse(text.out().contains("jane"));
    }

    @Test
    void categoriesAreThoseOfTheContract() {
        assertEquals(
                Set.of(
                        "email",
                        "ip",
                        "mac",
                        "phone",
                        "card",
                        "iban",
                        "bank-account",
                        "payment-reference",
                        "national-id",
                        "health-number",
                        "postal-code",
                        "birth-date",
                        "person-name",
                        "credential",
                        "session",
                        "device-id",
                        "client-information"),
                Arrays.stream(DataCategory.values()).map(DataCategory::label).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redact", "parse", "detect"})
    void allThatIsPrintedIsUtf8WithoutControlCharacters(String verb) {
        byte[] hostile = "a\u0000b\u001b[31mc\u009bd \ud83d\ude00 \u0085 \\ \" x\n".getBytes(StandardCharsets.UTF_8);
        Run run = sluice().input(hostile).run(verb, "--origin", "-");
        assertTrue(run.out().chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)), run.out());
        assertEquals(1, run.objects().size());
    }

    @Test
    void memoryStaysFlatHoweverLongTheInput() {
        // 3 GiB of one character in one line, and no more heap than the tests have.
        InputStream endless = new InputStream() {
            private long left = 3L << 30;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                int count = (int) Math.min(length, left);
                Arrays.fill(into, from, from + count, (byte) 'x');
                left -= count;
                return count <= 0 ? -1 : count;
            }
        };
        Run run = sluice().input(endless).run("redact", "-");
        assertEquals("{\"outcome\":\"quarantined\",\"reason\":\"too-large\"}\n", run.out());
        assertEquals(1, run.count("lines"));
    }
}
