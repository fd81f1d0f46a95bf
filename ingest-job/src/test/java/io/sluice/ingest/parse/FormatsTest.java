package io.sluice.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.parse.time.YearlessTime;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden pairs of every format: a line as it is written, and what is read of it; as its format and in auto alike. */
class FormatsTest {
    private static Parsed declared(LogFormat format, String string, String record) {
        SourceOptions d = SourceOptions.DEFAULT;
        return Parsed.of(
                new SourceOptions(format, string, d.framing(), d.dataset(), d.zone(), d.trustedProxies()), record);
    }

    /** Both by name and in auto. */
    private static void golden(LogFormat format, String record, String expected) {
        assertEquals(expected.strip(), Parsed.of(Parsed.as(format), record).text(), format.label());
        assertEquals(expected.strip(), Parsed.of(SourceOptions.DEFAULT, record).text(), "auto for " + format.label());
    }

    @Test
    void nginxByItsFormat() {
        assertEquals(
                """
                @timestamp=2024-01-10T12:00:00Z
                event.duration=5000000
                event.provider=access-log
                extra.nginx.upstream_addr=10.0.0.1:80, 10.0.0.2:80
                http.request.headers.cookie=analytics_opt_out=1
                http.request.headers.sec-gpc=1
                http.request.method=GET
                http.response.status_code=200
                http.version=1.1
                source.address=192.0.2.7
                source.ip=192.0.2.7
                url.original=/a?b=\"c""",
                declared(
                                LogFormat.NGINX,
                                "log_format main '$remote_addr [$time_local] \"$request\" $status '\n"
                                        + "  '\"$http_sec_gpc\" \"$cookie_analytics_opt_out\" \"$upstream_addr\" $request_time';",
                                "192.0.2.7 [10/Jan/2024:13:00:00 +0100] \"GET /a?b=\\x22c HTTP/1.1\" 200 \"1\" \"1\" "
                                        + "\"10.0.0.1:80, 10.0.0.2:80\" 0.005")
                        .text());
        assertEquals(
                """
                event.provider=access-log
                http.request.method=GET
                http.response.status_code=200
                url.original=/a?b=c
                user_agent.original=x "y" é""",
                declared(
                                LogFormat.NGINX,
                                "escape=json '{\"m\":\"$request_method\",\"u\":\"$uri$is_args$args\",\"s\":$status,\"a\":\"$http_user_agent\"}'",
                                "{\"m\":\"GET\",\"u\":\"/a?b=c\",\"s\":200,\"a\":\"x \\\"y\\\" é\"}")
                        .text());
        assertEquals(List.of("truncated"), declared(LogFormat.NGINX, "combined", "192.0.2.7 - - [10/Jan").calls);
        assertEquals(
                List.of("unparseable"), declared(LogFormat.NGINX, "$status $msec", "200 1704888000.000 more").calls);
    }

