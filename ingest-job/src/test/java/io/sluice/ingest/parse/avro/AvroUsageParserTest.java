package io.sluice.ingest.parse.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.Parsed;
import io.sluice.ingest.parse.RecordList;
import io.sluice.ingest.parse.Records;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.schema.UsageAccount;
import io.sluice.schema.UsageConsent;
import io.sluice.schema.UsageContext;
import io.sluice.schema.UsageEvent;
import io.sluice.schema.UsagePage;
import io.sluice.schema.UsageScreen;
import io.sluice.schema.UsageUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

/** Events written by Avro's own encoder, and bytes that no encoder writes. */
class AvroUsageParserTest {
    private static final int HEAD = 10;

    private static UsageEvent.Builder event() {
        return UsageEvent.newBuilder().setType("page_view");
    }

    private static UsageEvent full() {
        Map<String, Object> props = new HashMap<>();
        props.put("plan", "pro");
        props.put("results", 12L);
        props.put("share", 0.5);
        props.put("success", true);
        props.put("items.price", List.of(5L, 1.5, "x", false));
        props.put("nothing", null);
        props.put("empty", "");
        return event().setId("e-1")
                .setTimestamp(Instant.parse("2024-01-10T12:00:00.250Z"))
                .setUser(new UsageUser("4711", "jane@example.com", "Jané Doe"))
                .setAccount(new UsageAccount("practice-12"))
                .setAnonymousId("c00k1e")
                .setPage(new UsagePage("https://app.example.com/a?b=c", "https://example.org/", "A title", "-"))
                .setContext(new UsageContext("192.0.2.7", "Mozilla/5.0", "en-CA", new UsageScreen(1920, 1080)))
                .setConsent(new UsageConsent(false, true, null, "DBAA", "1YNN"))
                .setHeaders(Map.of("Sec-GPC", "1", "dnt", List.of("1", "0")))
                .setProps(props)
                .build();
    }

    private static final String TWIN =
            """
            {"type":"page_view","id":"e-1","timestamp":"2024-01-10T12:00:00.250Z",
             "user":{"id":"4711","email":"jane@example.com","name":"Jané Doe"},"account":{"id":"practice-12"},
             "anonymous_id":"c00k1e",
             "page":{"url":"https://app.example.com/a?b=c","referrer":"https://example.org/","title":"A title","search":"-"},
             "context":{"ip":"192.0.2.7","user_agent":"Mozilla/5.0","locale":"en-CA","screen":{"width":1920,"height":1080}},
             "consent":{"opt_out":false,"gpc":true,"dnt":null,"gpp":"DBAA","us_privacy":"1YNN"},
             "headers":{"Sec-GPC":"1","dnt":["1","0"]},
             "props":{"plan":"pro","results":12,"share":0.5,"success":true,"items":{"price":[5,1.5,"x",false]},
                      "nothing":null,"empty":""}}""";

    private static byte[] encoded(UsageEvent event) throws IOException {
        return UsageEvent.getEncoder().encode(event).array();
    }

    private static Parsed parse(byte[] record) {
        return Parsed.of(Parsed.as(LogFormat.AVRO_USAGE), Bytes.of(record));
    }

    /** An event whose bytes behind the head are these. */
    private static Parsed body(int... bytes) throws IOException {
        byte[] record = Arrays.copyOf(encoded(event().build()), HEAD + bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            record[HEAD + i] = (byte) bytes[i];
        }
        return parse(record);
    }

    @Test
    void anEventIsReadAsItsTwinInJson() throws IOException {
        String read = parse(encoded(full())).text();
        assertEquals(Parsed.of(Parsed.as(LogFormat.USAGE), TWIN).text(), read);
        assertEquals(
                """
                @timestamp=2024-01-10T12:00:00.250Z
                consent.gpc=true
                consent.gpp=DBAA
                consent.opt_out=false
                consent.us_privacy=1YNN
                device.id=c00k1e
                device.screen=1920x1080
                event.action=page_view
                event.provider=usage-event
                http.request.headers.dnt=[1,0]
                http.request.headers.sec-gpc=1
                http.request.referrer=https://example.org/
                organization.id=practice-12
                page.title=A title
                props.items.price=[5,1.5,x,false]
                props.plan=pro
                props.results=12
                props.share=0.5
                props.success=true
                """
                        .strip(),
                String.join(
                        "\n",
                        read.lines()
                                .filter(line -> line.matches("(@|consent|device|event|http|org|page|props).*"))
                                .filter(line -> !line.startsWith("event.id"))
                                .toList()));
        assertEquals(
                "event.action=page_view\nevent.provider=usage-event",
                parse(encoded(event().build())).text());
    }

