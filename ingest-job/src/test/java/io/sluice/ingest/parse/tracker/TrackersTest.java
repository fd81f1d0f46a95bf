package io.sluice.ingest.parse.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.Parsed;
import io.sluice.ingest.parse.SourceOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Golden pairs of every tracker's payload: as its format says, and in auto alike where its shape tells it. */
class TrackersTest {
    private static String parse(LogFormat format, String record) {
        Parsed parsed = Parsed.of(Parsed.as(format), record);
        return parsed.calls.stream().allMatch("event"::equals)
                ? parsed.events.stream().map(Parsed::text).collect(Collectors.joining("\n--\n"))
                : parsed.calls.toString();
    }

    private static void golden(LogFormat format, String record, String expected) {
        assertEquals(expected.strip(), parse(format, record), format.label());
        assertEquals(expected.strip(), parse(LogFormat.AUTO, record), "auto for " + format.label());
        assertEquals(
                format.label(),
                LogParsers.forOptions(SourceOptions.DEFAULT)
                        .explain(Bytes.of(record), new Parsed())
                        .format());
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void segmentTrack() {
        golden(
                LogFormat.SEGMENT,
                """
                {"type":"track","event":"invoice.sent","messageId":"m-1","userId":7,"anonymousId":"an-1",
                "timestamp":"2024-01-10T12:00:00.250Z","sentAt":"2024-01-10T12:00:01Z",
                "properties":{"plan":"pro","items":[{"sku":"a"}],"deep":{"er":1}},
                "context":{"ip":"192.0.2.7","userAgent":"Mozilla/5.0","locale":"fr-CA",
                "screen":{"width":1920,"height":1080},"page":{"url":"https://app.example.com/a","title":"Jane Doe",
                "referrer":"https://example.com/","search":"?q=1"},"campaign":{"name":"spring","id":"9"},
                "traits":{"email":"jane@example.com","phone":"555"},"library":{"name":"analytics-node"}},
                "writeKey":"w","integrations":{}}
                """,
                """
                @timestamp=2024-01-10T12:00:00.250Z
                device.id=an-1
                device.screen=1920x1080
                event.action=invoice.sent
                event.provider=usage-event
                extra.context.campaign.id=9
                extra.context.library.name=analytics-node
                extra.context.page.search=?q=1
                extra.context.screen.height=1080
                extra.context.screen.width=1920
                extra.context.traits.phone=555
                extra.sentAt=2024-01-10T12:00:01Z
                extra.writeKey=w
                http.request.referrer=https://example.com/
                page.title=Jane Doe
                props.deep.er=1
                props.items=[{sku:a}]
                props.plan=pro
                props.utm_campaign=spring
                sender.event_id=m-1
                source.address=192.0.2.7
                source.ip=192.0.2.7
                url.original=https://app.example.com/a
                user.email=jane@example.com
                user.id=7
                user_agent.original=Mozilla/5.0
                """
                        .replace("extra.context.page.search", "extra.page.search")
                        .lines()
                        .sorted()
                        .collect(Collectors.joining("\n"))
                        .replace("user_agent.original", "user_agent.language=fr-CA\nuser_agent.original"));
    }

    @Test
    void segmentBatchFailsOneByOne() {
        String batch =
                """
                {"batch":[{"type":"page","messageId":"m-1","anonymousId":"a","properties":{"url":"https://example.com/","title":"T"}},
                {"type":"nothing","messageId":"m-2"},3,{"type":"track","messageId":"m-4"},
                {"type":"identify","messageId":"m-5","userId":"u","userId":"v"},
                {"type":"identify","messageId":"m-6","userId":"u","traits":{"email":"jane@example.com","name":"Jane"}},
                {"type":"group","messageId":"m-7","userId":"u","groupId":"g","traits":{"name":"Acme"}},
                {"type":"track","event":"x","messageId":"m-8","timestamp":"yesterday"}],
                "context":{"consent":{"opt_out":true}},"sentAt":"2024-01-10T12:00:00Z"}
                """;
        Parsed parsed = Parsed.of(Parsed.as(LogFormat.SEGMENT), batch);
        assertEquals(
                List.of(
                        "event",
                        "missing-type",
                        "missing-type",
                        "missing-type",
                        "invalid-json",
                        "event",
                        "event",
                        "unparseable"),
                parsed.calls);
        assertEquals(
                """
                consent.opt_out=true
                device.id=a
                event.action=page_view
                event.provider=usage-event
                extra.batch.sentAt=2024-01-10T12:00:00Z
                page.title=T
                sender.event_id=m-1
                url.original=https://example.com/""",
                Parsed.text(parsed.events.get(0)));
        assertEquals(
                """
                consent.opt_out=true
                event.action=group
                event.provider=usage-event
                extra.batch.sentAt=2024-01-10T12:00:00Z
                extra.group.traits.name=Acme
                organization.id=g
                sender.event_id=m-7
                user.id=u""",
                Parsed.text(parsed.events.get(2)));
    }

    @Test
    void segmentConsentThatIsRefusedOrNotUnderstoodCloses() {
        String call = "{\"type\":\"track\",\"event\":\"e\",\"userId\":\"u\",\"context\":{\"consent\":%s}}";
        for (String refused : List.of(
                "{\"categoryPreferences\":{\"Analytics\":false}}",
                "\"no\"",
                "[1]",
                "{\"opt_out\":true}",
                "{\"opt_out\":\"maybe\"}")) {
            Parsed parsed = Parsed.of(Parsed.as(LogFormat.SEGMENT), call.formatted(refused));
            assertEquals(1, parsed.events.size());
            assertEquals(true, Parsed.text(parsed.events.get(0)).contains("consent.opt_out=true"), refused);
        }
    }

    @Test
    void aChoiceThatIsSaidTwiceAndDifferentlyIsNotUnderstood() {
        Parsed parsed = Parsed.of(
                Parsed.as(LogFormat.SEGMENT),
                "{\"batch\":[{\"type\":\"track\",\"event\":\"e\",\"userId\":\"u\",\"context\":{\"consent\":{\"gpc\":false}}}],"
                        + "\"context\":{\"consent\":{\"gpc\":true}}}");
        assertEquals(
                """
                consent.gpc=ambiguous
                event.action=e
                event.provider=usage-event
                user.id=u""",
                parsed.text());
    }

    @Test
    void theCallOfAPathWithoutAType() {
        Parsed parsed = new Parsed();
        io.sluice.ingest.parse.request.Trackers.of(SourceOptions.DEFAULT, io.sluice.ingest.parse.ParseLimits.DEFAULT)
                .get(LogFormat.SEGMENT)
                .parse(new Payload("/v1/page", "", Bytes.of("{\"userId\":\"u\",\"name\":\"Home\"}")), parsed);
        assertEquals(
                """
                event.action=page_view
                event.provider=usage-event
                props.name=Home
                user.id=u""",
                parsed.text());
    }

    /** What a sender showed to be let in stands where rules cut it out before anything is sealed. */
    @Test
    void aSecretBesideTheEventsIsNoFieldOfTheirs() {
        assertEquals(
                """
                event.action=page_view
                event.provider=usage-event
                extra.idsite=1
                http.request.headers.authorization=t0k3n""",
                parse(LogFormat.MATOMO, "{\"requests\":[\"?idsite=1\"],\"token_auth\":\"t0k3n\"}"));
        Parsed parsed = new Parsed();
        io.sluice.ingest.parse.request.Trackers.of(SourceOptions.DEFAULT, io.sluice.ingest.parse.ParseLimits.DEFAULT)
                .get(LogFormat.GA4)
                .parse(
                        new Payload(
                                "/mp/collect",
                                "measurement_id=G-1&api_secret=s3cr3t",
                                Bytes.of("{\"client_id\":\"c\",\"events\":[{\"name\":\"a\"}]}")),
                        parsed);
        assertEquals(
                """
                device.id=c
                event.action=a
                event.provider=usage-event
                extra.query.measurement_id=G-1
                http.request.headers.authorization=s3cr3t""",
                parsed.text());
    }

    @Test
    void moreEventsThanAnEventMayHaveFields() {
        String batch = IntStream.range(0, 2_000)
                .mapToObj(i -> "{\"type\":\"track\",\"event\":\"e\",\"messageId\":\"m" + i + "\",\"userId\":\"u\"}")
                .collect(Collectors.joining(",", "{\"batch\":[", "]}"));
        assertEquals(
                2_000, Parsed.of(Parsed.as(LogFormat.SEGMENT), batch).events.size());
        assertEquals(2_000, Parsed.of(SourceOptions.DEFAULT, batch).events.size());
    }

    @Test
    void snowplowPayload() {
        String link = base64(
                "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0\",\"data\":{\"schema\":"
                        + "\"iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1\",\"data\":{\"targetUrl\":"
                        + "\"https://example.com/x\"}}}");
        String contexts = base64(
                "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0\",\"data\":[{\"schema\":"
                        + "\"iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2\",\"data\":{\"sessionId\":"
                        + "\"s-1\",\"userId\":\"d-1\"}}]}");
        golden(
                LogFormat.SNOWPLOW,
                "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4\",\"data\":["
                        + "{\"e\":\"pv\",\"eid\":\"e-1\",\"dtm\":\"1704888000250\",\"url\":\"https://example.com/a\",\"page\":\"A\","
                        + "\"refr\":\"https://example.org/\",\"duid\":\"d-1\",\"uid\":\"jane\",\"p\":\"web\",\"ip\":\"192.0.2.7\","
                        + "\"res\":\"10x20\",\"lang\":\"fr\"},"
                        + "{\"e\":\"ue\",\"ue_px\":\"" + link + "\",\"cx\":\"" + contexts + "\"},"
                        + "{\"e\":\"se\",\"se_ca\":\"c\",\"se_ac\":\"play\",\"se_va\":\"1.5\"}]}",
                """
                @timestamp=2024-01-10T12:00:00.250Z
                device.id=d-1
                device.screen=10x20
                event.action=page_view
                event.provider=usage-event
                extra.p=web
                http.request.referrer=https://example.org/
                page.title=A
                sender.event_id=e-1
                source.address=192.0.2.7
                source.ip=192.0.2.7
                url.original=https://example.com/a
                user.id=jane
                user_agent.language=fr
                --
                contexts.com_snowplowanalytics_snowplow_client_session.1.sessionId=s-1
                contexts.com_snowplowanalytics_snowplow_client_session.1.userId=d-1
                device.id=d-1
                event.action=link_click
                event.provider=usage-event
                extra.schema=iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1
                props.targetUrl=https://example.com/x
                session.id=s-1
                --
                event.action=play
                event.provider=usage-event
                props.category=c
                props.value=1.5
                """);
    }

    @Test
    void snowplowContextsAreNamedByTheirSchema() {
        String context = "{\"schema\":\"%s\",\"data\":{\"n\":%d}}";
        List<String> schemas = List.of(
                "iglu:com.acme/email_sent/jsonschema/1-0-0",
                "iglu:com.acme/email_sent/jsonschema/1-2-0",
                "iglu:com.acme/email_sent/jsonschema/2-0-0",
                "iglu:com.example-shop/enhancedEcommerce/jsonschema/1-0-0",
                "iglu:org.Example/HTTPError/jsonschema/12-0-3",
                "iglu:com.acme/jane@example.com/jsonschema/1-0-0",
                "iglu:com.acme/email_sent/jsonschema/1",
                "iglu:com.acme/email_sent/jsonschema/0-0-0",
                "iglu:com.acme/email_sent/jsonschema/1-0-0/more",
                "iglu:com.acme/" + "a".repeat(256) + "/jsonschema/1-0-0",
                "com.acme");
        String contexts = IntStream.range(0, schemas.size())
                .mapToObj(i -> context.formatted(schemas.get(i), i))
                .collect(Collectors.joining(",", "{\"data\":[", "]}"));
        assertEquals(
                """
                contexts.com_acme_email_sent.1=[{n:0},{n:1}]
                contexts.com_acme_email_sent.2.n=2
                contexts.com_example_shop_enhanced_ecommerce.1.n=3
                contexts.org_example_http_error.12.n=4
                event.action=page_view
                event.provider=usage-event
                extra.contexts.10.n=10
                extra.contexts.5.n=5
                extra.contexts.6.n=6
                extra.contexts.7.n=7
                extra.contexts.8.n=8
                extra.contexts.9.n=9""",
                parse(LogFormat.SNOWPLOW, "e=pv&cx=" + base64(contexts)));
    }

    @Test
    void snowplowPixelAndWhatCannotBeDecoded() {
        assertEquals(
                """
                event.action=page_view
                event.provider=usage-event
                extra.tv=js-3
                url.original=https://example.com/?a=b c""",
                parse(LogFormat.SNOWPLOW, "/i?e=pv&url=https%3A%2F%2Fexample.com%2F%3Fa%3Db+c&tv=js-3"));
        assertEquals("[invalid-json]", parse(LogFormat.SNOWPLOW, "e=ue&ue_px=%%%"));
        assertEquals("[invalid-json]", parse(LogFormat.SNOWPLOW, "e=ue&ue_px=" + base64("{")));
        assertEquals("[missing-type]", parse(LogFormat.SNOWPLOW, "e=ue&ue_px=" + base64("{}")));
        assertEquals(
                "[too-deep]",
                parse(LogFormat.SNOWPLOW, "e=ue&ue_px=" + base64("{\"a\":".repeat(300) + "1" + "}".repeat(300))));
        assertEquals("[missing-type]", parse(LogFormat.SNOWPLOW, "tv=1"));
    }

    @Test
    void matomo() {
        assertEquals(
                """
                @timestamp=2024-01-10T12:00:00Z
                device.id=0123456789abcdef
                event.action=page_view
                event.provider=usage-event
                extra.idsite=1
                extra.rec=1
                http.request.headers.authorization=t0k3n
                http.request.referrer=https://example.org/
                page.title=Home é
                props.dimension1=pro
                source.address=192.0.2.7
                source.ip=192.0.2.7
                url.original=https://example.com/
                user.id=jane@example.com""",
                parse(
                        LogFormat.MATOMO,
                        "/matomo.php?idsite=1&rec=1&action_name=Home%20%C3%A9&url=https%3A%2F%2Fexample.com%2F&"
                                + "urlref=https://example.org/&uid=jane%40example.com&_id=0123456789abcdef&cip=192.0.2.7&"
                                + "cdt=2024-01-10%2012:00:00&dimension1=pro&token_auth=t0k3n"));
        golden(
                LogFormat.MATOMO,
                "{\"requests\":[\"?idsite=1&rec=1&e_c=video&e_a=play&e_v=2\",\"?rec=1\",\"?idsite=1&search=jane&search_count=3\"]}"
                        .replace("\"?rec=1\",", ""),
                """
                event.action=play
                event.provider=usage-event
                extra.idsite=1
                extra.rec=1
                props.category=video
                props.value=2
                --
                event.action=search
                event.provider=usage-event
                extra.idsite=1
                props.results=3
                search.query=jane
                """);
        assertEquals(
                List.of("missing-type", "event", "missing-type"),
                Parsed.of(Parsed.as(LogFormat.MATOMO), "{\"requests\":[\"?rec=1\",\"?idsite=1\",4]}").calls);
    }

    @Test
    void measurementProtocol() {
        golden(
                LogFormat.GA4,
                """
                {"client_id":"c.1","user_id":"u-1","timestamp_micros":1704888000250000,"consent":{"analytics_storage":"DENIED"},
                "user_properties":{"tier":{"value":"gold"}},
                "events":[{"name":"page_view","params":{"page_location":"https://example.com/","page_title":"T","session_id":12,
                "engagement_time_msec":100,"campaign":"spring"}},{"name":"login","timestamp_micros":1704888001000000}]}
                """,
                """
                @timestamp=2024-01-10T12:00:00.250Z
                consent.opt_out=true
                device.id=c.1
                event.action=page_view
                event.provider=usage-event
                extra.consent.analytics_storage=DENIED
                extra.user_properties.tier.value=gold
                page.title=T
                props.engagement_time_msec=100
                props.utm_campaign=spring
                session.id=12
                url.original=https://example.com/
                user.id=u-1
                --
                @timestamp=2024-01-10T12:00:01Z
                consent.opt_out=true
                device.id=c.1
                event.action=login
                event.provider=usage-event
                extra.consent.analytics_storage=DENIED
                extra.user_properties.tier.value=gold
                user.id=u-1
                """);
        assertEquals("[missing-type]", parse(LogFormat.GA4, "{\"client_id\":\"c\"}"));
        assertEquals("[missing-type]", parse(LogFormat.GA4, "{\"client_id\":\"c\",\"events\":[{}]}"));
    }

    @Test
    void posthog() {
        golden(
                LogFormat.POSTHOG,
                """
                {"api_key":"k","batch":[{"event":"$pageview","uuid":"e-1","distinct_id":"d-1","timestamp":"2024-01-10T12:00:00Z",
                "properties":{"$device_id":"d-1","$current_url":"https://example.com/","$referrer":"$direct","$ip":"192.0.2.7",
                "$screen_width":10,"$screen_height":20,"$lib":"web","plan":"pro"}},
                {"event":"$identify","distinct_id":"u-1","properties":{"$anon_distinct_id":"d-1","$groups":{"company":"acme"}},
                "$set":{"email":"jane@example.com","age":3}}]}
                """,
                """
                @timestamp=2024-01-10T12:00:00Z
                device.id=d-1
                device.screen=10x20
                event.action=page_view
                event.provider=usage-event
                extra.$lib=web
                extra.$screen_height=20
                extra.$screen_width=10
                extra.batch.api_key=k
                props.plan=pro
                sender.event_id=e-1
                source.address=192.0.2.7
                source.ip=192.0.2.7
                url.original=https://example.com/
                --
                event.action=identify
                event.provider=usage-event
                extra.$anon_distinct_id=d-1
                extra.$set.age=3
                extra.batch.api_key=k
                organization.id=acme
                user.email=jane@example.com
                user.id=u-1
                """);
        String data = base64("[{\"event\":\"a\",\"properties\":{\"distinct_id\":\"u\",\"token\":\"t\"}}]");
        assertEquals(
                """
                event.action=a
                event.provider=usage-event
                extra.token=t
                user.id=u""",
                parse(LogFormat.POSTHOG, "data=" + data.replace('-', '+').replace('_', '/') + "&compression=base64"));
        assertEquals("[invalid-json]", parse(LogFormat.POSTHOG, ""));
    }

    @Test
    void aRequestAsTheCollectorWroteIt() {
        golden(
                LogFormat.REQUEST,
                """
                {"sluice_request":1,"format":"posthog","received_at":"2024-01-10T12:00:00.000Z","peer":"192.0.2.1","method":"POST",
                "path":"/batch/","headers":{"sec-gpc":["1"],"cookie":["analytics_opt_out=1"],"user-agent":["posthog-node/4"],
                "x-forwarded-for":["192.0.2.7"]},"body":"{\\"batch\\":[{\\"event\\":\\"a\\",\\"distinct_id\\":\\"u\\"},{}]}"}
                """
                        .replace(",{}]", "]"),
                """
                @timestamp=2024-01-10T12:00:00Z
                event.action=a
                event.provider=usage-event
                http.request.headers.cookie=[analytics_opt_out=1]
                http.request.headers.sec-gpc=[1]
                http.request.headers.user-agent=[posthog-node/4]
                http.request.headers.x-forwarded-for=[192.0.2.7]
                source.address=192.0.2.1
                source.ip=192.0.2.1
                user.id=u
                user_agent.original=posthog-node/4
                """);
        golden(
                LogFormat.REQUEST,
                """
                {"sluice_request":1,"format":"snowplow","peer":"192.0.2.1","method":"GET","path":"/i","query":"e=pv&duid=d",
                "headers":{"sp-anonymous":["*"],"referer":["https://example.com/a"]}}
                """,
                """
                event.action=page_view
                event.provider=usage-event
                http.request.headers.referer=[https://example.com/a]
                http.request.headers.sp-anonymous=[*]
                url.original=https://example.com/a
                """);
        golden(
                LogFormat.REQUEST,
                "{\"sluice_request\":1,\"format\":\"usage\",\"path\":\"/v1/pixel.gif\",\"query\":\"id=e&page.url=/a&consent.opt_out=1\"}",
                """
                consent.opt_out=1
                event.action=page_view
                event.provider=usage-event
                sender.event_id=e
                url.original=/a
                """);
        assertEquals(
                "[unparseable]",
                parse(LogFormat.REQUEST, "{\"sluice_request\":1,\"format\":\"combined\",\"path\":\"/\"}"));
        assertEquals("[unparseable]", parse(LogFormat.REQUEST, "[]"));
    }

    private static final String HINTS =
            """
            http.request.headers.sec-ch-ua-mobile=?0
            http.request.headers.sec-ch-ua-platform="macOS"
            http.request.headers.sec-ch-ua="Not(A\\\\\\"B)rand";v="24", "Brave";v="124\"""";

    /** The fields of the first event that the hints are read from. */
    private static String hints(LogFormat format, String record) {
        return parse(format, record)
                .lines()
                .filter(line -> line.startsWith("http.request.headers.sec-ch-ua"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    @Test
    void clientHintsOfAPayloadStandWhereTheHeadersWould() {
        String brands =
                "[{\"brand\":\"Not(A\\\\\\\"B)rand\",\"version\":\"24\"},{\"brand\":\"Brave\",\"version\":\"124\"}]";
        String data = "{\"brands\":" + brands + ",\"mobile\":false,\"platform\":\"macOS\",\"model\":\"Jane's\"}";
        assertEquals(
                HINTS,
                hints(
                        LogFormat.SEGMENT,
                        "{\"type\":\"track\",\"event\":\"a\",\"userId\":\"u\",\"context\":{\"userAgentData\":" + data
                                + "}}"));
        assertEquals(
                HINTS,
                hints(LogFormat.MATOMO, "idsite=1&rec=1&uadata=" + URLEncoder.encode(data, StandardCharsets.UTF_8)));
        assertEquals(HINTS, hints(LogFormat.MATOMO, "{\"requests\":[{\"idsite\":1,\"uadata\":" + data + "}]}"));
        String contexts =
                "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1\",\"data\":[{\"schema\":"
                        + "\"iglu:org.ietf/http_client_hints/jsonschema/1-0-0\",\"data\":"
                        + data.replace("\"mobile\"", "\"isMobile\"") + "}]}";
        assertEquals(
                HINTS,
                hints(
                        LogFormat.SNOWPLOW,
                        "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4\",\"data\":[{\"e\":\"pv\",\"cx\":\""
                                + base64(contexts) + "\"}]}"));
        assertEquals(
                "http.request.headers.sec-ch-ua-full-version-list=\"Brave\";v=\"124.1\"",
                hints(
                        LogFormat.MATOMO,
                        "idsite=1&rec=1&uadata="
                                + URLEncoder.encode(
                                        "{\"fullVersionList\":[{\"brand\":\"Brave\",\"version\":\"124.1\"}]}",
                                        StandardCharsets.UTF_8)));
    }

    @Test
    void clientHintsThatAreNoneLeaveTheEventAsItIs() {
        for (String data : List.of(
                "3",
                "\"x\"",
                "[]",
                "{\"brands\":3,\"mobile\":\"yes\",\"platform\":[]}",
                "{\"brands\":[3,{\"brand\":\"\u00e9\",\"version\":\"1\"},{\"brand\":\"Brave\"}],\"platform\":\""
                        + "x".repeat(65) + "\"}")) {
            String event = "{\"type\":\"track\",\"event\":\"a\",\"userId\":\"u\",\"context\":{\"userAgentData\":" + data
                    + "}}";
            assertEquals(List.of("event"), Parsed.of(Parsed.as(LogFormat.SEGMENT), event).calls);
            assertEquals("", hints(LogFormat.SEGMENT, event), data);
        }
        for (String data : List.of("", "%7B", "%7B%22mobile%22%3Atrue%2C%22mobile%22%3Afalse%7D", "%5B%5D", "x")) {
            String request = "idsite=1&rec=1&uadata=" + data;
            assertEquals(List.of("event"), Parsed.of(Parsed.as(LogFormat.MATOMO), request).calls);
            assertEquals("", hints(LogFormat.MATOMO, request), data);
        }
        String many = "{\"brand\":\"Brave\",\"version\":\"1\"},".repeat(300);
        assertEquals(
                "http.request.headers.sec-ch-ua=\"Brave\";v=\"1\"" + ", \"Brave\";v=\"1\"".repeat(15),
                hints(
                        LogFormat.SEGMENT,
                        "{\"type\":\"track\",\"event\":\"a\",\"userId\":\"u\",\"context\":{\"userAgentData\":{\"brands\":["
                                + many.substring(0, many.length() - 1) + "]}}}"));
    }

    @Test
    void theHintsOfARequestAreThoseOfTheBrowserThatSentIt() {
        String request =
                "{\"sluice_request\":1,\"format\":\"segment\",\"path\":\"/v1/track\",\"headers\":{\"user-agent\":[\"A/1\"],"
                        + "\"sec-ch-ua\":[\"\\\"Brave\\\";v=\\\"124\\\"\"],\"sec-ch-ua-model\":[\"\\\"M\\\"\"]},"
                        + "\"body\":\"{\\\"type\\\":\\\"track\\\",\\\"event\\\":\\\"a\\\",\\\"userId\\\":\\\"u\\\",\\\"context\\\":%s}\"}";
        String own =
                "http.request.headers.sec-ch-ua-model=[\"M\"]\nhttp.request.headers.sec-ch-ua=[\"Brave\";v=\"124\"]";
        assertEquals(own, hints(LogFormat.REQUEST, request.formatted("{}")));
        assertEquals(own, hints(LogFormat.REQUEST, request.formatted("{\\\"userAgent\\\":\\\"A/1\\\"}")));
        assertEquals(
                "",
                hints(LogFormat.REQUEST, request.formatted("{\\\"userAgent\\\":\\\"B/2\\\"}")),
                "a server sends on behalf of a browser");
        assertEquals(
                "http.request.headers.sec-ch-ua-mobile=?1",
                hints(LogFormat.REQUEST, request.formatted("{\\\"userAgentData\\\":{\\\"mobile\\\":true}}")));
    }
}