    @Test
    void clientHintsOfAccessLogsAreHeadersOfTheirOwnNames() {
        String brands = "\"Brave\";v=\"124\"";
        String fields = "http.request.headers.sec-ch-ua-platform=\"Windows\"\nhttp.request.headers.sec-ch-ua=" + brands;
        List<Parsed> written = List.of(
                declared(
                        LogFormat.NGINX,
                        "\"$http_sec_ch_ua\" \"$http_sec_ch_ua_platform\" \"$http_sec_ch_ua_mobile\"",
                        "\"\\x22Brave\\x22;v=\\x22124\\x22\" \"\\x22Windows\\x22\" \"-\""),
                declared(
                        LogFormat.NGINX,
                        "escape=json {\"a\":\"$http_sec_ch_ua\",\"b\":\"$http_sec_ch_ua_platform\"}",
                        "{\"a\":\"\\\"Brave\\\";v=\\\"124\\\"\",\"b\":\"\\\"Windows\\\"\"}"),
                declared(
                        LogFormat.APACHE,
                        "\"%{Sec-CH-UA}i\" \"%{Sec-CH-UA-Platform}i\" \"%{Sec-CH-UA-Mobile}i\"",
                        "\"\\\"Brave\\\";v=\\\"124\\\"\" \"\\\"Windows\\\"\" \"-\""),
                Parsed.of(
                        SourceOptions.DEFAULT,
                        "{\"ts\":1704888000,\"status\":200,\"request\":{\"method\":\"GET\",\"uri\":\"/\",\"headers\":{"
                                + "\"Sec-Ch-Ua\":[\"\\\"Brave\\\";v=\\\"124\\\"\"],\"Sec-Ch-Ua-Platform\":[\"\\\"Windows\\\"\"]}}}"),
                Parsed.of(
                        SourceOptions.DEFAULT,
                        "{\"RequestMethod\":\"GET\",\"RequestPath\":\"/\",\"request_Sec-Ch-Ua\":\"\\\"Brave\\\";v=\\\"124\\\"\","
                                + "\"request_Sec-Ch-Ua-Platform\":\"\\\"Windows\\\"\"}"),
                Parsed.of(
                        SourceOptions.DEFAULT,
                        "{\"method\":\"GET\",\"path\":\"/\",\"response_code\":200,\"start_time\":\"2024-01-10T12:00:00Z\","
                                + "\"request_headers\":{\"sec-ch-ua\":\"\\\"Brave\\\";v=\\\"124\\\"\",\"sec-ch-ua-platform\":"
                                + "\"\\\"Windows\\\"\"}}"));
        for (Parsed parsed : written) {
            assertEquals(
                    fields,
                    String.join(
                            "\n",
                            parsed.text()
                                    .lines()
                                    .filter(line -> line.contains("sec-ch-ua"))
                                    .sorted()
                                    .toList()),
                    parsed.text());
        }
    }

    @Test
    void apacheByItsFormat() {
        assertEquals(
                """
                @timestamp=2024-01-10T12:00:00.250Z
                destination.domain=www.example.com
                destination.port=443
                event.duration=1500000
                event.provider=access-log
                http.request.headers.x-id=a"b
                http.request.method=GET
                http.response.body.bytes=5
                http.response.status_code=200
                http.version=1.1
                source.address=2001:db8::7
                source.ip=2001:db8::7
                url.original=/a?b=c""",
                declared(
                                LogFormat.APACHE,
                                "LogFormat \"%v:%p %a %{%Y-%m-%d %T}t.%{msec_frac}t %m %U%q %H %>s %b %D \\\"%400,501{X-Id}i\\\"\" x",
                                "www.example.com:443 2001:db8::7 2024-01-10 12:00:00.250 GET /a?b=c HTTP/1.1 200 5 1500 \"a\\\"b\"")
                        .text());
        for (String wrong : List.of("%", "%Z", "%{x", "%h%l%u%r%h", "plain")) {
            assertThrows(IllegalArgumentException.class, () -> declared(LogFormat.APACHE, wrong, "x"), wrong);
        }
        assertThrows(IllegalArgumentException.class, () -> declared(LogFormat.NGINX, "$http_a$http_b", "x"));
    }

    /** Fields as they are read, one behind the other. */
    private static String read(LogFormat format, String string, String record) {
        return declared(format, string, record).text().replace("\n", " ").replace("event.provider=access-log ", "");
    }

    @Test
    void aRequestWithoutArgumentsIsReadByPathAndArgumentsSideBySide() {
        assertEquals(
                "http.request.method=GET http.response.status_code=200 url.original=/a",
                read(LogFormat.APACHE, "%m %U%q %>s", "GET /a 200"));
        assertEquals(
                "http.response.status_code=200 url.original=/a b?c",
                read(LogFormat.APACHE, "\\\"%U%q\\\" %>s", "\"/a b?c\" 200"));
        String nginx = "$uri$is_args$args $status";
        // nginx writes a dash for arguments that are absent.
        assertEquals("http.response.status_code=200 url.original=/a", read(LogFormat.NGINX, nginx, "/a- 200"));
        assertEquals("http.response.status_code=200 url.original=/a-?b", read(LogFormat.NGINX, nginx, "/a-?b 200"));
        assertEquals(
                "http.response.status_code=200 url.original=/a-",
                read(LogFormat.NGINX, "escape=json " + nginx, "/a- 200"));
        assertEquals(
                "http.response.status_code=200 url.original=/a?b",
                read(LogFormat.NGINX, "\"$uri\" $status", "\"/a?b\" 200"));
        assertEquals("url.original=/a??b", read(LogFormat.NGINX, "$uri $args", "/a ?b"));
    }

