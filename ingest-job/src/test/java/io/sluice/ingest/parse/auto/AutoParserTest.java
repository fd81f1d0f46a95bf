package io.sluice.ingest.parse.auto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.ingest.parse.Parsed;
import io.sluice.ingest.parse.SourceOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoParserTest {
    private static final String ACCESS =
            "192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET /clients/jane-doe HTTP/1.0\" " + "200 5 \"-\" \"curl/8\"";

    private static Parsed parse(String record) {
        return Parsed.of(SourceOptions.DEFAULT, record);
    }

    /** What was seen in it: the provider of its one event, or the calls. */
    private static String seen(String record) {
        Parsed parsed = parse(record);
        return parsed.text()
                .lines()
                .filter(line -> line.startsWith("event.provider="))
                .map(line -> line.substring(15))
                .findFirst()
                .orElse(parsed.calls.toString());
    }

    @Test
    void formatsAreToldByTheirFirstBytes() {
        assertEquals("usage-event", seen(" {\"type\":\"a\"}"));
        assertEquals("usage-event", seen("\uFEFF[{\"type\":\"a\"}]"));
        assertEquals("access-log", seen(ACCESS));
        assertEquals("access-log", seen(ACCESS.substring(0, ACCESS.indexOf(" \"-\""))));
        assertEquals("text", seen("Server started in 5 s"));
        assertEquals("text", seen("\tat a.B.c(B.java:1)"));
        assertEquals("text", seen("192.0.2.1 connected"));
        assertEquals("[header]", seen("#Fields: date time"));
        assertEquals("text", seen("# a comment"));
    }

    @Test
    void otherJsonKeepsItsValuesOutOfTheNamesOfOthers() {
        assertEquals(
                """
                event.provider=json
                extra.event.provider=x
                extra.level=info
                extra.source.ip=192.0.2.1
                extra.tags=[a,{b:1}]""",
                parse(
                                """
                                {"level":"info","source":{"ip":"192.0.2.1"},"tags":["a",{"b":1}],"event":{"provider":"x"}}
                                """)
                        .text());
        assertEquals(
                "event.provider=json\nextra=[1,{a:2}]", parse("[1,{\"a\":2}]").text());
        assertEquals("event.provider=json\nextra=-0.1", parse("-0.1").text());
        assertEquals("event.provider=json", parse("null").text());
        assertEquals(
                "event.provider=json\nextra=[{a:1},{b:2}]",
                parse("{\"a\":1}\n{\"b\":2}").text());
    }

    @Test
    void aBatchWithOneUsageEventIsABatchOfUsageEvents() {
        assertEquals(List.of("missing-type", "event"), parse("[{\"a\":1},{\"type\":\"b\"}]").calls);
    }

    @Test
    void brokenJsonIsNeverText() {
        for (String record : List.of(
                "{\"a\":1",
                "{client: jane}",
                "[1,]",
                "[1]x",
                "[True]",
                "\"x",
                "{} x",
                "[x] ",
                "[a, \"b\"] c",
                "{",
                "[")) {
            assertEquals("[invalid-json]", seen(record), record);
        }
        assertEquals("[too-deep]", seen("[".repeat(20_000)));
        assertEquals("[too-deep]", seen("{\"a\":" + "[".repeat(300) + "]".repeat(300) + "}"));
    }

    @Test
    void logLinesMayBeginWithAWordInBrackets() {
        assertEquals("text", seen("[INFO] started"));
        assertEquals("application-log", seen("[Fri Oct 08 17:08:41.203277 2021] [core:error] [pid 7] message"));
        assertEquals("text", seen("[1] process 7"));
    }

    @Test
    void whatBeginsAsAnAccessLogIsNeverText() {
        for (int end = 1; end < ACCESS.length(); end++) {
            String seen = seen(ACCESS.substring(0, end));
            boolean isCommon = ACCESS.substring(0, end).matches(".*\" 200 5 ?");
            boolean isWholePeer = end >= "192.0.2.1".length() && !isCommon;
            if (isCommon) {
                assertEquals("access-log", seen);
            } else if (isWholePeer) {
                assertEquals("[truncated]", seen, ACCESS.substring(0, end));
            }
        }
        assertEquals("[unparseable]", seen(ACCESS.replace("10/Oct", "99/Oct")));
        assertEquals("[unparseable]", seen(ACCESS.replace(" 200 ", " OK ")));
        assertEquals("[unparseable]", seen("192.0.2.1 - jane entered the room"));
    }

    @Test
    void aPieceOfAnAccessLogIsNeverText() {
        for (int from = 1; from < ACCESS.indexOf(" 200"); from++) {
            String seen = seen(ACCESS.substring(from));
            if (!seen.equals("access-log")) {
                assertEquals('[', seen.charAt(0), ACCESS.substring(from));
            }
        }
        assertEquals("access-log", seen("Sep 15 16:13:46 host nginx[2869]: " + ACCESS), "a message of syslog");
        assertEquals("[unparseable]", seen("Sep 15 16:13:46 host nginx[2869]: x " + ACCESS.replace(" 200 ", " OK ")));
        assertEquals("access-log", seen("example.com " + ACCESS), "behind its virtual host");
    }

    @Test
    void whatHasNoLetterIsNoText() {
        for (String record : List.of(" ", "]", "2@", "<.>", "*", "----", "\u0000", "\uFFFD", "\uFEFF", "12:30")) {
            assertEquals("[unparseable]", seen(record), record);
        }
        assertEquals("text", seen("é"));
        assertEquals("text", seen("日"));
    }
}
