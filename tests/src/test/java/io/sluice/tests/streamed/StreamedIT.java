package io.sluice.tests.streamed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.infra.sample.SampleFile;
import io.sluice.tests.command.Sluice;
import io.sluice.tests.stack.Account;
import io.sluice.tests.stack.RunningSluice;
import io.sluice.tests.stack.WithSluice;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bars of the stream, small enough for every build, one after the other over one running Sluice: each counts what
 * came of its own records. Their full form is in {@link StreamedCorporaIT} and {@link StreamedAcceptanceIT}.
 */
// The first on the shared one: what it looks at is to be of its last hour.
@WithSluice
@Order(Integer.MAX_VALUE - 2)
class StreamedIT {
    private static final int SAMPLE_LINES = 3_000;

    /** Lines that no access log should have, and some that begin what they do not end. */
    private static final String ODD_LINES =
            """
            198.51.100.9 - - [10/Jan/2024:12:00:00 +0000] "GET /pricing HTT
            198.51.100.9 - - [99/Foo/2024:12:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "-"
            198.51.100.9 - - [10/Jan/2024:12:00:00 +0000] "-" 400 0 "-" "-"
            2001:db8::7 - - [10/Jan/2024:12:00:00 +0000] "GET /?q=a%00b%zz&email=jane%40example.com HTTP/1.1" 200 1 "-" "-"

            2024-01-10 12:00:00 ERROR mail to jane@example.com failed
            \tat com.example.Mailer.send(Mailer.java:17)
            nothing that anybody knows
            """;

    @TempDir
    Path folder;

    private RunningSluice sluice;

    @BeforeAll
    void take(RunningSluice shared) {
        sluice = shared;
    }

    @Test
    void documentsAreWhatRedactPrints() throws Exception {
        Path sample = folder.resolve("sample.log");
        try (OutputStream out = Files.newOutputStream(sample)) {
            SampleFile.write(out, 11, SAMPLE_LINES);
        }
        Map<String, Account.Sum> sums =
                SameAsOffline.check(sluice, sample, "--format", "combined", "--dataset", "marketing-site");
        assertEquals(SAMPLE_LINES, sums.get("security").in());
        assertTrue(sums.get("analytics").quarantined() > 0, "some lines of the sample are broken");

        Path odd = Files.writeString(folder.resolve("odd.log"), ODD_LINES);
        assertEquals(6, SameAsOffline.check(sluice, odd).get("analytics").in(), "the blank line is none, \\tat joins");
    }

    @Test
    void promisesSayHowTheyAreKeptJustNow() throws Exception {
        sluice.send(ODD_LINES.getBytes(StandardCharsets.UTF_8));
        sluice.send(ODD_LINES.getBytes(StandardCharsets.UTF_8), "--dataset", "unheard-of");
        Account account = sluice.awaitIndexed();
        Sluice.Run run = sluice.run("promises", "--live", "--json");
        assertEquals(0, run.code(), run.err());
        JsonNode live = run.objects().get(0).get("live");
        assertTrue(live.get("jobRunning").booleanValue());
        assertEquals("ottomatiq-2024-01-10", live.get("policy").textValue());
        assertTrue(live.has("expiry"), "a round of expiry has ended");
        JsonNode balance = live.get("balance");
        // All of it came within this hour.
        assertEquals(account.sealed(), balance.get("sealed").longValue());
        assertEquals(
                account.route("security").released(),
                balance.at("/routes/security/released").longValue());
        // Two of its six records are not understood, whatever their source.
        assertEquals(4, balance.get("unknownSource").longValue());
        String text = sluice.run("promises", "--live").out();
        assertTrue(text.contains("    live: ottomatiq-2024-01-10 counts"), text);
        assertTrue(text.contains("    live: released analytics "), text);
    }

    @Test
    void hostileRecordsStopNothing() throws Exception {
        byte[] bytes = new byte[512];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        for (String text :
                List.of("\\u0000\\u001b[31m", "\\ud800", "\u202e\u0007", "' OR 1=1 --", "${jndi:ldap://x}")) {
            events.writeBytes(("{\"type\":\"click\",\"page\":{\"url\":\"" + text + "\",\"title\":\"" + text
                            + "\"},\"props\":{\"" + text + "\":1},\"user\":{\"id\":\"" + text + "\"}}\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        Path deep = Files.writeString(folder.resolve("deep.json"), "[".repeat(100_000));
        Path twice = Files.writeString(folder.resolve("twice.json"), "{\"type\":\"a\",\"type\":\"b\",\"consent\":1}");
        Path number = Files.writeString(folder.resolve("number.json"), "{\"type\":\"a\",\"props\":{\"plan\":1e99999}}");
        Account.Sum sum = HostileRun.begin(sluice)
                .send(bytes)
                .send(bytes, "--format", "text")
                .send(bytes, "--format", "combined")
                .send(events.toByteArray(), "--format", "usage")
                .send("x".repeat(2_000_000).getBytes(StandardCharsets.UTF_8))
                .send(List.of(deep, twice, number), "--framing", "file", "--format", "usage")
                .end();
        assertTrue(sum.quarantined() > 0 && sum.released() > 0, sum.toString());
    }

    @Test
    void killedJobsLoseAndRepeatNothing(TestReporter report) throws Exception {
        report.publishEntry("crash", new CrashRun(10_000, 500, 1, 17).on(sluice));
    }

    @Test
    void aStoppedElasticsearchHoldsUpNobodyElse(TestReporter report) throws Exception {
        report.publishEntry("outage", new OutageRun(Duration.ofSeconds(20), 200).on(sluice));
    }
}