    @Test
    void whatADirectiveLogsEndsWhereItsFormEnds() {
        assertEquals(
                "http.response.body.bytes=5 http.response.status_code=200", read(LogFormat.APACHE, "%b-%s", "5-200"));
        assertEquals(
                "extra.nginx.upstream_response_time=0.001, 0.002 : 0.003 extra.nginx.upstream_status=502, 200 : 200 "
                        + "http.response.status_code=200",
                read(
                        LogFormat.NGINX,
                        "$upstream_response_time $upstream_status $status",
                        "0.001, 0.002 : 0.003 502, 200 : 200 200"));
        assertEquals(
                "@timestamp=2024-01-10T12:00:00Z http.response.status_code=200",
                read(LogFormat.APACHE, "%{end}t %s", "[10/Jan/2024:12:00:00 +0000] 200"));
        for (String wrong : List.of("$bytes_sent$status", "$uri$args", "$request_method$uri", "$host$http_a")) {
            assertThrows(IllegalArgumentException.class, () -> declared(LogFormat.NGINX, wrong, "x"), wrong);
        }
        assertThrows(IllegalArgumentException.class, () -> declared(LogFormat.APACHE, "%I%O", "x"));
        assertEquals(
                "destination.domain=example.com url.original=/a?b",
                read(LogFormat.NGINX, "$host$request_uri", "example.com/a?b"));
    }

    @Test
    void otherWebServers() {
        golden(
                LogFormat.VHOST,
                "www.example.com:443 192.0.2.7 - - [10/Jan/2024:12:00:00 +0000] \"GET / HTTP/1.1\" 200 5",
                """
                @timestamp=2024-01-10T12:00:00Z
                destination.domain=www.example.com
                destination.port=443
                event.provider=access-log
                http.request.method=GET
                http.response.body.bytes=5
                http.response.status_code=200
                http.version=1.1
                source.address=192.0.2.7
                source.ip=192.0.2.7
                url.original=/""");
        golden(
                LogFormat.NGINX_ERROR,
                "2024/01/10 12:00:00 [error] 54#7: *1 open() failed, client: 192.0.2.7, server: s, request: "
                        + "\"GET /a HTTP/1.1\", host: \"www.example.com\"",
                """
                @timestamp=2024-01-10T12:00:00Z
                destination.domain=www.example.com
                event.provider=application-log
                extra.nginx.connection=1
                http.request.method=GET
                http.version=1.1
                log.level=error
                message=open() failed, client: 192.0.2.7, server: s, request: "GET /a HTTP/1.1", host: "www.example.com"
                process.pid=54
                process.thread.id=7
                source.address=192.0.2.7
                source.ip=192.0.2.7
                url.original=/a""");
        golden(
                LogFormat.APACHE_ERROR,
                "[Wed Jan 10 12:00:00.902022 2024] [core:error] [pid 35:tid 43] [client 192.0.2.7:1234] AH1: no file",
                """
                @timestamp=2024-01-10T12:00:00.902Z
                event.provider=application-log
                extra.apache.module=core
                log.level=error
                message=AH1: no file
                process.pid=35
                process.thread.id=43
                source.address=192.0.2.7
                source.ip=192.0.2.7
                source.port=1234""");
    }

