package io.sluice.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
            "été 日本 \uFFFD");

    private static void check(byte[] bytes) {
        check(bytes, List.of(Framing.LINE, Framing.WHOLE, new Framing.JsonLines("/props/a/0")));
    }

    private static void check(byte[] bytes, List<Framing> framings) {
        for (LogFormat format : LogFormat.values()) {
            for (Framing framing : framings) {
                SourceOptions options = Parsed.as(format).withFraming(framing);
                LogParser parser = LogParsers.forOptions(options);
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

    @Test
    void samplesCutOffAtEveryByte() {
        for (String sample : SAMPLES) {
            byte[] bytes = sample.getBytes(StandardCharsets.UTF_8);
            for (int end = 0; end <= bytes.length; end++) {
                check(Bytes.of(bytes).slice(0, end).copy());
                check(Bytes.of(bytes).slice(end, bytes.length).copy());
            }
        }
    }

    @Test
    void mutatedSamples() {
        Random random = new Random(42);
        byte[] pool = "\"\\[]{}:,-/ \t\r\n.0xeE\0é\u20ac".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 6_000; i++) {
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
