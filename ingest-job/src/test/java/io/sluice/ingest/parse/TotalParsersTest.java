package io.sluice.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes: no parser throws, and each says something of every record. */
class TotalParsersTest {
    private static final List<String> SAMPLES = List.of(
            "192.0.2.7 - jane doe [10/Oct/2000:13:55:36 -0700] \"GET /a\\x22?b=c HTTP/1.1\" 200 2326 "
                    + "\"https://example.com/\" \"Mozilla/5.0 \\\"x\\\"\" \"-\"",
            "host - - [10/Oct/2000:13:55:36.5 +0000] \"-\" 408 -",
            "{\"type\":\"a\",\"timestamp\":\"2024-01-10T12:00:00+02:00\",\"user\":{\"id\":1},\"context\":{\"ip\":"
                    + "\"::ffff:192.0.2.1\",\"screen\":{\"width\":1,\"height\":2}},\"headers\":{\"DNT\":[\"1\"]},"
                    + "\"props\":{\"a\":[{\"b\":null},1.5e3,\"é\\ud83d\"]},\"consent\":{\"opt_out\":true}}",
            "[{\"type\":\"a\"},{\"type\":1},2,null,[]]",
            "{\"type\":\"a\"}\n{\"type\":\"b\"}",
            "[Fri Oct 08 17:08:41.203277 2021] [core:error] [client 192.0.2.1:14532] message",
            "java.lang.IllegalStateException: x\n\tat a.B.c(B.java:1)\nCaused by: y\n... 2 more",
            "#Fields: date time c-ip",
            "#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent)\n"
                    + "2024-01-10 12:00:00 192.0.2.7 GET /a 200 Mozilla/5.0+(X)",
            "Jan 10 12:00:00 lb haproxy[1]: 192.0.2.7:1234 [10/Jan/2024:12:00:00.395] web app/srv 0/0/1/2/3 200 213 "
                    + "- - ---- 1/1/0/0/0 0/0 {a|} \"GET / HTTP/1.1\"",
            "https 2024-01-10T12:00:00.186641Z app/lb/50d 192.0.2.7:2817 10.0.0.1:80 0.0 0.001 0.0 200 200 0 57 "
                    + "\"GET https://example.com:443/ HTTP/1.1\" \"curl/7\" - - arn \"Root=1\"",
            "2024/01/10 12:00:00 [error] 5#0: *1 open() failed, client: 192.0.2.7, request: \"GET / HTTP/1.1\", host: \"h\"",
            "<34>1 2024-01-10T12:00:00.003Z host app 1 ID47 [a@1 b=\"c\\\"\"][d e=\"f\"] \u001b[31mmessage",
            "I0110 12:00:00.123456   12345 file.go:53] message",
            "I, [2024-01-10T12:00:00.123456 #4711]  INFO -- : Started GET \"/a\" for 192.0.2.7 at 2024-01-10 12:00:00 +0000",
            "2024-01-10 12:00:00.862 UTC,\"u\",\"d\",87,\"192.0.2.7:1\",5f.57,1,,2024-01-10 12:00:00 UTC,4/43,0,LOG,00000,"
                    + "\"duration: 6.589 ms  statement: a \"\"b\"\"\",,,,,,,,,\"\"",
            "2024-01-10 12:00:00.406 CEST [25] u@d LOG:  00000: ready",
            "[2024-01-10T12:00:00,939][INFO ][o.e.n.Node     ] [n] [i] started",
            "[2024-01-10 12:00:00,474] TRACE [Controller id=1] Checking (kafka.controller.X)\njava.io.IOException: x",
            "2024-01-10T12:00:00.000Z  INFO 1 --- [main] c.e.App   : started",
            "time=\"2024-01-10T12:00:00Z\" level=info msg=\"a \\\"b\\\"\" c=",
            "{\"level\":30,\"time\":1704888000000,\"pid\":1,\"hostname\":\"h\",\"msg\":\"a\",\"err\":{\"stack\":\"x\"}}",
            "{\"@timestamp\":\"2024-01-10T12:00:00Z\",\"agent\":{\"type\":\"filebeat\"},\"message\":\"{\\\"log\\\":\\\"x\\\","
                    + "\\\"stream\\\":\\\"stdout\\\"}\"}",
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1704888000000000000\",\"body\":"
                    + "{\"stringValue\":\"a\"}},1]}]}]}",
            "{\"request\":{\"remote_ip\":\"192.0.2.7\",\"method\":\"GET\",\"uri\":\"/\",\"headers\":{\"A\":[\"b\"]}},\"status\":200,"
                    + "\"ts\":1704888000.5,\"duration\":0.1}",
            "{\"batch\":[{\"type\":\"track\",\"event\":\"a\",\"userId\":1,\"messageId\":\"m\",\"context\":{\"ip\":\"::1\","
                    + "\"screen\":{\"width\":1,\"height\":2},\"consent\":{\"gpc\":true}}},{\"type\":\"page\"},3],\"context\":{}}",
            "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4\",\"data\":[{\"e\":\"ue\","
                    + "\"ue_px\":\"eyJkYXRhIjp7InNjaGVtYSI6ImlnbHU6YS9iL2pzb25zY2hlbWEvMS0wLTAiLCJkYXRhIjp7fX19\",\"dtm\":\"1704888000250\","
                    + "\"cx\":\"eyJkYXRhIjpbeyJkYXRhIjoxfV19\"}]}",
            "/matomo.php?idsite=1&rec=1&url=https%3A%2F%2Fexample.com%2F&cdt=2024-01-10+12:00:00&e_c=a&_id=%C3%A9",
            "{\"requests\":[\"?idsite=1&rec=1\",{\"idsite\":1}],\"token_auth\":\"x\"}",
            "{\"client_id\":\"c\",\"timestamp_micros\":1704888000250000,\"consent\":1,\"events\":[{\"name\":\"a\",\"params\":"
                    + "{\"session_id\":1}}]}",
            "{\"api_key\":\"k\",\"batch\":[{\"event\":\"$pageview\",\"distinct_id\":\"d\",\"properties\":{\"$ip\":\"192.0.2.1\","
                    + "\"$groups\":{\"company\":1}},\"$set\":{\"email\":\"j@example.com\"}}]}",
            "{\"transaction\":{\"id\":\"t\",\"trace_id\":\"r\",\"type\":\"a\",\"duration\":1.5,\"timestamp\":1704888000250999,"
                    + "\"span_count\":{\"started\":1},\"context\":{\"request\":{\"socket\":{\"remote_address\":\"[::1]:1\"},\"url\":"
                    + "{\"raw\":\"/\"},\"headers\":{\"Cookie\":[\"a=b\"]},\"cookies\":{\"c\":1}},\"user\":{\"id\":1}}}}",
            "{\"m\":{\"se\":{\"n\":\"a\",\"a\":{\"n\":\"js\",\"ve\":\"1\"}}}}\n{\"e\":{\"id\":\"e\",\"ex\":{\"mg\":\"m\",\"st\":"
                    + "[{\"f\":\"a\",\"li\":1},2]}}}\n{\"log\":{\"message\":\"m\",\"@timestamp\":\"x\",\"log\":{\"level\":1}}}",
            "data=W3siZXZlbnQiOiJhIn1d&compression=base64",
            "{\"sluice_request\":1,\"format\":\"segment\",\"peer\":\"192.0.2.1\",\"path\":\"/v1/track\",\"query\":\"a=b\","
                    + "\"headers\":{\"dnt\":[\"1\"],\"sp-anonymous\":1},\"body\":\"{\\\"event\\\":\\\"a\\\"}\"}",
            "été 日本 \uFFFD");