    @Test
    void proxiesAndBalancers() {
        String haproxy = "Jan 10 12:00:00 lb haproxy[1]: 192.0.2.7:1234 [10/Jan/2024:12:00:00.395] web app/s1 "
                + "0/0/1/2/3 200 213 - - ---- 1/1/0/0/0 0/0 {a|} \"GET /a HTTP/1.1\"";
        golden(
                LogFormat.HAPROXY,
                haproxy,
                """
                @timestamp=2024-01-10T12:00:00.395Z
                event.duration=3000000
                event.provider=access-log
                extra.haproxy.backend=app
                extra.haproxy.connections=1/1/0/0/0
                extra.haproxy.frontend=web
                extra.haproxy.queues=0/0
                extra.haproxy.request_headers=a|
                extra.haproxy.server=s1
                extra.haproxy.termination_state=----
                extra.haproxy.timers=0
                extra.haproxy.timers.connect=1
                extra.haproxy.timers.response=2
                extra.haproxy.timers.wait=0
                http.request.method=GET
                http.response.bytes=213
                http.response.status_code=200
                http.version=1.1
                source.address=192.0.2.7
                source.ip=192.0.2.7
                source.port=1234
                url.original=/a""");
        String alb = "https 2024-01-10T12:00:00.186641Z app/lb/50 192.0.2.7:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 "
                + "0 57 \"GET https://www.example.com:443/a HTTP/1.1\" \"curl/7\" - - arn \"Root=1\"";
        assertTrue(Parsed.of(SourceOptions.DEFAULT, alb).text().contains("url.original=https://www.example.com:443/a"));
        assertTrue(Parsed.of(SourceOptions.DEFAULT, alb).text().contains("user_agent.original=curl/7\n")
                || Parsed.of(SourceOptions.DEFAULT, alb).text().endsWith("user_agent.original=curl/7"));
    }

    @Test
    void columnsOfW3cAreDeclaredOrStandAbove() {
        String fields =
                "#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status time-taken cs(User-Agent)";
        String line = "2024-01-10 12:00:00 192.0.2.7 GET /a b=c 200 15 Mozilla/5.0+(X)";
        String expected =
                """
                @timestamp=2024-01-10T12:00:00Z
                event.duration=15000000
                event.provider=access-log
                http.request.method=GET
                http.response.status_code=200
                source.address=192.0.2.7
                source.ip=192.0.2.7
                url.original=/a?b=c
                user_agent.original=Mozilla/5.0 (X)""";
        assertEquals(expected, declared(LogFormat.W3C, fields, line).text());
        RecordList cut = new RecordList();
        Records.cut(Bytes.of(fields + "\n" + line + "\n" + line), SourceOptions.DEFAULT, cut);
        assertEquals(3, cut.records.size());
        assertEquals(List.of("header"), Parsed.of(SourceOptions.DEFAULT, cut.records.get(0)).calls);
        assertEquals(
                expected, Parsed.of(SourceOptions.DEFAULT, cut.records.get(2)).text());
        assertEquals(List.of("unparseable"), Parsed.of(Parsed.as(LogFormat.W3C), line).calls, "no columns are known");
        assertEquals(
                "event.provider=text\nmessage=plain",
                Parsed.of(SourceOptions.DEFAULT, fields + "\nplain").text());
    }

    @Test
    void applications() {
        golden(
                LogFormat.JAVA,
                "2024-01-10T12:00:00.123+01:00  INFO 7 --- [           main] c.e.App                  : started\n\tat x",
                """
                @timestamp=2024-01-10T11:00:00.123Z
                event.provider=application-log
                log.level=INFO
                log.logger=c.e.App
                message=started
                	at x
                process.pid=7
                process.thread.name=main""");
        golden(
                LogFormat.KAFKA,
                "[2024-01-10 12:00:00,474] TRACE [Controller id=1] Checking (kafka.Controller)\njava.io.IOException: x",
                """
                @timestamp=2024-01-10T12:00:00.474Z
                error.stack_trace=java.io.IOException: x
                event.provider=application-log
                extra.mdc.component=Controller id=1
                log.level=TRACE
                log.logger=kafka.Controller
                message=Checking""");
        golden(
                LogFormat.POSTGRESQL,
                "2024-01-10 12:00:00.406 UTC [25] LOG:  00000: ready",
                """
                @timestamp=2024-01-10T12:00:00.406Z
                event.provider=application-log
                extra.postgresql.prefix=[25]
                extra.postgresql.sql_state_code=00000
                log.level=LOG
                message=ready
                process.pid=25""");
        golden(
                LogFormat.LOGFMT,
                "time=\"2024-01-10T12:00:00Z\" level=info msg=\"a \\\"b\\\"\" user=jane",
                """
                @timestamp=2024-01-10T12:00:00Z
                event.provider=application-log
                extra.user=jane
                log.level=info
                message=a "b\"""");
        golden(
                LogFormat.RAILS,
                "I, [2024-01-10T12:00:00.123456 #4711]  INFO -- : Started GET \"/a\" for 192.0.2.7 at 2024-01-10 12:00:00 +0000",
                """
                @timestamp=2024-01-10T12:00:00.123Z
                event.provider=application-log
                http.request.method=GET
                log.level=INFO
                message=Started GET "/a" for 192.0.2.7 at 2024-01-10 12:00:00 +0000
                process.pid=4711
                source.address=192.0.2.7
                source.ip=192.0.2.7
                url.original=/a""");
    }