    @Test
    void blocksThatSayTheirLengthAreRead() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(encoded(full()), 0, HEAD);
        BinaryEncoder blocking = new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null);
        new SpecificDatumWriter<>(UsageEvent.class).write(full(), blocking);
        blocking.flush();
        assertFalse(Arrays.equals(encoded(full()), out.toByteArray()));
        assertEquals(parse(encoded(full())).text(), parse(out.toByteArray()).text());
    }

    @Test
    void whatIsCutOffIsTruncatedAndWhatFollowsIsRefused() throws IOException {
        byte[] whole = encoded(full());
        for (int end = 0; end < whole.length; end++) {
            assertEquals(List.of("truncated"), parse(Arrays.copyOf(whole, end)).calls, "cut off at " + end);
        }
        assertEquals(List.of("unparseable"), parse(Arrays.copyOf(whole, whole.length + 1)).calls);
    }

    @Test
    void anotherSchemaAndWhatIsNoAvroAreRefused() throws IOException {
        byte[] other = encoded(full());
        other[5] ^= 1;
        assertEquals(List.of("unparseable"), parse(other).calls);
        assertEquals(List.of("unparseable"), parse(TWIN.getBytes(StandardCharsets.UTF_8)).calls);
    }

    @Test
    void numbersThatLieEndWithTheBytes() throws IOException {
        int[] most = {0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01};
        int[] least = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01};
        // A text that claims the most, one of a negative length, a number that never ends, a branch that there is not.
        assertEquals(List.of("truncated"), body(most).calls);
        assertEquals(List.of("unparseable"), body(0x01).calls);
        int[] endless = new int[11];
        Arrays.fill(endless, 0x80);
        assertEquals(List.of("unparseable"), body(endless).calls);
        assertEquals(List.of("unparseable"), body(0x02, 'a', 0x04).calls);
        // The type, eight absent fields, then headers in as many entries as a number can say, or in minus as many.
        int[] type = {0x02, 'a', 0, 0, 0, 0, 0, 0, 0, 0, 0x02};
        assertEquals(List.of("truncated"), body(joined(type, most)).calls);
        assertEquals(List.of("truncated"), body(joined(type, joined(least, new int[] {0}))).calls);
    }

    private static int[] joined(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void whatJsonRefusesIsRefused() throws IOException {
        assertEquals(List.of("missing-type"), parse(encoded(event().setType("").build())).calls);
        assertEquals(
                List.of("unparseable"),
                parse(encoded(event().setTimestamp(Instant.ofEpochMilli(-1)).build())).calls);
        // A header twice: in two blocks of one entry each.
        assertEquals(
                List.of("unparseable"),
                body(0x02, 'a', 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 2, 2, 'h', 0, 2, 'x', 2, 2, 'h', 0, 2, 'y', 0, 0).calls);
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i < ParseLimits.DEFAULT.maxFields(); i++) {
            many.put("p" + i, 1L);
        }
        assertEquals(
                List.of("too-many-fields"), parse(encoded(event().setProps(many).build())).calls);
    }

    @Test
    void oddValuesAreAbsentOrReplaced() throws IOException {
        Map<String, Object> props = Map.of("nan", Double.NaN, "most", Double.MAX_VALUE);
        assertEquals(
                "event.action=page_view\nevent.provider=usage-event\nprops.most=" + Double.MAX_VALUE,
                parse(encoded(event().setProps(props).build())).text());
        assertEquals(
                "event.action=a\uFFFD\nevent.provider=usage-event",
                body(0x04, 'a', 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0).text());
    }

    @Test
    void mutatedEventsAreAnEventOrAReason() throws IOException {
        Random random = new Random(22);
        byte[] whole = encoded(full());
        int events = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[HEAD + random.nextInt(bytes.length - HEAD)] = (byte) random.nextInt(256);
            }
            Parsed parsed = parse(bytes);
            assertEquals(1, parsed.calls.size());
            events += parsed.events.size();
        }
        assertTrue(events > 100 && events < 19_900, "events " + events);
    }

    /** A length of five is the byte of a line's end. */
    @Test
    void noFramingCutsARecord() throws IOException {
        byte[] record = encoded(event().setType("click").setId("a\nb").build());
        for (Framing framing : List.of(Framing.LINE, Framing.WHOLE, new Framing.JsonLines("/a"))) {
            SourceOptions options = Parsed.as(LogFormat.AVRO_USAGE).withFraming(framing);
            RecordList cut = new RecordList();
            Records.cut(Bytes.of(record), options, cut);
            assertEquals(1, cut.records.size());
            Parsed parsed = new Parsed();
            LogParsers.forOptions(options).parse(cut.records.get(0), parsed);
            assertEquals(List.of("event"), parsed.calls);
        }
    }
}
