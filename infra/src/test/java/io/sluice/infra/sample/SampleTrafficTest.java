package io.sluice.infra.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SampleTrafficTest {
    private static final int SOME = 15_000;

    private static List<SampleRecord> some(long seed) {
        SampleTraffic traffic = new SampleTraffic(seed, SampleTraffic.steps(SampleFile.START, 20));
        List<SampleRecord> records = new ArrayList<>();
        for (int i = 0; i < SOME; i++) {
            records.add(traffic.next());
        }
        return records;
    }

    @Test
    void theSameSeedGivesTheSameBytesForEver() {
        List<SampleRecord> first = some(7);
        List<SampleRecord> again = some(7);
        List<SampleRecord> other = some(8);
        int same = 0;
        for (int i = 0; i < SOME; i++) {
            assertTrue(Arrays.equals(first.get(i).value(), again.get(i).value()));
            same += Arrays.equals(first.get(i).value(), other.get(i).value()) ? 1 : 0;
        }
        assertNotEquals(SOME, same);
        // The first record of seed 7: a change here changes every measurement made with the sample.
        assertEquals(FIRST, new String(first.get(0).value(), StandardCharsets.UTF_8));
    }

    private static final String FIRST =
            "70.24.129.229 - - [10/Jan/2024:12:00:00 +0000] \"GET /i/tA5NhPpqruX5ipDi1F-RBLtu HTTP/2.0\" 200 3998"
                    + " \"https://mail.example.net/?q=claire.belanger.crete@example.net\""
                    + " \"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0\"";

    @Test
    void almostAllOfItParsesAndSomeLinesAreBroken() {
        int broken = 0;
        int lines = 0;
        for (SampleRecord record : some(1)) {
            Outcome outcome = parse(record);
            if (record.source() == SampleRecord.Source.ACCESS_LOG) {
                lines++;
                broken += outcome.rejected;
            } else {
                assertEquals(0, outcome.rejected, record.toString());
            }
        }
        assertTrue(broken > lines / 1000 && broken < lines / 100, broken + " of " + lines);
    }

    @Test
    void hasWhatTheIssueAsksFor() {
        StringBuilder all = new StringBuilder();
        some(1).forEach(record ->
                all.append(new String(record.value(), StandardCharsets.UTF_8)).append('\n'));
        for (String pattern : List.of(
                "\"POST /login HTTP/2.0\" 401",
                "\"POST /login HTTP/2.0\" 302",
                "GET /search\\?scope=clients&q=[A-Z][^ ]*(%C3|\\+)",
                "GET /i/[A-Za-z0-9_-]{24} ",
                "GET /clients/\\d+/invoices/\\d+ ",
                "%40example.net",
                "%2540example.net",
                "\\?email=[a-z.]+@example.net",
                "/unsubscribe/[A-Za-z0-9_-]{20,}",
                "access_token=",
                "eyJhbGciOiJIUzI1NiIs",
                "\"https://mail.example.net/\\?q=[a-z.]+@example.net\"",
                "Googlebot",
                "zgrab",
                "\"Sec-GPC\":\\[\"1\"\\]",
                "\"DNT\":\\[\"1\"\\]",
                "analytics_opt_out=1",
                "\"opt_out\":true",
                "\"locale\":\"fr-CA\"",
                "\\b2607:fea8:",
                "\\b192\\.0\\.2\\.")) {
            assertTrue(Pattern.compile(pattern).matcher(all).find(), pattern);
        }
    }

    @Test
    void bothSitesAndAllSourcesTakePart() {
        Set<String> seen = new HashSet<>();
        Set<String> visitors = new HashSet<>();
        for (SampleRecord record : some(1)) {
            seen.add(record.source() + " " + record.dataset());
            if (parse(record).event.get(Fields.DEVICE_ID) instanceof Value.Text device) {
                visitors.add(device.text());
            }
        }
        assertTrue(
                seen.containsAll(Set.of(
                        "ACCESS_LOG application",
                        "ACCESS_LOG marketing-site",
                        "USAGE_EVENT application",
                        "USAGE_EVENT marketing-site",
                        "APP_LOG application")),
                seen.toString());
        assertTrue(visitors.size() > 200, "visitors: " + visitors.size());
    }

    @Test
    void theRegularUserComesOften() {
        String id = new SampleTraffic(1, () -> 0).regularUser();
        long times = some(1).stream()
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8).contains("\"id\":\"" + id + "\""))
                .count();
        assertTrue(times > 20, "times: " + times);
    }

    @Test
    void aFileHasAsManyLinesAsAsked() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SampleFile.write(out, 3, 5_000);
        assertEquals(5_000, out.toString(StandardCharsets.ISO_8859_1).lines().count());
    }

    private static final class Outcome implements ParseSink {
        private int rejected;
        private Event event = new Event();

        @Override
        public void event(Event event) {
            this.event = event;
        }

        @Override
        public void header() {
            throw new AssertionError("the sample has no header lines");
        }

        @Override
        public void reject(Reason reason) {
            rejected++;
        }
    }

    private static Outcome parse(SampleRecord record) {
        LogFormat format =
                switch (record.source()) {
                    case ACCESS_LOG -> LogFormat.COMBINED;
                    case USAGE_EVENT -> LogFormat.USAGE;
                    case APP_LOG -> LogFormat.TEXT;
                };
        LogParser parser = LogParsers.forOptions(SourceOptions.DEFAULT.withFormat(format));
        Outcome outcome = new Outcome();
        parser.parse(Bytes.of(record.value()), outcome);
        return outcome;
    }
}
