package io.sluice.ingest.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsTest {
    private static final String ACCESS = "192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 5";

    private static List<String> cut(LogFormat format, Framing framing, String value) {
        RecordList list = new RecordList();
        Records.cut(Bytes.of(value), Parsed.as(format).withFraming(framing), list);
        return list.calls;
    }

    private static List<String> lines(String value) {
        return cut(LogFormat.COMMON, Framing.LINE, value);
    }

    private static List<String> auto(String value) {
        return cut(LogFormat.AUTO, Framing.LINE, value);
    }

    @Test
    void aLineEndsAtLfAndOnlyThere() {
        assertEquals(List.of("0+1:a", "1+1:b"), lines("a\nb\n"));
        assertEquals(List.of("0+1:a", "1+1:b"), lines("a\r\nb"));
        assertEquals(List.of("0+1:a\rb\u2028c\u0085d\fe"), lines("a\rb\u2028c\u0085d\fe\n"));
        assertEquals(List.of("0+1:a\r"), lines("a\r"), "a CR without LF behind it is no line end");
        assertEquals(List.of("0+1:a\r"), lines("a\r\r\n"), "one CR belongs to the end");
        assertEquals(List.of(), lines(""));
    }

    @Test
    void emptyLinesAreBlankAndNoRecord() {
        assertEquals(List.of("0:blank", "1+1:a", "2:blank", "3+1: ", "4+1:b"), lines("\na\n\r\n \nb"));
        assertEquals(List.of("0:blank"), lines("\n"));
    }

    @Test
    void onlyTheSliceIsCutAndNothingIsCopied() {
        byte[] array = "xxxa\nbyyy".getBytes(StandardCharsets.US_ASCII);
        RecordList list = new RecordList();
        Records.cut(new Bytes(array, 3, 6), Parsed.as(LogFormat.COMMON), list);
        assertEquals(List.of("0+1:a", "1+1:b"), list.calls);
        assertSame(array, list.records.get(0).array());
    }

    @Test
    void continuationLinesAreJoined() {
        assertEquals(
                List.of("0+5:java.lang.X: y\r\n\tat a.B.c(B.java:1)\n  more\nCaused by: z\n... 12 more", "5+1:next"),
                auto("java.lang.X: y\r\n\tat a.B.c(B.java:1)\n  more\nCaused by: z\n... 12 more\nnext"));
        assertEquals(List.of("0+2:a\nSuppressed: b"), cut(LogFormat.TEXT, Framing.LINE, "a\nSuppressed: b"));
        assertEquals(List.of("0+1:a", "1+1:... more", "2+1:Caused by nothing"), auto("a\n... more\nCaused by nothing"));
    }

    @Test
    void aBlankLineEndsAJoinAndAFirstContinuationStandsAlone() {
        assertEquals(List.of("0+1:a", "1:blank", "2+1: b"), auto("a\n\n b"));
        assertEquals(List.of("0+2: a\n b", "2+1:c"), auto(" a\n b\nc"));
    }

    @Test
    void accessLogsAndJsonAreNeverContinued() {
        assertEquals(List.of("0+1:" + ACCESS, "1+1: x"), auto(ACCESS + "\n x"));
        assertEquals(List.of("0+1:" + ACCESS.substring(0, 60), "1+1: x"), auto(ACCESS.substring(0, 60) + "\n x"));
        assertEquals(List.of("0+1:{\"a\":1}", "1+1: x"), auto("{\"a\":1}\n x"));
        assertEquals(List.of("0+1:a", "1+1: b"), lines("a\n b"));
        assertEquals(List.of("0+1:{", "1+1: }"), cut(LogFormat.USAGE, Framing.LINE, "{\n }"));
        assertEquals(List.of("0+2:{\n }"), cut(LogFormat.TEXT, Framing.LINE, "{\n }"));
    }

    @Test
    void aJoinIsBegunAnewAtItsLimits() {
        List<String> calls = auto("a\n" + " b\n".repeat(1_200));
        assertEquals(3, calls.size());
        assertEquals("0+500:a", calls.get(0).substring(0, 7));
        assertEquals("500+500: b", calls.get(1).substring(0, 10));
        assertEquals("1000+201: b", calls.get(2).substring(0, 11));
        String wide = " " + "x".repeat(100_000);
        assertEquals(
                List.of("0+2", "2+2", "4+1"),
                auto(String.join("\n", wide, wide, wide, wide, wide)).stream()
                        .map(call -> call.substring(0, 3))
                        .toList());
    }

    @Test
    void aWholeValueIsOneRecord() {
        assertEquals(List.of("0+1:a\n\nb\n"), cut(LogFormat.AUTO, Framing.WHOLE, "a\n\nb\n"));
        assertEquals(List.of("0:blank"), cut(LogFormat.AUTO, Framing.WHOLE, ""));
    }

    @Test
    void aPointerFindsTheStringOfEachLine() {
        Framing message = Framing.parse("jsonl:/message");
        assertEquals(
                List.of("0+1:a\nb", "1:no-text", "2:blank", "3:no-text", "4:no-text", "5:no-text", "6+1:"),
                cut(
                        LogFormat.AUTO,
                        message,
                        """
                        {"x":{"message":"no"},"message":"a\\nb"}
                        {"message":1}

                        {"other":"x"}
                        {"message":"x"} x
                        {"message":"x","message":"y"}
                        {"message":""}
                        """));
    }

    @Test
    void aPointerMayGoThroughArraysAndEscapes() {
        assertEquals(
                List.of("0+1:é\uFFFD"),
                cut(LogFormat.TEXT, Framing.parse("jsonl:/a~1b/1/m~0"), "{\"a/b\":[0,{\"m~\":\"é\\ud800\"}]}"));
        assertEquals(List.of("0+1:x"), cut(LogFormat.TEXT, Framing.parse("jsonl:"), "\"x\""));
        assertEquals(List.of("0:no-text"), cut(LogFormat.TEXT, Framing.parse("jsonl:/a"), "[".repeat(20_000)));
        assertEquals(List.of("0+1:x"), cut(LogFormat.TEXT, Framing.parse("jsonl:/a/"), "{\"a\":{\"\":\"x\"}}"));
    }
}
