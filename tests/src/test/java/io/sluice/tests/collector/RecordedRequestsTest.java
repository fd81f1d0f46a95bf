package io.sluice.tests.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.collector.request.Endpoint;
import io.sluice.collector.request.ReceivedRequest;
import io.sluice.collector.request.RequestWriting;
import io.sluice.collector.request.Unpacking;
import io.sluice.ingest.enrich.EnrichConfig;
import io.sluice.ingest.enrich.Enricher;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.redaction.consent.Signals;
import io.sluice.redaction.consent.Signals.Signal;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.tests.collector.TrackerRequests.Recorded;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the collector writes down is what the boundary reads, for each tracker. */
class RecordedRequestsTest {
    private static final String COOKIE = "analytics_opt_out";
    private static final RequestWriting WRITING = new RequestWriting(COOKIE);
    private static final Instant NOW = Instant.parse("2024-01-10T12:00:02Z");

    private static final Enricher ENRICHER = Enricher.load(EnrichConfig.withDefaults(Clock.systemUTC()));

    static List<Recorded> recorded() {
        return TrackerRequests.all();
    }

    /** Keeps what a parser says. */
    private static final class Said implements ParseSink {
        final List<Event> events = new ArrayList<>();
        final List<Reason> reasons = new ArrayList<>();

        @Override
        public void event(Event event) {
            events.add(event);
        }

        @Override
        public void reject(Reason reason) {
            reasons.add(reason);
        }

        @Override
        public void header() {
            throw new AssertionError("a request is no header");
        }
    }

    private static Endpoint endpoint(Recorded request) {
        String path = path(request);
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return Endpoint.all().stream()
                .filter(endpoint -> endpoint.method().equals(request.method())
                        && endpoint.path().equals(bare))
                .findFirst()
                .orElseThrow();
    }

    private static String path(Recorded request) {
        int question = request.path().indexOf('?');
        return question < 0 ? request.path() : request.path().substring(0, question);
    }

    private static byte[] written(Recorded request, Map<String, String> more, byte[] packed) throws Exception {
        Map<String, List<String>> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        more.forEach((name, value) -> headers.put(name, List.of(value)));
        byte[] body = new Unpacking(1 << 20)
                .read(new ByteArrayInputStream(packed), request.headers().getOrDefault("Content-Encoding", ""));
        String path = path(request);
        String query = request.path().substring(path.length()).replaceFirst("^\\?", "");
        return WRITING.write(endpoint(request), new ReceivedRequest(path, query, headers, "192.0.2.1", body), NOW);
    }

    private static Said parsed(byte[] record) {
        Said said = new Said();
        LogParsers.forOptions(SourceOptions.DEFAULT.withFormat(LogFormat.REQUEST))
                .parse(Bytes.of(record), said);
        return said;
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void everyEventOfARequestIsRead(Recorded request) throws Exception {
        byte[] record = written(request, Map.of("x-forwarded-for", "192.0.2.7"), request.body());
        Said said = parsed(record);
        assertEquals(List.of(), said.reasons);
        assertEquals(
                request.actions(),
                said.events.stream()
                        .map(event -> event.text(Fields.EVENT_ACTION))
                        .toList());
        for (Event event : said.events) {
            assertEquals("192.0.2.1", event.text(Fields.SOURCE_ADDRESS));
            assertTrue(event.has(Fields.TIMESTAMP));
            assertEquals(Set.of(), Signals.of(event, COOKIE));
        }
        String text = new String(record, StandardCharsets.UTF_8);
        assertFalse(text.contains("s3cr3t-value"), "a secret of the query");
        assertFalse(text.contains("dzo="), "a log-in");
        assertEquals(-1, text.indexOf('\n'), "one line");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void signalsOfTheRequestAreThoseOfItsEvents(Recorded request) throws Exception {
        byte[] record = written(
                request, Map.of("sec-gpc", "1", "dnt", "1", "cookie", "session=x; " + COOKIE + "=1"), request.body());
        for (Event event : parsed(record).events) {
            assertEquals(
                    Set.of(Signal.SEC_GPC, Signal.DNT, Signal.OPT_OUT_COOKIE),
                    Signals.of(event, COOKIE),
                    request.name());
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void clientHintsTellTheBrowserOfWhoSendsForItself(Recorded request) throws Exception {
        String chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                + "Chrome/124.0.0.0 Safari/537.36";
        Map<String, String> headers = Map.of(
                "user-agent",
                chrome,
                "sec-ch-ua",
                "\"Chromium\";v=\"124\", \"Brave\";v=\"124\", \"Not-A.Brand\";v=\"99\"",
                "sec-ch-ua-mobile",
                "?0",
                "sec-ch-ua-platform",
                "\"Windows\"");
        Said said = parsed(written(request, headers, request.body()));
        assertFalse(said.events.isEmpty());
        for (Event event : said.events) {
            ENRICHER.enrich(event);
            boolean own = chrome.equals(event.text(Fields.USER_AGENT));
            assertEquals(own, "Brave".equals(event.text(Fields.USER_AGENT_NAME)), request.name());
            assertEquals(own, event.has(Fields.HINT_BRANDS), request.name());
        }
    }

    @Test
    void someOfTheRecordedRequestsComeFromABrowserItself() throws Exception {
        int hinted = 0;
        for (Recorded request : TrackerRequests.all()) {
            for (Event event : parsed(written(request, Map.of("sec-ch-ua", "\"Brave\""), request.body())).events) {
                hinted += event.has(Fields.HINT_BRANDS) ? 1 : 0;
            }
        }
        assertTrue(hinted > 5, "of " + hinted);
    }

    @Test
    void whateverTheBodyTheBoundarySaysSomething() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            Recorded request = TrackerRequests.all()
                    .get(random.nextInt(TrackerRequests.all().size()));
            byte[] body = request.body().clone();
            boolean packed = body.length > 1 && body[0] == 0x1F;
            for (int change = 0; body.length > 0 && !packed && change < 4; change++) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            try {
                Said said = parsed(written(request, Map.of(), body));
                assertTrue(said.events.size() + said.reasons.size() > 0);
            } catch (Unpacking.Refused e) {
                assertTrue(e.status() >= 400);
            }
        }
    }
}