    @Test
    void aDeclaredPattern() {
        assertEquals(
                """
                @timestamp=2024-01-10T12:00:00.123Z
                event.provider=application-log
                extra.mdc.user=jane
                log.level=WARN
                log.logger=c.e.App
                message=late
                  more
                process.thread.name=main""",
                declared(
                                LogFormat.PATTERN,
                                "%d{yyyy-MM-dd HH:mm:ss.SSS} %highlight(%-5level) [%thread] %logger{36} {%X{user}} - %msg%n",
                                "2024-01-10 12:00:00.123 \u001b[31mWARN \u001b[0m [main] c.e.App {jane} - late\n  more")
                        .text());
        assertThrows(IllegalArgumentException.class, () -> declared(LogFormat.PATTERN, "%qqq", "x"));
    }

    @Test
    void syslogAndTimesWithoutAYear() {
        assertEquals(
                """
                @timestamp=2024-01-10T12:00:00.003Z
                event.code=ID47
                event.provider=application-log
                extra.syslog.a@1.b=c"d
                host.hostname=host
                log.level=critical
                log.syslog.facility.code=4
                log.syslog.severity.code=2
                message=it failed
                process.name=app
                process.pid=7""",
                Parsed.of(
                                SourceOptions.DEFAULT,
                                "<34>1 2024-01-10T12:00:00.003Z host app 7 ID47 [a@1 b=\"c\\\"d\"] it failed")
                        .text());
        Event event = Parsed.of(SourceOptions.DEFAULT, "Dec 31 23:59:00 host sshd[7]: closed")
                .events
                .get(0);
        assertEquals("--12-31T23:59:00.000", event.text(Fields.TIMESTAMP));
        YearlessTime.settle(
                event, ZoneOffset.UTC, Instant.parse("2024-01-01T00:00:10Z").toEpochMilli());
        assertTrue(Parsed.text(event).startsWith("@timestamp=2023-12-31T23:59:00Z\n"), "the year that is nearest");
        Event klog = Parsed.of(SourceOptions.DEFAULT, "W0229 09:14:58.5   12 a.go:53] late")
                .events
                .get(0);
        YearlessTime.settle(
                klog, ZoneOffset.UTC, Instant.parse("2025-03-01T00:00:00Z").toEpochMilli());
        assertTrue(
                Parsed.text(klog).startsWith("@timestamp=2024-02-29T09:14:58.500Z\n"), "a day that not every year has");
        assertEquals("warning", klog.text(Fields.LOG_LEVEL));
        YearlessTime.settle(event.set(Fields.TIMESTAMP, "--13-41"), ZoneOffset.UTC, 0);
        assertTrue(!event.has(Fields.TIMESTAMP));
    }