    private static final Map<SourceOptions, LogParser> PARSERS = new HashMap<>();

    private static void check(byte[] bytes) {
        check(bytes, List.of(Framing.LINE, Framing.WHOLE, new Framing.JsonLines("/props/a/0")));
    }

    private static void check(byte[] bytes, List<Framing> framings) {
        for (LogFormat format : LogFormat.values()) {
            for (Framing framing : framings) {
                SourceOptions options = declared(Parsed.as(format).withFraming(framing));
                LogParser parser = PARSERS.computeIfAbsent(options, LogParsers::forOptions);
                Parsed direct = new Parsed();
                parser.parse(Bytes.of(bytes), direct);
                assertFalse(direct.calls.isEmpty(), format + " said nothing");
                RecordList cut = new RecordList();
                Records.cut(Bytes.of(bytes), options, cut);
                for (Bytes record : cut.records) {
                    Parsed parsed = new Parsed();
                    parser.parse(record, parsed);
                    assertFalse(parsed.calls.isEmpty(), format + " said nothing");
                }
            }
        }
    }

    /** With a format string for those that take one. */
    private static SourceOptions declared(SourceOptions options) {
        String string =
                switch (options.format()) {
                    case NGINX -> "$remote_addr - $remote_user [$time_local] \"$request\" $status $uri$is_args$args";
                    case APACHE -> "%h %l %u %t \\\"%r\\\" %>s %b %U%q %{%Y-%m-%d}t %D";
                    case PATTERN -> "%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p [%t] %c{1} - %m%n";
                    case W3C -> "#Fields: date time c-ip cs-method";
                    default -> null;
                };
        return new SourceOptions(
                options.format(),
                string,
                options.framing(),
                options.dataset(),
                options.zone(),
                options.trustedProxies());
    }

    @Test
    void samplesCutOffAtEveryByte() {
        for (String sample : SAMPLES) {
            byte[] bytes = sample.getBytes(StandardCharsets.UTF_8);
            for (int end = 0; end <= bytes.length; end += 1 + end / 25) {
                check(Bytes.of(bytes).slice(0, end).copy());
                check(Bytes.of(bytes).slice(end, bytes.length).copy());
            }
        }
    }

    @Test
    void mutatedSamples() {
        Random random = new Random(42);
        byte[] pool = "\"\\[]{}:,-/ \t\r\n.0xeE\0é\u20ac".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1_500; i++) {
            byte[] bytes = SAMPLES.get(random.nextInt(SAMPLES.size())).getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(6); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] =
                        random.nextBoolean() ? (byte) random.nextInt(256) : pool[random.nextInt(pool.length)];
            }
            check(bytes);
        }
    }

    @Test
    void largeAndDeepRecordsAreRefusedByReason() {
        for (LogFormat format : LogFormat.values()) {
            Parsed parsed = Parsed.of(Parsed.as(format), "a".repeat(1024 * 1024 + 1));
            assertEquals(List.of("too-large"), parsed.calls, format.label());
        }
        check("[".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII), List.of(Framing.LINE));
        check("{\"a\":".repeat(200_000).getBytes(StandardCharsets.US_ASCII), List.of(Framing.LINE));
        check("\"".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII), List.of(Framing.LINE));
        check("1".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII), List.of(Framing.LINE));
        check(("{\"type\":" + "9".repeat(1_000_000) + "}").getBytes(StandardCharsets.US_ASCII), List.of(Framing.LINE));
        check(
                ("{\"type\":\"a\",\"props\":{\"n\":" + "9".repeat(900_000) + "e9}}")
                        .getBytes(StandardCharsets.US_ASCII),
                List.of(Framing.LINE));
    }
}
