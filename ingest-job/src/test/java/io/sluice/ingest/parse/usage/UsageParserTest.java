package io.sluice.ingest.parse.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.Parsed;
import io.sluice.ingest.parse.SourceOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsageParserTest {
    private static Parsed parse(String json) {
        return Parsed.of(Parsed.as(LogFormat.USAGE), json);
    }

    /** The event's fields but for the two that all have. */
    private static String fields(String members) {
        return parse("{\"type\":\"t\"," + members + "}")
                .text()
                .lines()
                .filter(line -> !line.equals("event.action=t") && !line.equals("event.provider=usage-event"))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void everyFieldOfTheSchemaHasItsName() {
        assertEquals(
                """
                @timestamp=2024-01-10T10:00:00Z
                consent.dnt=1
                consent.gpc=true
                consent.gpp=DBAA
                consent.opt_out=false
                consent.us_privacy=1YYN
                device.id=an-1
                device.screen=1920x1080
                event.action=invoice.sent
                event.provider=usage-event
                http.request.headers.dnt=[1]
                http.request.headers.sec-gpc=[1]
                http.request.referrer=https://example.com/
                organization.id=acc-7
                page.title=Invoice
                props.amount=12.5
                props.deep.er.x=y
                props.ok=true
                props.parts=[a,{b:1,c:[2]},3]
                props.plan=pro
                search.query=q
                sender.event_id=e-1
                source.address=192.0.2.1
                source.ip=192.0.2.1
                url.original=https://app.example.com/clients/1
                user.email=jane@example.com
                user.id=u-1
                user_agent.language=fr-CA
                user_agent.original=Mozilla/5.0""",
                parse(
                                """
                                {"type":"invoice.sent","timestamp":"2024-01-10T12:00:00+02:00","id":"e-1",
                                "user":{"id":"u-1","email":"jane@example.com"},"account":{"id":"acc-7"},"anonymous_id":"an-1",
                                "page":{"url":"https://app.example.com/clients/1","referrer":"https://example.com/",
                                "title":"Invoice","search":"q"},
                                "context":{"ip":"192.0.2.1","user_agent":"Mozilla/5.0","locale":"fr-CA","screen":"1920x1080"},
                                "consent":{"opt_out":false,"gpc":true,"dnt":"1","gpp":"DBAA","us_privacy":"1YYN"},
                                "headers":{"Sec-GPC":["1"],"DNT":["1"]},
                                "props":{"plan":"pro","amount":12.5,"ok":true,"deep":{"er":{"x":"y"}},
                                "parts":["a",{"b":1,"c":[2,null,""]},3,"-"]}}
                                """)
                        .text());
    }

    @Test
    void absentValuesAreLeftOut() {
        assertEquals("", fields("\"user\":{\"id\":null,\"email\":\"\"},\"anonymous_id\":\"-\",\"props\":{\"a\":null}"));
    }

    @Test
    void whatTheSchemaDoesNotNameCannotSetAFieldOfOurs() {
        assertEquals(
                """
                extra.dataset=x
                extra.event.page_view=true
                extra.props=5
                extra.source.geo.country_iso_code=Jane Doe
                extra.user.phone=1
                user.name=Jane""",
                fields(
                        """
                        "source":{"geo":{"country_iso_code":"Jane Doe"}},"dataset":"x","event":{"page_view":true},
                        "user":{"phone":1,"name":"Jane"},"props":5
                        """));
    }

    @Test
    void numbersKeepWhatTheyAre() {
        assertEquals(
                """
                device.id=42
                props.big=123456789012345678901234567890
                props.inf=1e999
                props.max=9223372036854775807
                props.neg=-0.5
                user.id=7""",
                fields(
                        """
                        "user":{"id":7},"anonymous_id":42,"props":{"big":123456789012345678901234567890,
                        "max":9223372036854775807,"neg":-0.5,"inf":1e999}
                        """));
    }

    @Test
    void timesAreNumbersOrTextsAndNoOthers() {
        assertEquals("@timestamp=2024-01-10T12:00:00Z", fields("\"timestamp\":1704888000"));
        assertEquals("@timestamp=2024-01-10T12:00:00.250Z", fields("\"timestamp\":1704888000250"));
        assertEquals("@timestamp=2024-01-10T12:00:00.500Z", fields("\"timestamp\":1704888000.5"));
        assertEquals("[unparseable]", fields("\"timestamp\":\"yesterday\""));
        assertEquals("[unparseable]", fields("\"timestamp\":true"));
        assertEquals("", fields("\"timestamp\":null"));
    }

    @Test
    void anAddressThatIsNoneIsKeptAsSuch() {
        assertEquals("source.address=unknown", fields("\"context\":{\"ip\":\"unknown\"}"));
        assertEquals("device.screen=10x20", fields("\"context\":{\"screen\":{\"width\":10,\"height\":20}}"));
        assertEquals("device.screen={w:1}", fields("\"context\":{\"screen\":{\"w\":1}}"));
    }

    @Test
    void headersOfAnyCaseComeTogether() {
        assertEquals(
                "http.request.headers.x-forwarded-for=[192.0.2.1,192.0.2.2,192.0.2.3]",
                fields(
                        """
                        "headers":{"X-Forwarded-For":["192.0.2.1","192.0.2.2"],"x-forwarded-for":"192.0.2.3"}
                        """));
    }

    @Test
    void noSecondValueHidesAFirst() {
        for (String members : List.of(
                "\"consent\":{\"opt_out\":true},\"consent\":{\"opt_out\":false}",
                "\"consent\":{\"opt_out\":true,\"opt_out\":false}",
                "\"consent\":{\"opt_out\":true},\"consent.opt_out\":false",
                "\"props\":{\"a\":{\"x\":1},\"a\":{}}")) {
            assertEquals("[invalid-json]", fields(members), members);
        }
    }

    @Test
    void aConsentThatCannotBeReadIsARefusal() {
        assertEquals("consent.opt_out=true", fields("\"consent\":\"yes\""));
        assertEquals("consent.opt_out=true", fields("\"consent\":[]"));
        assertEquals("consent.opt_out={a:1}", fields("\"consent\":{\"opt_out\":{\"a\":1}}"));
        assertEquals("", fields("\"consent\":null"));
    }

    @Test
    void aTypeIsRequired() {
        for (String json :
                List.of("{}", "{\"type\":1}", "{\"type\":\"\"}", "{\"type\":null}", "[]", "5", "null", "\"x\"")) {
            assertEquals(List.of("missing-type"), parse(json).calls, json);
        }
    }

    @Test
    void oneBadEventOfABatchFailsAlone() {
        String deep = "{\"type\":\"d\",\"props\":" + "[".repeat(300) + "]".repeat(300) + "}";
        String wide = "{\"type\":\"w\",\"props\":{"
                + IntStream.range(0, 1_001).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(","))
                + "}}";
        Parsed batch = parse("[{\"type\":\"a\"}," + deep + ",3,{\"x\":1}," + wide + ",{\"type\":\"b\"}]");
        assertEquals(
                List.of("event", "too-deep", "missing-type", "missing-type", "too-many-fields", "event"), batch.calls);
        assertTrue(batch.events.get(1).size() > 0);
    }

    @Test
    void limitsAreInclusive() {
        SourceOptions options = Parsed.as(LogFormat.USAGE);
        Parsed parsed = new Parsed();
        ParseLimits limits = new ParseLimits(100, 2, 3);
        for (String json : List.of(
                "{\"type\":\"a\",\"props\":{\"x\":1}}",
                "{\"type\":\"a\",\"props\":{\"x\":1,\"y\":2}}",
                "{\"type\":\"a\",\"props\":{\"x\":[]}}",
                "{\"type\":\"" + "x".repeat(89) + "\"}",
                "{\"type\":\"" + "x".repeat(90) + "\"}")) {
            LogParsers.forOptions(options, limits).parse(Bytes.of(json), parsed);
        }
        assertEquals(List.of("event", "too-many-fields", "too-deep", "event", "too-large"), parsed.calls);
    }

    @Test
    void oneObjectALineAndNothingElseBetween() {
        assertEquals(List.of("event", "event"), parse("{\"type\":\"a\"}\n{\"type\":\"b\"}\n").calls);
        assertEquals(List.of("event", "event"), parse("\uFEFF{\n\"type\":\"a\"\n}\r\n{\"type\":\"b\"}").calls);
        assertEquals(List.of("invalid-json"), parse("{\"type\":\"a\"} {\"type\":\"b\"}").calls);
        assertEquals(List.of("invalid-json"), parse("{\"type\":\"a\"}\n5").calls);
        assertEquals(List.of("invalid-json"), parse("{\"type\":\"a\"}\n{\"type\":").calls);
        assertEquals(List.of("invalid-json"), parse("[{\"type\":\"a\"}] x").calls);
        assertEquals(
                List.of("event", "missing-type"),
                Parsed.of(Parsed.as(LogFormat.USAGE).withFraming(Framing.WHOLE), "{\"type\":\"a\"}\n{}").calls);
    }

    @Test
    void textIsUtf8WithOneReplacementForEachBadPart() {
        byte[] json = "{\"type\":\"aXbéYc\"}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < json.length; i++) {
            json[i] = json[i] == 'X' ? (byte) 0xC0 : json[i] == 'Y' ? (byte) 0xE2 : json[i];
        }
        assertTrue(Parsed.of(Parsed.as(LogFormat.USAGE), Bytes.of(json)).text().contains("=a\uFFFDbé\uFFFDc"));
        assertTrue(parse("{\"type\":\"a\\ud800b\\udc00\\ud83d\\ude00\"}").text().contains("=a\uFFFDb\uFFFD😀\n"));
    }
}