    @Test
    void jsonLinesByTheirNames() {
        assertEquals(
                """
                @timestamp=2024-01-10T12:00:00.500Z
                event.provider=application-log
                extra.hostname=h
                extra.pid=1
                extra.user=jane
                log.level=info
                message=done""",
                Parsed.of(
                                SourceOptions.DEFAULT,
                                "{\"level\":30,\"time\":1704888000500,\"pid\":1,\"hostname\":\"h\",\"msg\":\"\\u001b[32mdone\\u001b[0m\",\"user\":\"jane\"}")
                        .text());
        assertEquals(
                """
                @timestamp=2024-01-10T12:00:00Z
                event.provider=access-log
                extra.logger=http.log.access
                http.request.method=GET
                http.response.status_code=200
                http.version=2.0
                signals.visible=true
                source.address=192.0.2.7
                source.ip=192.0.2.7
                url.original=/a
                user_agent.original=curl/8""",
                Parsed.of(
                                SourceOptions.DEFAULT,
                                "{\"logger\":\"http.log.access\",\"ts\":1704888000.0,\"request\":{\"remote_ip\":\"192.0.2.7\",\"method\":\"GET\","
                                        + "\"uri\":\"/a\",\"proto\":\"HTTP/2.0\",\"headers\":{\"User-Agent\":[\"curl/8\"]}},\"status\":200}")
                        .text());
        assertEquals(
                "event.provider=json\nextra.source.geo.country_iso_code=CA",
                Parsed.of(SourceOptions.DEFAULT, "{\"source\":{\"geo\":{\"country_iso_code\":\"CA\"}}}")
                        .text(),
                "what is no log stays out of the names of others");
    }

    @Test
    void envelopesAreUnwrapped() {
        String access = "192.0.2.7 - - [10/Jan/2024:12:00:00 +0000] \\\"GET / HTTP/1.1\\\" 200 5";
        for (String envelope : List.of(
                "{\"@timestamp\":\"2024-01-11T00:00:00Z\",\"agent\":{\"type\":\"filebeat\"},\"message\":\"%s\"}",
                "{\"date\":1704888000.5,\"log\":\"%s\\n\",\"stream\":\"stdout\"}",
                "{\"message\":\"%s\",\"source_type\":\"file\",\"timestamp\":\"2024-01-11T00:00:00Z\"}",
                "{\"msg\":\"%s\",\"syslogtag\":\"nginx:\",\"timereported\":\"2024-01-11T00:00:00Z\"}",
                "{\"MESSAGE\":\"%s\",\"__REALTIME_TIMESTAMP\":\"1704888000000000\",\"PRIORITY\":\"6\"}",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"%s\"}}]}]}]}")) {
            Parsed parsed = Parsed.of(SourceOptions.DEFAULT, String.format(envelope, access));
            assertEquals(List.of("event"), parsed.calls, envelope);
            Event event = parsed.events.get(0);
            assertEquals("access-log", event.text(Fields.EVENT_PROVIDER), envelope);
            assertEquals("192.0.2.7", event.text(Fields.SOURCE_IP), envelope);
            assertTrue(
                    Parsed.text(event).startsWith("@timestamp=2024-01-10T12:00:00Z\n"),
                    "the line's own time: " + envelope);
        }
        String deep = "{\"log\":\"x\",\"stream\":\"s\"}";
        for (int i = 0; i < 6; i++) {
            deep = "{\"stream\":\"s\",\"log\":\"" + deep.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        }
        assertEquals(List.of("too-deep"), Parsed.of(SourceOptions.DEFAULT, deep).calls);
    }

    @Test
    void aBadEventOfABatchFailsAlone() {
        assertEquals(
                List.of("event", "unparseable", "event"),
                Parsed.of(
                                SourceOptions.DEFAULT,
                                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"a\"}},1,"
                                        + "{\"body\":{\"stringValue\":\"b\"}}]}]}]}")
                        .calls);
    }

    @Test
    void aShapeTellsNoValue() {
        assertEquals(
                "9.9.9.9 - Aa{4} [9/Aa/9{4}:9 +9{4}] \"A /a-x\"…".replace("…", ""),
                RecordShape.of(Bytes.of("192.0.2.7 - Jane [10/Jan/2024:12 +0000] \"GET /ab-é\"")));
        assertTrue(RecordShape.of(Bytes.of("x ".repeat(1_000))).length() <= 260);
    }

    @Test
    void anExplanationSaysWhatWasSeen() {
        Explanation seen = LogParsers.forOptions(SourceOptions.DEFAULT)
                .explain(Bytes.of("W0229 09:14:58.500000   12 a.go:53] late"), new Parsed());
        assertEquals("klog", seen.format());
    }
}
